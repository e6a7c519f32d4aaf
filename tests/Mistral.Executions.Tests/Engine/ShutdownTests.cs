namespace Mistral.Executions.Tests.Engine;

public sealed class ShutdownTests
{
    private static readonly WorkflowDefinition Gated = EngineBench.Chain("gated", "test.gate");

    [Test]
    public async Task A_running_body_is_told_to_stop_and_its_action_runs_again_at_the_next_start()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(o => o.ShutdownDeadline = TimeSpan.FromMinutes(1), Gated);
        var run = await first.StartAsync("gated");
        var body = await bench.Gates.NextAsync();

        await first.DisposeAsync();
        await bench.Gates.CancelledAsync(body);

        var second = await bench.OpenAsync(workflows: Gated);
        (await second.GetWorkflowAsync(run.Id)).State.Should().Be(ExecutionState.Running);
        (await bench.Gates.NextAsync()).Should().Be(body);
    }

    [Test]
    public async Task A_body_that_ends_in_time_has_its_result_kept()
    {
        await using var bench = new EngineBench();
        var release = new TaskCompletionSource();
        void Configure(ExecutionEngineOptions options)
        {
            options.ShutdownDeadline = TimeSpan.FromMinutes(1);
            options.AddAction("test.stubborn", async (_, context, _) =>
            {
                bench.Gates.Began.Enqueue(context.ActionExecutionId);
                await release.Task;
                return "kept";
            });
        }

        var first = await bench.OpenAsync(Configure, EngineBench.Chain("stubborn", "test.stubborn"));
        var run = await first.StartAsync("stubborn");

        var closing = first.DisposeAsync();
        release.SetResult();
        await closing;

        (await bench.Store.ReadWorkflowAsync(run.Id, default))!.State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_body_that_does_not_stop_does_not_hold_the_shutdown_up_for_longer_than_the_deadline()
    {
        await using var bench = new EngineBench();
        var never = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var engine = await bench.OpenAsync(
            o =>
            {
                o.ShutdownDeadline = TimeSpan.FromSeconds(10);
                o.AddAction("test.hang", async (_, _, _) =>
                {
                    began.SetResult();
                    await never.Task;
                    return 1;
                });
            },
            EngineBench.Chain("hangs", "test.hang"));
        await engine.StartAsync("hangs");
        await began.Task;

        var closing = engine.DisposeAsync().AsTask();
        closing.IsCompleted.Should().BeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        await closing;
    }

    [Test]
    public async Task A_closed_engine_refuses_every_call()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        var run = await engine.StartAsync("gated");
        await engine.DisposeAsync();

        await ((Func<Task>)(() => engine.StartAsync("gated"))).Should().ThrowAsync<EngineClosedException>();
        await ((Func<Task>)(() => engine.PauseAsync(run.Id))).Should().ThrowAsync<EngineClosedException>();
        await ((Func<Task>)(() => engine.WaitAsync(run.Id))).Should().ThrowAsync<EngineClosedException>();
    }

    [Test]
    public async Task Who_waits_for_an_execution_is_told_that_the_engine_is_closed()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("waits", "test.outside"));
        var waiting = (await engine.StartAsync("waits")).WaitAsync();

        await engine.DisposeAsync();

        await ((Func<Task>)(() => waiting)).Should().ThrowAsync<EngineClosedException>();
    }

    [Test]
    public async Task Who_waits_for_an_unknown_outcome_at_the_end_is_told_that_it_is_unknown()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Gated);
        bench.Store.Always = CommitOutcome.Unknown(new IOException("the disk is gone"));
        var start = engine.StartAsync("gated");
        await bench.SettleAsync();

        await engine.DisposeAsync();

        await ((Func<Task>)(() => start)).Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Test]
    public async Task An_engine_can_be_closed_twice()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        await engine.DisposeAsync();
        await engine.DisposeAsync();
    }
}
