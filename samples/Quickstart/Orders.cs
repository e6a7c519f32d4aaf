namespace Quickstart;

internal sealed record Charge(string OrderId, decimal Amount);

internal sealed record Receipt(string Number, decimal Amount);

internal sealed record Ship(string OrderId);

internal sealed record OrderDone(Receipt Receipt, string Parcel);
