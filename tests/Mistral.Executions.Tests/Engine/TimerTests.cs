namespace Mistral.Executions.Tests.Engine;

public sealed class TimerTests
{
    private static readonly WorkflowDefinition Delayed = new WorkflowBuilder("delayed")
        .Input("minutes")
        .Task("t", t => t.Action("test.do").WaitBefore(c => TimeSpan.FromMinutes((int)c["minutes"].AsInteger())))
        .Build();

    [Test]
    public async Task A_delay_ends_at_its_time_and_not_before()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Delayed);
        var run = await engine.StartAsync("delayed", JsonMap.Create(("minutes", 1)));
        await bench.SettleAsync();
        engine.NextTimerDue.Should().Be(bench.Time.GetUtcNow().AddMinutes(1));

        await bench.AdvanceAsync(TimeSpan.FromSeconds(59));
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await run.GetAsync()).State.Should().Be(ExecutionState.Success);
        engine.NextTimerDue.Should().BeNull();
    }

    [Test]
    public async Task Only_the_next_timers_are_in_memory_and_all_fire()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => (o.TimerWindow, o.MaximumExecutionsAtRest) = (10, 5), Delayed);
        var runs = new List<ExecutionHandle>();
        for (var i = 0; i < 100; i++)
        {
            // In an order that has nothing to do with when they are due.
            runs.Add(await engine.StartAsync("delayed", JsonMap.Create(("minutes", 1 + (i * 37 % 100)))));
        }

        await bench.SettleAsync();
        engine.Runtime.Timers.Count.Should().BeLessThanOrEqualTo(20);
        for (var minute = 1; minute <= 100; minute++)
        {
            await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
            (await CountAsync(engine, ExecutionState.Success)).Should().Be(minute);
        }

        engine.NextTimerDue.Should().BeNull();
    }

    [Test]
    public async Task Timers_that_are_all_due_at_once_all_fire()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => (o.TimerWindow, o.MaximumExecutionsAtRest) = (100, 5), Delayed);
        for (var i = 0; i < 1000; i++)
        {
            await engine.StartAsync("delayed", JsonMap.Create(("minutes", 1)));
        }

        await bench.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await CountAsync(engine, ExecutionState.Success)).Should().Be(1000);
    }

    [Test]
    public async Task A_body_that_waits_for_the_clock_does_not_hold_up_who_lets_all_work_be_done()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("sleeps", "test.sleep"));
        var run = await engine.StartAsync("sleeps");

        await bench.SettleAsync();
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await run.GetAsync()).State.Should().Be(ExecutionState.Success);
    }

    private static async Task<int> CountAsync(ExecutionEngine engine, ExecutionState state)
    {
        var count = 0;
        await foreach (var _ in engine.QueryWorkflowsAsync(new() { States = [state], PageSize = 1000 }))
        {
            count++;
        }

        return count;
    }
}
