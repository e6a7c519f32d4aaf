namespace Mistral.Executions.Tests.Engine;

public sealed class OperatorVerbTests
{
    private static readonly WorkflowDefinition TwoSteps = EngineBench.Chain("two", "test.outside", "test.do");

    [Test]
    public async Task Pause_lets_what_runs_go_on_and_starts_nothing_until_resume()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        var action = await bench.OnlyActionAsync(run.Id);

        await engine.PauseAsync(run.Id, "wait");
        await engine.CompleteActionAsync(action.Id, ActionResult.Success(1));
        await bench.SettleAsync();

        (await engine.GetActionAsync(action.Id)).State.Should().Be(ExecutionState.Success);
        (await engine.QueryTaskPageAsync(new() { ParentId = run.Id })).Items.Should().ContainSingle();
        (await run.GetAsync()).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Paused && w.StateInfo == "wait");

        await engine.ResumeAsync(run.Id);
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task Verbs_that_find_everything_done_already_change_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        await engine.ResumeAsync(run.Id);
        await engine.PauseAsync(run.Id, "wait");
        await engine.PauseAsync(run.Id, "again");
        await engine.ResumeAsync(run.Id);
        await engine.ResumeAsync(run.Id);
        await engine.CancelAsync(run.Id, "enough");
        await engine.CancelAsync(run.Id, "again");

        (await engine.GetHistoryAsync(run.Id)).Select(h => (h.Event, h.Reason)).Should().Equal(("paused", "wait"), ("resumed", null), ("cancelled", "enough"));
        (await run.GetAsync()).StateInfo.Should().Be("enough");
    }

    [Test]
    public async Task Verbs_that_the_state_does_not_allow_are_refused_and_change_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        var action = await bench.OnlyActionAsync(run.Id);
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.RerunTaskAsync(action.TaskExecutionId!));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.SkipTaskAsync(action.TaskExecutionId!));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.StopAsync(run.Id, ExecutionState.Paused));
        await RefusesAsync<ExecutionNotEndedException>(engine, e => e.DeleteAsync(run.Id));
        await engine.CompleteActionAsync(action.Id, ActionResult.Success(1));
        await run.WaitAsync();
        bench.Store.Commits.Clear();

        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.PauseAsync(run.Id));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.ResumeAsync(run.Id));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.CancelAsync(run.Id));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.StopAsync(run.Id, ExecutionState.Error));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.RerunTaskAsync(action.TaskExecutionId!));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.SkipTaskAsync(action.TaskExecutionId!));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.CompleteActionAsync(action.Id, ActionResult.Success(2)));
        await RefusesAsync<InvalidStateTransitionException>(engine, e => e.UpdateActionAsync(action.Id, ExecutionState.Paused));
        bench.Store.Commits.Should().BeEmpty();
    }

    [Test]
    public async Task Verbs_for_what_is_not_there_are_refused()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.PauseAsync("nothing"));
        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.StopAsync("nothing", ExecutionState.Error));
        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.RerunTaskAsync("nothing"));
        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.UpdateAsync("nothing", "x"));
        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.DeleteAsync("nothing"));
    }

    [TestCase(ExecutionState.Success)]
    [TestCase(ExecutionState.Error)]
    [TestCase(ExecutionState.Cancelled)]
    public async Task Stop_ends_a_workflow_with_a_message(ExecutionState state)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));

        await engine.StopAsync(run.Id, state, "enough");

        (await run.WaitAsync()).Should().Match<WorkflowExecution>(w => w.State == state && w.StateInfo == "enough" && w.FinishedAt == bench.Time.GetUtcNow());
    }

    [Test]
    public async Task Rerun_makes_the_workflows_above_run_again_with_a_new_environment()
    {
        var outer = new WorkflowBuilder("outer").Task("call", t => t.Workflow("inner")).Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [outer, EngineBench.Chain("inner", "test.outside")]);
        var run = await engine.StartAsync("outer");
        var action = await bench.OnlyActionAsync(run.Id);
        await engine.CompleteActionAsync(action.Id, ActionResult.Error("no"));
        await run.WaitAsync();

        await engine.RerunTaskAsync(action.TaskExecutionId!);

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        var open = await engine.QueryActionPageAsync(new() { RootExecutionId = run.Id, States = [ExecutionState.Running] });
        await engine.CompleteActionAsync(open.Items.Should().ContainSingle().Subject.Id, ActionResult.Success(1));
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await engine.GetHistoryAsync(run.Id)).Select(h => (h.ExecutionId, h.Event)).Should().Equal((action.TaskExecutionId!, "rerun"));
    }

    [Test]
    public async Task Skip_leads_where_on_skip_says()
    {
        var skips = new WorkflowBuilder("skips")
            .Task("a", t => t.Action("test.fail").OnSkip("b"))
            .Task("b", t => t.Action("test.do"))
            .Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: skips);
        var run = await engine.StartAsync("skips");
        await run.WaitAsync();
        var failed = (await engine.QueryTaskPageAsync(new() { ParentId = run.Id })).Items.Should().ContainSingle().Subject;

        await engine.SkipTaskAsync(failed.Id);

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await engine.GetTaskAsync(failed.Id)).State.Should().Be(ExecutionState.Skipped);
        (await engine.QueryTaskPageAsync(new() { ParentId = run.Id })).Items.Select(t => t.Name).Should().Equal("a", "b");
    }

    [Test]
    public async Task The_description_can_be_changed_at_any_time_and_the_environment_while_nothing_runs()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two", null, new() { Environment = JsonMap.Create(("a", 1)) });

        await engine.UpdateAsync(run.Id, "mine");
        await RefusesAsync<InputException>(engine, e => e.UpdateAsync(run.Id, "other", JsonMap.Create(("b", 2))));
        await engine.PauseAsync(run.Id);
        await engine.UpdateAsync(run.Id, environment: JsonMap.Create(("b", 2)));

        (await run.GetAsync()).Description.Should().Be("mine");
        (await run.GetAsync()).Environment.Should().Equal(JsonMap.Create(("a", 1), ("b", 2)));
    }

    [Test]
    public async Task One_action_is_paused_and_resumed_with_what_is_above_it()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        var action = await bench.OnlyActionAsync(run.Id);

        await engine.UpdateActionAsync(action.Id, ExecutionState.Paused);
        (await run.GetAsync()).State.Should().Be(ExecutionState.Paused);
        await engine.UpdateActionAsync(action.Id, ExecutionState.Running);
        await engine.UpdateActionAsync(action.Id, ExecutionState.Running);

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        (await engine.GetHistoryAsync(action.Id)).Select(h => h.Event).Should().Equal("paused", "resumed");
    }

    [Test]
    public async Task History_is_kept_for_each_execution_and_a_plain_step_writes_none()
    {
        var outer = new WorkflowBuilder("outer").Task("call", t => t.Workflow("two")).Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [outer, TwoSteps]);
        var run = await engine.StartAsync("outer");
        var nested = (await engine.QueryWorkflowPageAsync(new() { RootExecutionId = run.Id, Name = "two" })).Items[0];
        (await engine.GetHistoryAsync(run.Id)).Should().BeEmpty();
        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
        await engine.UpdateAsync(run.Id, "mine");
        await engine.PauseAsync(nested.Id, "wait");

        var entry = (await engine.GetHistoryAsync(nested.Id)).Should().ContainSingle().Subject;
        entry.Should().Be(new HistoryEntry(entry.Id, run.Id, nested.Id, bench.Time.GetUtcNow(), "paused", "wait"));
        (await engine.GetHistoryAsync(run.Id)).Select(h => h.Event).Should().Equal("updated", "paused");
    }

    [Test]
    public async Task A_deleted_execution_is_gone_with_its_history()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: TwoSteps);
        var run = await engine.StartAsync("two");
        await engine.CompleteActionAsync((await bench.OnlyActionAsync(run.Id)).Id, ActionResult.Error("no"));
        await run.WaitAsync();
        await engine.RerunTaskAsync((await bench.OnlyActionAsync(run.Id)).TaskExecutionId!);
        await engine.CancelAsync(run.Id);
        await engine.BulkAsync(BulkVerb.CompleteActions, new() { RootExecutionId = run.Id }, new() { Result = ActionResult.Cancel() });

        await engine.DeleteAsync(run.Id);

        await RefusesAsync<ExecutionNotFoundException>(engine, e => e.GetWorkflowAsync(run.Id));
        (await engine.GetHistoryAsync(run.Id)).Should().BeEmpty();
    }

    private static async Task RefusesAsync<TException>(ExecutionEngine engine, Func<ExecutionEngine, Task> call)
        where TException : ExecutionException => await engine.Invoking(call).Should().ThrowExactlyAsync<TException>();
}
