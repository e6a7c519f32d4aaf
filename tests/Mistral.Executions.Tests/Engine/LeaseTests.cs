namespace Mistral.Executions.Tests.Engine;

public sealed class LeaseTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");
    private static readonly WorkflowDefinition Gated = EngineBench.Chain("gated", "test.gate");

    [Test]
    public async Task An_execution_of_a_living_engine_is_not_touched_by_another()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var run = await first.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        var second = await bench.OpenAsync(workflows: Waits);

        var act = () => second.CompleteActionAsync(action.Id, ActionResult.Success(1));

        (await act.Should().ThrowAsync<ExecutionOwnedElsewhereException>()).Which.OwnerId.Should().Be(first.Id);
        await first.CompleteActionAsync(action.Id, ActionResult.Success(1));
        (await first.WaitAsync(run.Id)).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task What_a_dead_engine_left_is_taken_over_when_its_lease_has_run_out()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Gated);
        var run = await first.StartAsync("gated");
        var body = await bench.Gates.NextAsync();
        bench.Kill();

        var second = await bench.OpenAsync(workflows: Gated);
        await bench.SettleAsync();
        bench.Gates.Began.Should().ContainSingle();
        for (var i = 0; i < 4; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        (await bench.Gates.NextAsync()).Should().Be(body);
        (await second.GetHistoryAsync(run.Id)).Should().ContainSingle(h => h.Event == "taken-over");
    }

    [Test]
    public async Task A_timer_of_a_dead_engine_is_found_though_an_older_reading_of_timers_ends_after_its_death()
    {
        await using var bench = new EngineBench();
        var delayed = new WorkflowBuilder("delayed").Task("t", t => t.Action("test.do").WaitBefore(TimeSpan.FromHours(1))).Build();
        await (await bench.OpenAsync(workflows: delayed)).StartAsync("delayed");
        bench.Kill();
        var late = bench.Store.HoldAnswer(nameof(IExecutionStore.ReadTimersAsync));
        var second = await bench.OpenAsync(o => o.LeaseDuration = TimeSpan.FromDays(1), delayed);
        await late.Read.Task;

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        second.Runtime.Timers.ReadAgain();
        late.Released.SetResult();
        await bench.SettleAsync();

        second.NextTimerDue.Should().NotBeNull();
    }

    [Test]
    public async Task A_body_of_a_dead_engine_is_found_though_an_older_sweep_ends_after_its_death()
    {
        await using var bench = new EngineBench();
        await (await bench.OpenAsync(workflows: Gated)).StartAsync("gated");
        await bench.Gates.NextAsync();
        bench.Kill();
        var late = bench.Store.HoldAnswer(nameof(IExecutionStore.ReadRecoverableActionsAsync));
        var second = await bench.OpenAsync(o => o.LeaseDuration = TimeSpan.FromDays(1), Gated);
        await late.Read.Task;

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        second.Runtime.Recovery.Start();
        late.Released.SetResult();
        await bench.SettleAsync();

        bench.Gates.Began.Should().HaveCount(2);
    }

    [Test]
    public async Task An_engine_that_slept_past_its_lease_and_lost_an_execution_acts_no_more()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(o => o.LeaseDuration = TimeSpan.FromDays(10), Waits);
        var run = await first.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        var waiting = first.WaitAsync(run.Id);
        var second = await bench.OpenAsync(workflows: Waits);
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        await second.CompleteActionAsync(action.Id, ActionResult.Success(1));

        var act = () => first.PauseAsync(run.Id);

        await act.Should().ThrowAsync<ExecutionOwnedElsewhereException>();
        await first.SettleAsync();
        await ((Func<Task>)(() => waiting)).Should().ThrowAsync<LeaseLostException>();
        await ((Func<Task>)(() => first.StartAsync("waits"))).Should().ThrowAsync<LeaseLostException>();
    }

    [Test]
    public async Task A_start_of_what_runs_at_another_engine_gives_the_execution_that_is_there()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        await first.StartAsync("waits", options: new() { Id = "one" });
        var second = await bench.OpenAsync(workflows: [Waits, Gated]);

        (await second.StartAsync("waits", options: new() { Id = "one" })).IsNew.Should().BeFalse();

        await second.Invoking(e => e.StartAsync("gated", options: new() { Id = "one" })).Should().ThrowAsync<ExecutionConflictException>();
        (await second.StartAsync("gated", options: new() { Id = "two" })).IsNew.Should().BeTrue();
    }

    [Test]
    public async Task A_start_whose_id_another_engine_takes_at_the_same_moment_gives_the_execution_that_is_there()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var second = await bench.OpenAsync(workflows: Waits);
        var written = new TaskCompletionSource();
        bench.Store.HoldNext(written.Task);
        var starting = second.StartAsync("waits", options: new() { Id = "one" });
        while (bench.Store.Commits.IsEmpty)
        {
            await Task.Yield();
        }

        (await first.StartAsync("waits", options: new() { Id = "one" })).IsNew.Should().BeTrue();
        written.SetResult();

        (await starting).IsNew.Should().BeFalse();
        (await first.GetHistoryAsync("one")).Should().BeEmpty();
        await first.CancelAsync("one");
    }

    [Test]
    public async Task A_start_at_an_engine_that_slept_past_its_lease_says_that_the_lease_is_lost()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(o => o.LeaseDuration = TimeSpan.FromDays(10), Waits);
        var run = await first.StartAsync("waits");
        var second = await bench.OpenAsync(workflows: Waits);
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        await second.PauseAsync(run.Id);

        var act = () => first.StartAsync("waits", options: new() { Id = "late" });

        (await act.Should().ThrowAsync<LeaseLostException>()).Which.EngineId.Should().Be(first.Id);
        (await bench.Store.ReadWorkflowAsync("late", default)).Should().BeNull();
    }

    [Test]
    public async Task A_queued_body_does_not_start_at_an_engine_that_slept_past_its_lease_and_lost_the_execution()
    {
        await using var bench = new EngineBench();
        var unsafeOnce = EngineBench.Chain("unsafe", "test.unsafe_gate");
        var first = await bench.OpenAsync(o => (o.MaximumParallelActions, o.LeaseDuration) = (1, TimeSpan.FromSeconds(30)), Gated, unsafeOnce);
        await first.StartAsync("gated");
        var body = await bench.Gates.NextAsync();
        var queued = await first.StartAsync("unsafe");
        bench.Store.FailRenewals = true;
        bench.Time.Advance(TimeSpan.FromSeconds(31));
        await first.SettleAsync();
        bench.Store.FailRenewals = false;
        var second = await bench.OpenAsync(workflows: [Gated, unsafeOnce]);
        (await second.WaitAsync(queued.Id)).State.Should().Be(ExecutionState.Error);

        bench.Gates.Open(body, 1);
        await first.SettleAsync();

        bench.Gates.Began.Distinct().Should().ContainSingle();
    }

    [Test]
    public async Task A_body_starts_late_when_the_lease_could_not_be_renewed_and_nobody_took_over()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        bench.Store.FailRenewals = true;
        await bench.AdvanceAsync(TimeSpan.FromSeconds(31));
        await engine.StartAsync("gated");
        await bench.SettleAsync();
        bench.Gates.Began.Should().BeEmpty();

        bench.Store.FailRenewals = false;
        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));

        bench.Gates.Began.Should().ContainSingle();
    }

    [Test]
    public async Task A_body_of_a_lost_execution_is_told_to_stop()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(o => o.LeaseDuration = TimeSpan.FromDays(10), Gated);
        await first.StartAsync("gated");
        var body = await bench.Gates.NextAsync();
        var second = await bench.OpenAsync(workflows: Gated);
        await bench.Store.ReleaseLeaseAsync(first.Id, default);
        await second.PauseAsync((await second.GetActionAsync(body)).WorkflowExecutionId!);

        first.Runtime.Lease.Check();

        await bench.Gates.CancelledAsync(body);
    }

    [Test]
    public async Task An_engine_that_could_not_renew_its_lease_goes_on_when_nobody_took_over()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        bench.Store.FailRenewals = true;
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        await bench.AdvanceAsync(TimeSpan.FromMinutes(5));
        bench.Store.FailRenewals = false;
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));

        var run = await engine.StartAsync("waits");

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task An_idle_engine_says_nothing_to_the_store_but_that_it_lives()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await engine.StartAsync("waits");
        await bench.SettleAsync();
        bench.Store.Statements = 0;

        for (var i = 0; i < 30; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        bench.Store.Statements.Should().Be(30);
        bench.Store.Renewals.Should().BeGreaterThanOrEqualTo(30);
    }

    [Test]
    public async Task Who_waits_at_one_engine_hears_of_the_end_at_another()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var run = await first.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);
        var second = await bench.OpenAsync(workflows: Waits);
        var waiting = second.WaitAsync(run.Id);

        await first.CompleteActionAsync(action.Id, ActionResult.Success(1));
        for (var i = 0; i < 4; i++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
            await first.SettleAsync();
        }

        (await waiting).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_closed_engine_leaves_its_executions_to_the_next_at_once()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var run = await first.StartAsync("waits");
        await first.DisposeAsync();

        var second = await bench.OpenAsync(workflows: Waits);
        await second.CancelAsync(run.Id);

        (await second.GetWorkflowAsync(run.Id)).State.Should().Be(ExecutionState.Cancelled);
    }
}
