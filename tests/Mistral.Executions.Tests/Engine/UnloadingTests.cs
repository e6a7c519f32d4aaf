namespace Mistral.Executions.Tests.Engine;

public sealed class UnloadingTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");

    [Test]
    public async Task What_only_waits_leaves_memory_but_for_the_last_few()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumExecutionsAtRest = 10, Waits);

        for (var i = 0; i < 100; i++)
        {
            await engine.StartAsync("waits");
        }

        await bench.SettleAsync();
        engine.Runtime.Trees.Count.Should().Be(10);
    }

    [Test]
    public async Task What_left_memory_comes_back_when_something_arrives_for_it()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumExecutionsAtRest = 0, Waits);
        var run = await engine.StartAsync("waits");
        await bench.SettleAsync();
        engine.Runtime.Trees.Count.Should().Be(0);
        var waiting = run.WaitAsync();
        var action = await bench.OnlyActionAsync(run.Id);

        await engine.CompleteActionAsync(action.Id, ActionResult.Success(1));

        (await waiting).State.Should().Be(ExecutionState.Success);
        bench.Store.TreesRead.Should().Be(1);
    }

    [Test]
    public async Task One_whose_body_runs_stays_in_memory()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumExecutionsAtRest = 0, EngineBench.Chain("gated", "test.gate"));
        await engine.StartAsync("gated");
        var body = await bench.Gates.NextAsync();

        engine.Runtime.Trees.Count.Should().Be(1);
        bench.Gates.Open(body, 1);
        await bench.SettleAsync();

        engine.Runtime.Trees.Count.Should().Be(0);
        bench.Store.TreesRead.Should().Be(0);
    }

    [Test]
    public async Task Who_asks_for_what_does_not_exist_leaves_nothing_in_memory()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);

        await ((Func<Task>)(() => engine.PauseAsync("nobody"))).Should().ThrowAsync<ExecutionNotFoundException>();
        await ((Func<Task>)(() => engine.WaitAsync("nobody"))).Should().ThrowAsync<ExecutionNotFoundException>();
        await ((Func<Task>)(() => engine.CompleteActionAsync("nobody", ActionResult.Success(1)))).Should().ThrowAsync<ExecutionNotFoundException>();

        engine.Runtime.Trees.Count.Should().Be(0);
    }

    [Test]
    public async Task An_execution_that_has_ended_is_deleted_whole()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("done", "test.do"));
        var run = await engine.StartAsync("done");
        await run.WaitAsync();

        await engine.DeleteAsync(run.Id);

        await ((Func<Task>)(() => run.GetAsync())).Should().ThrowAsync<ExecutionNotFoundException>();
        (await engine.StartAsync("done", options: new() { Id = run.Id })).IsNew.Should().BeTrue();
    }

    [Test]
    public async Task An_execution_that_has_not_ended_is_not_deleted()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");

        await ((Func<Task>)(() => engine.DeleteAsync(run.Id))).Should().ThrowAsync<ExecutionNotEndedException>();

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
    }
}
