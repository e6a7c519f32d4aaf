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
