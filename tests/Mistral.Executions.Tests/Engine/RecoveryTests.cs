namespace Mistral.Executions.Tests.Engine;

public sealed class RecoveryTests
{
    private static readonly WorkflowDefinition Safe = EngineBench.Chain("safe", "test.gate");
    private static readonly WorkflowDefinition Unsafe = EngineBench.Chain("unsafe", "test.unsafe_gate");
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");

    [Test]
    public async Task What_was_claimed_and_could_not_be_read_is_taken_up_later()
    {
        await using var bench = new EngineBench();
        var gated = EngineBench.Chain("gated", "test.gate");
        var first = await bench.OpenAsync(workflows: gated);
        await first.StartAsync("gated", options: new() { Id = "one" });
        var body = await bench.Gates.NextAsync();
        bench.Kill();
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        bench.Store.TreeReadsToFail = 1;

        var second = await bench.OpenAsync(workflows: gated);
        await bench.SettleAsync();
        bench.Gates.Began.Should().ContainSingle("its tree could not be read");
        for (var i = 0; i < 5; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        (await bench.Gates.NextAsync()).Should().Be(body);
        (await second.GetHistoryAsync("one")).Should().ContainSingle(h => h.Event == "recovered");
    }

    [Test]
    public async Task A_message_for_what_was_claimed_and_could_not_be_read_takes_it_up()
    {
        await using var bench = new EngineBench();
        var gated = EngineBench.Chain("gated", "test.gate");
        var first = await bench.OpenAsync(workflows: gated);
        await first.StartAsync("gated", options: new() { Id = "one" });
        await bench.Gates.NextAsync();
        bench.Kill();
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        bench.Store.TreeReadsToFail = 1;
        var second = await bench.OpenAsync(workflows: gated);
        await bench.SettleAsync();

        await second.UpdateAsync("one", "mine");
        await bench.SettleAsync();

        bench.Gates.Began.Should().HaveCount(2);
    }

    [Test]
    public async Task What_is_to_be_taken_up_and_could_not_be_written_comes_before_what_comes_in_later()
    {
        await using var bench = new EngineBench();
        var workflow = new WorkflowBuilder("both")
            .Task("safe", t => t.Action("test.gate"))
            .Task("outside", t => t.Action("test.outside").OnSuccess("unsafe"))
            .Task("unsafe", t => t.Action("test.unsafe_gate"))
            .Build();
        var first = await bench.OpenAsync(workflows: workflow);
        await first.StartAsync("both", options: new() { Id = "one" });
        var safe = await bench.Gates.NextAsync();
        var outside = (await bench.OnlyActionAsync("one", "test.outside")).Id;
        bench.Kill();
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Busy));
        var second = await bench.OpenAsync(workflows: workflow);
        await bench.SettleAsync();
        bench.Gates.Began.Should().Equal([safe], "the store refused what would start it again");

        await second.CompleteActionAsync(outside, ActionResult.Success(1));
        for (var i = 0; i < 5; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        var later = await bench.OnlyActionAsync("one", "test.unsafe_gate");
        later.State.Should().Be(ExecutionState.Running);
        bench.Gates.Began.Should().BeEquivalentTo([safe, safe, later.Id]);
        (await second.GetHistoryAsync("one")).Should().ContainSingle(h => h.Event == "recovered");
    }

