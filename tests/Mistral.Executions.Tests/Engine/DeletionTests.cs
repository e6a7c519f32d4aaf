namespace Mistral.Executions.Tests.Engine;

/// <summary>Deleting executions that have ended while something below them is open.</summary>
public sealed class DeletionTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");

    [Test]
    public async Task A_cancelled_execution_is_deleted_with_its_open_outside_action_and_a_late_result_finds_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        await engine.CancelAsync(run.Id);

        await engine.DeleteAsync(run.Id);

        await Finds<ExecutionNotFoundException>(() => engine.GetActionAsync(action.Id));
        await Finds<ExecutionNotFoundException>(() => engine.CompleteActionAsync(action.Id, ActionResult.Success(1)));
        await Finds<ExecutionNotFoundException>(() => engine.HeartbeatAsync(action.Id));
    }

    [Test]
    public async Task Who_waits_for_an_outside_action_that_is_deleted_is_told()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var waiting = engine.WaitForActionAsync((await bench.OnlyActionAsync(run.Id)).Id);
        await engine.CancelAsync(run.Id);
        await engine.SettleAsync();

        await engine.DeleteAsync(run.Id);

        await Finds<ExecutionNotFoundException>(() => waiting);
    }

    [Test]
    public async Task The_deadline_of_a_deleted_outside_action_never_fires()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.AddOutsideAction("ask", new() { Deadline = TimeSpan.FromMinutes(5) }), EngineBench.Chain("asks", "ask"));
        var run = await engine.StartAsync("asks");
        await engine.CancelAsync(run.Id);
        engine.NextTimerDue.Should().NotBeNull();

        await engine.DeleteAsync(run.Id);

        engine.NextTimerDue.Should().BeNull();
        await bench.AdvanceAsync(TimeSpan.FromMinutes(10));
        bench.Store.Commits.Should().HaveCount(2);
    }

    [Test]
    public async Task A_failed_execution_is_deleted_with_tasks_that_never_came_to_run()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: new WorkflowBuilder("fails")
            .Task("late", t => t.WaitBefore(TimeSpan.FromHours(1)).Action("test.do"))
            .Task("now", t => t.Action("test.do").OnSuccess("fail"))
            .Build());
        var run = await engine.StartAsync("fails");
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Error);

        await engine.DeleteAsync(run.Id);

        await Finds<ExecutionNotFoundException>(() => run.GetAsync());
    }

    [Test]
    public async Task An_execution_whose_body_still_runs_is_not_deleted_until_the_body_has_ended()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.AddAction("deaf", (_, context, _) => bench.Gates.PassAsync(context, CancellationToken.None)), EngineBench.Chain("runs", "deaf"));
        var run = await engine.StartAsync("runs");
        var body = await bench.Gates.NextAsync();
        await engine.CancelAsync(run.Id);

        await Finds<ExecutionNotEndedException>(() => engine.DeleteAsync(run.Id));

        bench.Gates.Open(body, 1);
        await engine.SettleAsync();
        await engine.DeleteAsync(run.Id);
        await Finds<ExecutionNotFoundException>(() => run.GetAsync());
    }

    [Test]
    public async Task An_execution_that_failed_is_not_deleted_while_a_workflow_below_it_runs_on()
    {
        await using var bench = new EngineBench();
        var outer = new WorkflowBuilder("outer")
            .Task("below", t => t.Workflow("waits"))
            .Task("now", t => t.Action("test.do").OnSuccess("fail"))
            .Build();
        var engine = await bench.OpenAsync(workflows: [outer, Waits]);
        var run = await engine.StartAsync("outer");
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Error);
        await engine.SettleAsync();

        await Finds<ExecutionNotEndedException>(() => engine.DeleteAsync(run.Id));

        await engine.CompleteActionAsync((await bench.OnlyActionAsync(run.Id, "test.outside")).Id, ActionResult.Success(1));
        await engine.DeleteAsync(run.Id);
        await Finds<ExecutionNotFoundException>(() => run.GetAsync());
    }

    [Test]
    public async Task A_deletion_waits_for_what_is_on_its_way_to_the_store()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var written = new TaskCompletionSource();
        bench.Store.HoldNext(written.Task);
        var cancelling = engine.CancelAsync(run.Id);

        var deleting = engine.DeleteAsync(run.Id);
        written.SetResult();

        await cancelling;
        await deleting;
        await Finds<ExecutionNotFoundException>(() => run.GetAsync());
    }

    private static async Task Finds<TException>(Func<Task> call)
        where TException : ExecutionException => await call.Should().ThrowExactlyAsync<TException>();
}
