namespace Mistral.Executions.Tests.Engine;

public sealed class CommitTests
{
    [Test]
    public async Task A_step_of_a_chain_is_one_commit()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("chain", [.. Enumerable.Repeat("test.do", 20)]));

        await engine.RunAsync("chain");

        // The start, and the end of each of the twenty steps with the start of the next in it.
        bench.Store.Commits.Should().HaveCount(21);
    }

    [Test]
    public async Task An_inline_action_costs_no_commit()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("chain", [.. Enumerable.Repeat("test.inline", 20)]));

        await engine.RunAsync("chain");

        bench.Store.Commits.Should().ContainSingle();
    }

    [Test]
    public async Task Inline_actions_without_end_are_committed_in_bounded_batches()
    {
        await using var bench = new EngineBench();
        var endless = new WorkflowBuilder("endless")
            .Task("start", t => t.Action("test.inline").OnSuccess("a"))
            .Task("a", t => t.Action("test.inline").OnSuccess("b"))
            .Task("b", t => t.Action("test.inline").OnSuccess("a"))
            .Build();
        var engine = await bench.OpenAsync(workflows: endless);

        var run = await engine.StartAsync("endless");
        await engine.CancelAsync(run.Id, "enough");

        (await run.GetAsync()).State.Should().Be(ExecutionState.Cancelled);
        bench.Store.Commits.SelectMany(g => g).Max(c => c.NewTasks.Count).Should().BeLessThan(600);
    }

    [Test]
    public async Task Trees_that_are_ready_together_are_written_together()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("waits", "test.outside"));
        var hold = new TaskCompletionSource();
        bench.Store.HoldNext(hold.Task);
        var first = engine.StartAsync("waits");

        var others = Enumerable.Range(0, 50).Select(_ => engine.StartAsync("waits")).ToList();
        await Task.Run(() => SpinWait.SpinUntil(() => engine.Runtime.Trees.Count == 51 && engine.Runtime.Pipeline.Waiting == 50));
        hold.SetResult();
        await Task.WhenAll([first, .. others]);

        bench.Store.Commits.Select(g => g.Count).Should().Equal(1, 50);
    }

    [Test]
    public async Task No_body_starts_before_its_row_is_durable()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("gated", "test.gate"));
        var hold = new TaskCompletionSource();
        bench.Store.HoldNext(hold.Task);

        var start = engine.StartAsync("gated");
        await Task.Run(() => SpinWait.SpinUntil(() => bench.Store.Commits.Count == 1));
        bench.Gates.Began.Should().BeEmpty();
        hold.SetResult();
        var body = await bench.Gates.NextAsync();

        (await engine.GetActionAsync(body)).State.Should().Be(ExecutionState.Running);
        await start;
    }

    [Test]
    public async Task Calls_above_the_limit_wait_and_none_is_lost()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumPendingCalls = 3, EngineBench.Chain("waits", "test.outside"));
        var hold = new TaskCompletionSource();
        bench.Store.HoldNext(hold.Task);

        var starts = Enumerable.Range(0, 20).Select(_ => engine.StartAsync("waits")).ToList();
        engine.Runtime.Trees.Count.Should().Be(3);
        hold.SetResult();

        (await Task.WhenAll(starts)).Select(r => r.Id).Should().OnlyHaveUniqueItems().And.HaveCount(20);
    }

    [Test]
    public async Task A_call_that_waits_for_its_turn_can_be_cancelled()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumPendingCalls = 1, EngineBench.Chain("waits", "test.outside"));
        var hold = new TaskCompletionSource();
        bench.Store.HoldNext(hold.Task);
        var first = engine.StartAsync("waits");
        using var cancellation = new CancellationTokenSource();

        var second = engine.StartAsync("waits", options: new() { Id = "second" }, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await ((Func<Task>)(() => second)).Should().ThrowAsync<OperationCanceledException>();
        hold.SetResult();
        await first;
        (await engine.StartAsync("waits", options: new() { Id = "second" })).IsNew.Should().BeTrue();
    }
}
