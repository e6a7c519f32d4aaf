using Mistral.Executions;
using Quickstart;

// snippet: quick start
var order = new WorkflowBuilder("order")
    .Input("order_id")
    .Input("amount")
    .Task("charge", t => t
        .Action("payments.charge").Input(c => new { order_id = c["order_id"], amount = c["amount"] })
        .Publish("receipt", c => c.Result())
        .OnSuccess("ship"))
    .Task("ship", t => t
        .Action("parcels.send").Input(c => new { order_id = c["order_id"] })
        .Publish("parcel", c => c.Result()))
    .Output("receipt", c => c["receipt"])
    .Output("parcel", c => c["parcel"])
    .Build();

await using var engine = await ExecutionEngine.OpenAsync("orders.db", e =>
{
    e.AddWorkflow(order);
    e.AddAction<Charge, Receipt>("payments.charge", (charge, context, cancel) => Bank.ChargeAsync(charge, context.IdempotencyKey, cancel));
    e.AddAction<Ship, string>("parcels.send", (ship, context, cancel) => Parcels.SendAsync(ship, context.IdempotencyKey, cancel));
});

var run = await engine.StartAsync("order", new { order_id = "A-17", amount = 42.00m }, new() { Id = "order-A-17" });
Console.WriteLine(run.IsNew ? "Started order-A-17." : "order-A-17 is there already: going on.");
var done = await run.WaitForOutputAsync<OrderDone>();
Console.WriteLine($"Done: {done.Receipt.Number}, {done.Parcel}.");
// end
