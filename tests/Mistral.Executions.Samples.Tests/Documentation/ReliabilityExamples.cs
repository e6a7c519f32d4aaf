namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class ReliabilityExamples : TemporaryFolder
{
    [Test]
    public async Task The_same_start_again_is_the_same_execution()
    {
        var order = new WorkflowBuilder("order").Input("order_id").Task("charge").Build();
        await using var engine = await ExecutionEngine.OpenAsync("orders.db", e => e.AddWorkflow(order));

        // snippet: idempotent start
        var first = await engine.StartAsync("order", new { order_id = "A-17" }, new() { Id = "order-A-17" });
        var again = await engine.StartAsync("order", new { order_id = "A-17" }, new() { Id = "order-A-17" });
        // end

        (first.IsNew, again.IsNew, again.Id).Should().Be((true, false, "order-A-17"));
        var other = () => engine.StartAsync("order", new { order_id = "A-18" }, new() { Id = "order-A-17" });
        await other.Should().ThrowAsync<ExecutionConflictException>();
    }

    [Test]
    public async Task What_a_power_cut_may_take_is_a_choice()
    {
        // snippet: synchronous
        await using var engine = await ExecutionEngine.OpenAsync("metrics.db", e => e.Synchronous = SqliteSynchronous.Normal);
        // end

        (await engine.RunActionAsync("std.noop")).State.Should().Be(ExecutionState.Success);
    }
}
