namespace Quickstart;

/// <summary>Stands for a bank: a real one would be given the key too, and answer a repetition with the first receipt.</summary>
internal static class Bank
{
    public static async Task<Receipt> ChargeAsync(Charge charge, string idempotencyKey, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Charging {charge.Amount} for {charge.OrderId} (key {idempotencyKey}) ...");
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return new($"R-{charge.OrderId}", charge.Amount);
    }
}
