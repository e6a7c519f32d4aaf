using Mistral.Executions;

namespace OrderSaga;

/// <summary>
/// The bank, the stock and the courier. They are three systems of three companies in truth, and each of them knows a
/// repeated request by its key, as this one does.
/// </summary>
internal sealed class Shop(Ledger ledger, IReadOnlyDictionary<string, int> stock)
{
    private const decimal Limit = 1000;

    public Task<string> ChargeAsync(Payment payment, string key) => EnterAsync(key, _ => payment.Amount is > 0 and <= Limit
        ? new(key, $"R-{payment.OrderId}", "charged", payment.OrderId, payment.Amount)
        : throw Failure($"The bank does not charge {payment.Amount}."));

    public Task<string> RefundAsync(Payment payment, string key) =>
        EnterAsync(key, _ => new(key, $"B-{payment.OrderId}", "refunded", payment.OrderId, payment.Amount));

    public Task<string> ReserveAsync(Goods goods, string key) => EnterAsync(key, entries =>
    {
        var left = stock.GetValueOrDefault(goods.Sku) - (int)entries.Where(e => e.Sku == goods.Sku).Sum(e => e.What == "reserved" ? e.Amount : -e.Amount);
        return goods.Quantity <= left
            ? new(key, $"S-{goods.OrderId}", "reserved", goods.OrderId, goods.Quantity, goods.Sku)
            : throw Failure($"There are {left} of '{goods.Sku}', not {goods.Quantity}.");
    });

    public Task<string> ReleaseAsync(Goods goods, string key) =>
        EnterAsync(key, _ => new(key, $"L-{goods.OrderId}", "released", goods.OrderId, goods.Quantity, goods.Sku));

    public Task<string> BookAsync(Parcel parcel, string key) =>
        EnterAsync(key, _ => new(key, $"P-{parcel.OrderId}", "booked", parcel.OrderId, 1));

    private Task<string> EnterAsync(string key, Func<IReadOnlyList<Entry>, Entry> make) => Task.FromResult(ledger.Enter(key, make).Number);

    // The data of the exception are the result of the failed action: what the workflow publishes as the problem.
    private static ActionFailedException Failure(string message) => new(message, message);
}
