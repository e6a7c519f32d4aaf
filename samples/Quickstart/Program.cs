// snippet: quick start
using Mistral.Executions;

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

await using var engine = await ExecutionEngine.OpenAsync("orders.db", e => e
    .AddWorkflow(order)
    .AddAction<Charge, string>("payments.charge", async (charge, context, cancel) =>
    {
        // A real bank is given the key too, and answers a repetition with the first receipt.
        Console.WriteLine($"Charging {charge.Amount} for {charge.OrderId} (key {context.IdempotencyKey}) ...");
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        return $"R-{charge.OrderId}";
    })
    .AddAction<Ship, string>("parcels.send", async (ship, context, cancel) =>
    {
        Console.WriteLine($"Sending {ship.OrderId} (key {context.IdempotencyKey}) ... kill me now!");
        await Task.Delay(TimeSpan.FromSeconds(5), cancel);
        return $"P-{ship.OrderId}";
    }));

var run = await engine.StartAsync("order", new { order_id = "A-17", amount = 42.00m }, new() { Id = "order-A-17" });
Console.WriteLine(run.IsNew ? "Started order-A-17." : "order-A-17 is there already: going on.");
var done = await run.WaitForOutputAsync<OrderDone>();
Console.WriteLine($"Done: {done.Receipt}, {done.Parcel}.");

internal sealed record Charge(string OrderId, decimal Amount);

internal sealed record Ship(string OrderId);

internal sealed record OrderDone(string Receipt, string Parcel);
// end
