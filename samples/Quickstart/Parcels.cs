namespace Quickstart;

/// <summary>Stands for a parcel service, and takes its time: time enough to kill the process.</summary>
internal static class Parcels
{
    public static async Task<string> SendAsync(Ship ship, string idempotencyKey, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Sending {ship.OrderId} (key {idempotencyKey}) ...");
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        return $"P-{ship.OrderId}";
    }
}
