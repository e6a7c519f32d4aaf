namespace Mistral.Executions.Tests.Engine;

public sealed class OutcomeTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");
    private static readonly WorkflowDefinition Gated = EngineBench.Chain("gated", "test.gate", "test.do");

    [TestCase(CommitRefusal.Full)]
    [TestCase(CommitRefusal.Busy)]
    [TestCase(CommitRefusal.ReadOnly)]
    [TestCase(CommitRefusal.Failed)]
    [TestCase(CommitRefusal.Invalid)]
    public async Task A_refused_call_is_told_why_and_has_changed_nothing(CommitRefusal refusal)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.FailNext(CommitOutcome.Refused(refusal));

        var act = () => engine.StartAsync("waits", options: new() { Id = "x" });

        (await act.Should().ThrowAsync<StoreException>()).Which.Refusal.Should().Be(refusal);
        (await engine.StartAsync("waits", options: new() { Id = "x" })).IsNew.Should().BeTrue();
    }

    [Test]
    public async Task A_result_that_was_refused_can_be_given_again()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Full));

        var act = () => engine.CompleteActionAsync(action.Id, ActionResult.Success(1));

        await act.Should().ThrowAsync<StoreException>();
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await engine.CompleteActionAsync(action.Id, ActionResult.Success(2));
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await engine.GetActionAsync(action.Id)).Output["result"].Should().Be((JsonData)2);
    }

    [Test]
    public async Task The_result_of_a_body_is_kept_while_the_store_is_full_and_the_body_does_not_run_again()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        var run = await engine.StartAsync("gated");
        var body = await bench.Gates.NextAsync();
        bench.Store.Always = CommitOutcome.Refused(CommitRefusal.Full);

        bench.Gates.Open(body, "done");
        await bench.SettleAsync();
        for (var i = 0; i < 10; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        }

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        bench.Store.Always = null;
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        bench.Gates.Began.Should().ContainSingle();
        (await engine.GetActionAsync(body)).Output["result"].Should().Be((JsonData)"done");
    }

    [Test]
    public async Task A_timer_that_the_store_did_not_take_fires_again()
    {
        await using var bench = new EngineBench();
        var delayed = new WorkflowBuilder("delayed").Task("t", t => t.Action("test.do").WaitBefore(TimeSpan.FromMinutes(1))).Build();
        var engine = await bench.OpenAsync(workflows: delayed);
        var run = await engine.StartAsync("delayed");
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Busy));

        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_result_that_the_store_can_never_write_becomes_an_error()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        var run = await engine.StartAsync("gated");
        var body = await bench.Gates.NextAsync();
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Invalid));
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Invalid));

        bench.Gates.Open(body, "too much");
        await bench.SettleAsync();

        var ended = await run.WaitAsync();
        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("Invalid");
    }

    [Test]
    public async Task A_commit_of_unknown_outcome_that_was_not_written_is_written_again()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.FailNext(CommitOutcome.Unknown(new IOException("the disk is gone")));

        var start = engine.StartAsync("waits", options: new() { Id = "x" });
        await bench.SettleAsync();
        start.IsCompleted.Should().BeFalse();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        (await start).IsNew.Should().BeTrue();
        bench.Store.Commits.Should().HaveCount(2);
        bench.Store.Commits.First()[0].Should().BeSameAs(bench.Store.Commits.Last()[0]);
    }

    [Test]
    public async Task A_commit_of_unknown_outcome_that_was_written_counts_once()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        bench.Store.WriteNextAndSay(CommitOutcome.Unknown(new IOException("the disk is gone")));

        var start = engine.StartAsync("gated", options: new() { Id = "x" });
        await bench.SettleAsync();
        bench.Gates.Began.Should().BeEmpty();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        await start;
        bench.Gates.Open(await bench.Gates.NextAsync(), 1);

        (await engine.WaitAsync("x")).State.Should().Be(ExecutionState.Success);
        bench.Gates.Began.Should().ContainSingle();
    }

    [TestCase(CommitRefusal.Full)]
    [TestCase(CommitRefusal.Busy)]
    [TestCase(CommitRefusal.ReadOnly)]
    [TestCase(CommitRefusal.Failed)]
    public async Task A_store_that_cannot_write_now_does_not_make_an_unknown_outcome_known(CommitRefusal refusal)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        bench.Store.WriteNextAndSay(CommitOutcome.Unknown(new IOException("the disk is gone")));
        bench.Store.FailNext(CommitOutcome.Refused(refusal));

        var start = engine.StartAsync("gated", options: new() { Id = "x" });
        await bench.SettleAsync();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        start.IsCompleted.Should().BeFalse();
        bench.Store.Commits.Should().HaveCount(2);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));

        (await start).IsNew.Should().BeTrue();
        bench.Gates.Open(await bench.Gates.NextAsync(), 1);
        (await engine.WaitAsync("x")).State.Should().Be(ExecutionState.Success);
        bench.Gates.Began.Should().ContainSingle();
    }

    [Test]
    public async Task An_outcome_that_was_unknown_when_another_engine_took_over_stays_unknown()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        bench.Store.WriteNextAndSay(CommitOutcome.Unknown(new IOException("the disk is gone")));
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.NotOwner));

        var cancelling = engine.CancelAsync(run.Id);
        await bench.SettleAsync();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        await ((Func<Task>)(() => cancelling)).Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Test]
    public async Task A_commit_of_unknown_outcome_that_is_refused_afterwards_stays_unknown_until_the_store_takes_it()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.WriteNextAndSay(CommitOutcome.Unknown(new IOException("the disk is gone")));
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Full));

        var start = engine.StartAsync("waits", options: new() { Id = "x" });
        await bench.SettleAsync();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        start.IsCompleted.Should().BeFalse("the first attempt may have been written");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await start).IsNew.Should().BeTrue();
    }

    [Test]
    public async Task A_call_of_unknown_outcome_at_an_engine_that_then_loses_its_lease_is_told_that_it_is_unknown()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.WriteNextAndSay(CommitOutcome.Unknown(new IOException("the disk is gone")));
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.NotOwner));

        var start = engine.StartAsync("waits", options: new() { Id = "x" });
        await bench.SettleAsync();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        await ((Func<Task>)(() => start)).Should().ThrowAsync<OutcomeUnknownException>();
        (await bench.Store.ReadWorkflowAsync("x", default)).Should().NotBeNull();
    }

    [Test]
    public async Task A_store_that_throws_leaves_the_outcome_unknown()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.ThrowNext(new IOException("the disk is gone"));

        var start = engine.StartAsync("waits");
        await bench.SettleAsync();
        start.IsCompleted.Should().BeFalse();
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        (await (await start).GetAsync()).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task Who_stops_waiting_for_an_unknown_outcome_is_told_that_it_is_unknown()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.Always = CommitOutcome.Unknown(new IOException("the disk is gone"));
        using var cancellation = new CancellationTokenSource();

        var start = engine.StartAsync("waits", options: new() { Id = "x" }, cancellationToken: cancellation.Token);
        await bench.SettleAsync();
        await cancellation.CancelAsync();

        await ((Func<Task>)(() => start)).Should().ThrowAsync<OutcomeUnknownException>();
        bench.Store.Always = null;
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await engine.StartAsync("waits", options: new() { Id = "x" })).IsNew.Should().BeFalse();
    }

    [Test]
    public async Task One_bad_tree_does_not_fail_the_others_of_its_group()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var hold = new TaskCompletionSource();
        await engine.StartAsync("waits", options: new() { Id = "taken" });
        bench.Store.HoldNext(hold.Task);
        var first = engine.StartAsync("waits");
        var conflict = engine.StartAsync(EngineBench.Chain("other", "test.do"), options: new() { Id = "taken" });
        var good = engine.StartAsync("waits", options: new() { Id = "good" });
        hold.SetResult();

        await ((Func<Task>)(() => conflict)).Should().ThrowAsync<ExecutionConflictException>();
        (await good).IsNew.Should().BeTrue();
        await first;
    }

    [Test]
    public async Task A_second_result_is_refused()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                await engine.CompleteActionAsync(action.Id, ActionResult.Success(i));
                return 1;
            }
            catch (InvalidStateTransitionException)
            {
                return 0;
            }
        }));

        results.Sum().Should().Be(1);
    }
}