    [Test]
    public async Task What_is_to_be_taken_up_and_could_not_be_written_is_taken_up_later()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Safe);
        await first.StartAsync("safe", options: new() { Id = "one" });
        var body = await bench.Gates.NextAsync();
        bench.Kill();
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Busy));
        var second = await bench.OpenAsync(workflows: Safe);
        await bench.SettleAsync();

        for (var i = 0; i < 5; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        bench.Gates.Began.Should().Equal(body, body);
        (await second.GetHistoryAsync("one")).Should().ContainSingle(h => h.Event == "recovered").Which.Reason.Should().Contain(first.Id);
    }

    [Test]
    public async Task A_safe_action_that_was_running_runs_again_with_the_same_id()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: Safe);
        var run = await bench.Engine.StartAsync("safe");
        var first = await bench.Gates.NextAsync();
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: Safe);
        var again = await bench.Gates.NextAsync();
        again.Should().Be(first);
        (await engine.GetWorkflowAsync(run.Id)).State.Should().Be(ExecutionState.Running);
        (await engine.GetHistoryAsync(run.Id)).Should().ContainSingle(h => h.Event == "recovered");
    }

    [Test]
    public async Task An_unsafe_action_that_was_running_is_never_started_twice_and_ends_in_error()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: Unsafe);
        var run = await bench.Engine.StartAsync("unsafe");
        await bench.Gates.NextAsync();
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: Unsafe);
        var ended = await engine.WaitAsync(run.Id);

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("not safe to run it again");
        bench.Gates.Began.Should().ContainSingle();
    }

    [Test]
    public async Task An_outside_result_is_taken_after_a_restart()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: Waits);
        var run = await bench.Engine.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: Waits);
        await engine.CompleteActionAsync(action.Id, ActionResult.Success("late"));

        (await engine.WaitAsync(run.Id)).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_timer_fires_after_a_restart()
    {
        await using var bench = new EngineBench();
        var delayed = new WorkflowBuilder("delayed").Task("t", t => t.Action("test.do").WaitBefore(TimeSpan.FromHours(1))).Build();
        await bench.OpenAsync(workflows: delayed);
        var run = await bench.Engine.StartAsync("delayed");
        await bench.Engine.DisposeAsync();
        bench.Time.Advance(TimeSpan.FromHours(2));

        var engine = await bench.OpenAsync(workflows: delayed);

        (await engine.WaitAsync(run.Id)).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task Opening_does_not_read_what_only_waits()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: Waits);
        for (var i = 0; i < 50; i++)
        {
            await bench.Engine.StartAsync("waits");
        }

        await bench.Engine.DisposeAsync();
        bench.Store.TreesRead = 0;

        await bench.OpenAsync(workflows: Waits);
        await bench.SettleAsync();

        bench.Store.TreesRead.Should().Be(0);
    }

    [Test]
    public async Task An_execution_whose_workflow_has_another_structure_now_is_paused_and_says_so()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("flow", "test.gate", "test.do"));
        var run = await bench.Engine.StartAsync("flow");
        await bench.Gates.NextAsync();
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("flow", "test.gate"));
        await bench.SettleAsync();

        var paused = await engine.GetWorkflowAsync(run.Id);
        paused.State.Should().Be(ExecutionState.Paused);
        paused.StateInfo.Should().Contain("another structure");
        bench.Gates.Began.Should().ContainSingle();
        await ((Func<Task>)(() => engine.ResumeAsync(run.Id))).Should().ThrowAsync<DefinitionMismatchException>();
    }

    [Test]
    public async Task An_execution_that_was_paused_for_its_structure_goes_on_when_the_former_one_is_registered_again()
    {
        await using var bench = new EngineBench();
        var former = EngineBench.Chain("flow", "test.gate", "test.do");
        await bench.OpenAsync(workflows: former);
        var run = await bench.Engine.StartAsync("flow");
        await bench.Gates.NextAsync();
        await bench.Engine.DisposeAsync();
        await bench.OpenAsync();
        await bench.SettleAsync();
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: former);
        bench.Gates.Open(await bench.Gates.NextAsync(), 1);
        await bench.SettleAsync();
        await engine.ResumeAsync(run.Id);

        (await engine.WaitAsync(run.Id)).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task An_action_of_its_own_that_was_running_runs_again()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync();
        var id = await bench.Engine.StartActionAsync("test.gate");
        await bench.Gates.NextAsync();
        await bench.Engine.DisposeAsync();

        var engine = await bench.OpenAsync();
        (await bench.Gates.NextAsync()).Should().Be(id);
        bench.Gates.Open(id, 7);

        (await engine.WaitForActionAsync(id)).Output["result"].Should().Be((JsonData)7);
    }
}
