namespace OrderSaga;

internal sealed record NewOrder(string OrderId, string Sku, int Quantity, decimal Amount);

internal sealed record CourierNews(bool Delivered, string? Reason = null);

internal sealed record Payment(string OrderId, decimal Amount);

internal sealed record Goods(string OrderId, string Sku, int Quantity);

internal sealed record Parcel(string OrderId);

/// <summary>A line of the ledger.</summary>
/// <param name="Key">The key by which a repetition is told from a new request.</param>
/// <param name="Number">The number of the receipt, reservation or parcel.</param>
/// <param name="What">What was done.</param>
/// <param name="OrderId">For which order.</param>
/// <param name="Amount">The money, or the number of things.</param>
/// <param name="Sku">The thing.</param>
internal sealed record Entry(string Key, string Number, string What, string OrderId, decimal Amount, string? Sku = null);
