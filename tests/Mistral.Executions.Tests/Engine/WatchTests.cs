namespace Mistral.Executions.Tests.Engine;

public sealed class WatchTests
{
    [Test]
    public async Task A_watcher_hears_of_durable_changes_in_order()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("chain", "test.do", "test.do"));
        await using var changes = engine.WatchAsync(new() { Kinds = [ExecutionKind.Workflow, ExecutionKind.Task] }).GetAsyncEnumerator();

        await engine.RunAsync("chain");

        var heard = new List<string>();
        do
        {
            await changes.MoveNextAsync();
            heard.Add($"{changes.Current.Execution.Name} {changes.Current.Execution.State}{(changes.Current.IsNew ? " new" : "")}");
        }
        while (heard[^1] != "chain Success");

        heard.Should().Equal("chain Running new", "t0 Running new", "t0 Success", "t1 Running new", "chain Success");
    }

    [Test]
    public async Task Of_what_became_durable_together_a_parent_comes_before_its_children_and_these_in_the_order_of_their_creation()
    {
        await using var bench = new EngineBench();
        var inner = new WorkflowBuilder("inner").Task("b", t => t.Action("test.outside")).Task("c", t => t.Action("test.outside")).Build();
        var outer = new WorkflowBuilder("outer").Task("a", t => t.Workflow("inner")).Task("d", t => t.Action("test.outside")).Build();
        var engine = await bench.OpenAsync(workflows: [outer, inner]);
        await using var changes = engine.WatchAsync().GetAsyncEnumerator();

        // Its id says nothing about when it was made.
        await engine.StartAsync("outer", options: new() { Id = "zzz" });

        bench.Store.Commits.Should().ContainSingle();
        var heard = new List<string>();
        while (heard.Count < 8)
        {
            await changes.MoveNextAsync();
            heard.Add(changes.Current.Execution.Name);
        }

        heard.Should().Equal("outer", "a", "inner", "b", "test.outside", "c", "test.outside", "d");
    }

    [Test]
    public async Task A_watcher_hears_only_what_it_asked_for()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("chain", "test.do", "test.do"));
        await using var changes = engine.WatchAsync(new() { Name = "t1", States = [ExecutionState.Success] }).GetAsyncEnumerator();

        var run = await engine.StartAsync("chain");
        await changes.MoveNextAsync();

        changes.Current.Execution.Should().BeEquivalentTo(new { Name = "t1", State = ExecutionState.Success, RootExecutionId = run.Id });
        changes.Current.TreeId.Should().Be(run.Id);
    }

    [Test]
    public async Task A_watcher_that_falls_behind_is_told_so_and_the_engine_goes_on()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("chain", [.. Enumerable.Repeat("test.do", 20)]));
        await using var changes = engine.WatchAsync(new() { Buffer = 5 }).GetAsyncEnumerator();

        await engine.RunAsync("chain");

        for (var i = 0; i < 5; i++)
        {
            (await changes.MoveNextAsync()).Should().BeTrue();
        }

        await ((Func<Task>)(async () => await changes.MoveNextAsync())).Should().ThrowAsync<WatcherFellBehindException>();
    }

    [Test]
    public async Task A_watcher_can_stop_waiting()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        await using var changes = engine.WatchAsync().GetAsyncEnumerator(cancellation.Token);

        var next = changes.MoveNextAsync();
        await cancellation.CancelAsync();

        await ((Func<Task>)(async () => await next)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task A_watch_ends_with_the_engine()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();
        await using var changes = engine.WatchAsync().GetAsyncEnumerator();

        var next = changes.MoveNextAsync();
        await engine.DisposeAsync();

        await ((Func<Task>)(async () => await next)).Should().ThrowAsync<EngineClosedException>();
    }
}
