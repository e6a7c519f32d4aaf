using Mistral.Executions;

namespace OrderSaga;

/// <summary>
/// Pay, reserve, ship; and when one of these fails, take back what was done, the last first.
/// </summary>
internal static class OrderWorkflow
{
    public const string Name = "order";

    public const string Delivery = "courier.deliver";

    public static WorkflowDefinition Definition { get; } = new WorkflowBuilder(Name)
        .Input("order_id")
        .Input("sku")
        .Input("quantity")
        .Input("amount")
        .Task("pay", t => t
            .Action("payments.charge").Input(c => new { order_id = c["order_id"], amount = c["amount"] })
            .Retry(3, TimeSpan.FromSeconds(10))
            .Publish("receipt", c => c.Result())
            .OnSuccess("reserve"))
        .Task("reserve", t => t
            .Action("stock.reserve").Input(c => new { order_id = c["order_id"], sku = c["sku"], quantity = c["quantity"] })
            .Publish("problem", c => c.Result(), RouteKind.OnError)
            .OnSuccess("book")
            .OnError("refund"))
        .Task("book", t => t
            .Action("courier.book").Input(c => new { order_id = c["order_id"] })
            .Retry(5, TimeSpan.FromMinutes(1))
            .Publish("parcel", c => c.Result())
            .Publish("problem", c => c.Result(), RouteKind.OnError)
            .OnSuccess("deliver")
            .OnError("release"))
        .Task("deliver", t => t
            .Action(Delivery).Input(c => new { parcel = c["parcel"] })
            .Publish("problem", c => c.Result(), RouteKind.OnError)
            .OnError("release"))
        .Task("release", t => t
            .Action("stock.release").Input(c => new { order_id = c["order_id"], sku = c["sku"], quantity = c["quantity"] })
            .Retry(10, TimeSpan.FromMinutes(1))
            .OnSuccess("refund"))
        .Task("refund", t => t
            .Action("payments.refund").Input(c => new { order_id = c["order_id"], amount = c["amount"] })
            .Retry(10, TimeSpan.FromMinutes(1))
            .OnSuccess(Routes.Fail(c => $"The money was given back: {c["problem"].AsString()}")))
        .Output("receipt", c => c["receipt"])
        .Output("parcel", c => c["parcel"])
        .OutputOnError("problem", c => c["problem"])
        .Build();

    public static void Register(ExecutionEngineOptions options, Shop shop) => options
        .AddWorkflow(Definition)
        .AddAction<Payment, string>("payments.charge", (payment, context, _) => shop.ChargeAsync(payment, context.IdempotencyKey))
        .AddAction<Payment, string>("payments.refund", (payment, context, _) => shop.RefundAsync(payment, context.IdempotencyKey))
        .AddAction<Goods, string>("stock.reserve", (goods, context, _) => shop.ReserveAsync(goods, context.IdempotencyKey))
        .AddAction<Goods, string>("stock.release", (goods, context, _) => shop.ReleaseAsync(goods, context.IdempotencyKey))
        .AddAction<Parcel, string>("courier.book", (parcel, context, _) => shop.BookAsync(parcel, context.IdempotencyKey))
        .AddOutsideAction(Delivery, new() { Deadline = TimeSpan.FromDays(5) });
}
