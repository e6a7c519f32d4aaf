namespace Mistral.Executions.Tests.Engine;

public sealed class HeartbeatTests
{
    private static readonly WorkflowDefinition Remote = EngineBench.Chain("remote", "test.remote");

    [Test]
    public async Task An_outside_action_that_gives_no_result_by_its_deadline_ends_in_error_with_the_cause()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Deadline = TimeSpan.FromMinutes(10) });

        await bench.AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        (await bench.OnlyActionAsync(run.Id)).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        var action = await bench.OnlyActionAsync(run.Id);
        action.State.Should().Be(ExecutionState.Error);
        action.Output["result"].AsString().Should().Be("The outside action 'test.remote' gave no result by its deadline, 2026-01-01 00:10:00Z.");
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task An_outside_action_that_gives_no_sign_of_life_ends_in_error_with_the_cause()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromSeconds(30) });

        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));

        (await bench.OnlyActionAsync(run.Id)).Output["result"].AsString()
            .Should().Be("The outside action 'test.remote' gave no sign of life for 30 s, until 2026-01-01 00:00:30Z.");
    }

    [Test]
    public async Task Signs_of_life_keep_an_action_running_but_not_beyond_its_deadline()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromSeconds(30), Deadline = TimeSpan.FromSeconds(70) });
        var action = await bench.OnlyActionAsync(run.Id);
        for (var sign = 0; sign < 3; sign++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(20));
            await bench.Engine.HeartbeatAsync(action.Id);
        }

        (await bench.OnlyActionAsync(run.Id)).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await bench.OnlyActionAsync(run.Id)).Output["result"].AsString()
            .Should().Be("The outside action 'test.remote' gave no result by its deadline, 2026-01-01 00:01:10Z.");
    }

    [Test]
    public async Task A_sign_of_life_writes_one_timer_and_nothing_else()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromSeconds(30) });
        var action = await bench.OnlyActionAsync(run.Id);
        var timer = (await bench.Store.ReadTimersOfTreeAsync(run.Id, default)).Should().ContainSingle().Subject;
        bench.Store.Commits.Clear();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        await bench.Engine.HeartbeatAsync(action.Id);
        await bench.Engine.HeartbeatAsync(action.Id);

        var changes = bench.Store.Commits.Should().ContainSingle().Subject.Should().ContainSingle().Subject;
        changes.NewTimers.Should().Equal(timer with { DueAt = timer.DueAt.AddSeconds(10) });
        changes.Should().BeEquivalentTo(new ExecutionChanges { TreeId = run.Id, OwnerId = bench.Engine.Id, Epoch = 1, NewTimers = changes.NewTimers });
    }

    [Test]
    public async Task The_time_of_an_outside_action_goes_on_while_no_engine_runs()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromHours(1) });
        bench.Kill();
        bench.Time.Advance(TimeSpan.FromHours(2));

        await bench.OpenAsync(workflows: Remote);
        await bench.SettleAsync();

        (await bench.OnlyActionAsync(run.Id)).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task A_result_in_time_ends_the_wait()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromSeconds(30), Deadline = TimeSpan.FromHours(1) });
        var action = await bench.OnlyActionAsync(run.Id);
        await bench.Engine.CompleteActionAsync(action.Id, ActionResult.Success(1));

        await bench.AdvanceAsync(TimeSpan.FromHours(2));

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await bench.Store.ReadTimersOfTreeAsync(run.Id, default)).Should().BeEmpty();
    }

    [Test]
    public async Task A_sign_of_life_of_an_ended_action_is_refused()
    {
        await using var bench = new EngineBench();
        var run = await StartAsync(bench, new() { Heartbeat = TimeSpan.FromSeconds(30) });
        var action = await bench.OnlyActionAsync(run.Id);
        await bench.Engine.CompleteActionAsync(action.Id, ActionResult.Success(1));

        await bench.Engine.Invoking(e => e.HeartbeatAsync(action.Id)).Should().ThrowAsync<InvalidStateTransitionException>();
    }

    [Test]
    public async Task Only_an_outside_action_gives_signs_of_life()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();
        var id = await engine.StartActionAsync("test.gate");

        await engine.Invoking(e => e.HeartbeatAsync(id)).Should().ThrowAsync<InputException>();
        await engine.Invoking(e => e.HeartbeatAsync("nothing")).Should().ThrowAsync<ExecutionNotFoundException>();
    }

    [Test]
    public async Task An_action_that_stands_alone_and_an_ad_hoc_action_have_the_limits_too()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e
            .AddOutsideAction("test.remote", new() { Deadline = TimeSpan.FromSeconds(5) })
            .AddAdHocAction(new() { Name = "test.mine", Base = "test.remote" }));
        var id = await engine.StartActionAsync("test.mine");

        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));

        (await engine.GetActionAsync(id)).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public void Limits_are_positive()
    {
        FluentActions.Invoking(() => new ActionOptions { Deadline = TimeSpan.Zero }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ActionOptions { Heartbeat = TimeSpan.FromSeconds(-1) }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static async Task<ExecutionHandle> StartAsync(EngineBench bench, ActionOptions options)
    {
        var engine = await bench.OpenAsync(e => e.AddOutsideAction("test.remote", options), Remote);
        return await engine.StartAsync("remote");
    }
}
