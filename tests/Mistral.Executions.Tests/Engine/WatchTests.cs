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

        heard.Should().ContainInOrder("chain Running new", "t0 Running new", "t1 Running new", "t0 Success");
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
