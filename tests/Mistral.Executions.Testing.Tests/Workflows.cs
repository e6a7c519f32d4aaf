namespace Mistral.Executions.Testing.Tests;

/// <summary>The workflows that the tests run.</summary>
internal static class Workflows
{
    public static WorkflowDefinition Order { get; } = new WorkflowBuilder("order")
        .Input("order_id")
        .Task("charge", t => t
            .Action("payments.charge").Input(c => new { order_id = c["order_id"] })
            .Publish("receipt", c => c.Result())
            .OnSuccess("ship"))
        .Task("ship", t => t
            .Action("parcels.send").Input(c => new { order_id = c["order_id"], receipt = c["receipt"] })
            .Retry(3, TimeSpan.FromHours(1))
            .Publish("parcel", c => c.Result())
            .OnError("refund"))
        .Task("refund", t => t.Action("payments.refund").OnSuccess(Routes.Fail("There is no courier.")))
        .Output("parcel", c => c["parcel"])
        .Build();

    public static WorkflowDefinition Yearly { get; } = new WorkflowBuilder("yearly")
        .Task("begin", t => t.Action("test.note").OnSuccess("end"))
        .Task("end", t => t.WaitBefore(TimeSpan.FromDays(365)).Action("test.note"))
        .Build();

    public static WorkflowDefinition Approval { get; } = new WorkflowBuilder("approval")
        .Task("ask", t => t.Action("approval.ask").Publish("approved", c => c.Result()))
        .Output("approved", c => c["approved"])
        .Build();

    public static WorkflowDefinition Inner { get; } = new WorkflowBuilder("inner")
        .Input("n")
        .Task("double", t => t.Action("test.double").Input(c => new { n = c["n"] }).Publish("n", c => c.Result()))
        .Output("n", c => c["n"])
        .Build();

    public static WorkflowDefinition Outer { get; } = new WorkflowBuilder("outer")
        .Task("begin", t => t.OnSuccess("each", "nested"))
        .Task("each", t => t
            .WithItems("i", _ => JsonList.Create(1, 2, 3)).Concurrency(2)
            .Action("test.double").Input(c => new { n = c["i"] })
            .Publish("items", c => c.Result())
            .OnSuccess("end"))
        .Task("nested", t => t.Workflow("inner").Input(c => new { n = 21 }).Publish("nested", c => c.Result()["n"]).OnSuccess("end"))
        .Task("end", t => t.JoinAll().WaitBefore(TimeSpan.FromMinutes(5)))
        .Output("items", c => c["items"])
        .Output("nested", c => c["nested"])
        .Build();

    public static void Register(ExecutionEngineOptions options) => options
        .AddWorkflow(Order).AddWorkflow(Yearly).AddWorkflow(Approval).AddWorkflow(Inner).AddWorkflow(Outer)
        .AddAction("payments.charge", (_, _, _) => throw new InvalidOperationException("A test must not charge anybody."))
        .AddAction("test.note", (_, context, _) => Task.FromResult<JsonData>(context.Time.GetUtcNow().ToString("O")))
        .AddAction("test.double", (input, _, _) => Task.FromResult<JsonData>(input["n"].AsInteger() * 2))
        .AddOutsideAction("approval.ask", new() { Deadline = TimeSpan.FromDays(7) });
}
