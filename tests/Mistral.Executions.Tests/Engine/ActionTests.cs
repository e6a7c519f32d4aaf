namespace Mistral.Executions.Tests.Engine;

public sealed class ActionTests
{
    [Test]
    public async Task An_action_can_run_by_itself()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        var ended = await engine.RunActionAsync("test.do", new { Number = 3 });

        ended.State.Should().Be(ExecutionState.Success);
        ended.Output.Should().BeEquivalentTo(JsonMap.Create(("result", JsonMap.Create(("number", 3)))));
        (await engine.GetActionAsync(ended.Id)).Should().BeEquivalentTo(ended);
    }

    [Test]
    public async Task The_same_action_start_again_gives_the_execution_that_is_there()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();
        await engine.RunActionAsync("test.do", options: new() { Id = "a" });

        (await engine.StartActionAsync("test.do", options: new() { Id = "a" })).Should().Be("a");
        await ((Func<Task>)(() => engine.StartActionAsync("test.do", JsonMap.Create(("x", 1)), new() { Id = "a" }))).Should().ThrowAsync<ExecutionConflictException>();
    }

    [Test]
    public async Task An_unknown_action_is_refused_by_name()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        await ((Func<Task>)(() => engine.RunActionAsync("test.dou"))).Should().ThrowAsync<DefinitionNotFoundException>().WithMessage("*'test.dou'*");
    }

    [Test]
    public async Task Bodies_run_in_parallel_up_to_the_limit_of_the_host()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumParallelActions = 3);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await engine.StartActionAsync("test.gate"));
        }

        var running = new Queue<string>([await bench.Gates.NextAsync(), await bench.Gates.NextAsync(), await bench.Gates.NextAsync()]);
        bench.Gates.Began.Should().HaveCount(3);
        for (var ended = 0; ended < 4; ended++)
        {
            bench.Gates.Open(running.Dequeue(), 1);
            running.Enqueue(await bench.Gates.NextAsync());
            bench.Gates.Began.Should().HaveCount(4 + ended);
        }

        foreach (var id in running)
        {
            bench.Gates.Open(id, 1);
        }

        (await Task.WhenAll(ids.Select(id => engine.WaitForActionAsync(id)))).Should().OnlyContain(a => a.State == ExecutionState.Success);
    }

    [Test]
    public async Task A_target_has_a_queue_of_its_own()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.AddTarget("slow", 1).MaximumParallelActions = 1);
        await engine.StartActionAsync("test.gate", options: new() { Target = "slow" });
        var slow = await bench.Gates.NextAsync();

        (await engine.RunActionAsync("test.do")).State.Should().Be(ExecutionState.Success);

        (await engine.GetActionAsync(slow)).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task The_body_of_an_action_whose_timeout_of_the_task_is_over_is_told_to_stop_or_goes_on()
    {
        await using var bench = new EngineBench();
        var timed = new WorkflowBuilder("timed").Task("t", t => t.Action("test.gate").Timeout(TimeSpan.FromMinutes(1))).Build();
        var engine = await bench.OpenAsync(workflows: timed);
        var run = await engine.StartAsync("timed");
        await bench.Gates.NextAsync();

        bench.Time.Advance(TimeSpan.FromMinutes(1));

        var ended = await run.WaitAsync();
        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("has not ended within its timeout");
        (await bench.OnlyActionAsync(run.Id)).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task A_task_may_take_longer_than_timers_last()
    {
        await using var bench = new EngineBench();
        var patient = new WorkflowBuilder("patient").Task("t", t => t.Action("test.gate").Timeout(TimeSpan.FromDays(100))).Build();
        var engine = await bench.OpenAsync(workflows: patient);
        var run = await engine.StartAsync("patient");

        bench.Gates.Open(await bench.Gates.NextAsync(), "done");

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task An_action_that_hangs_ends_in_error_after_its_timeout_and_everything_else_goes_on()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.AddAction("test.hang", (_, _, _) => new TaskCompletionSource<JsonData>().Task, new() { Timeout = TimeSpan.FromSeconds(30) }));
        var id = await engine.StartActionAsync("test.hang");
        (await engine.RunActionAsync("test.do")).State.Should().Be(ExecutionState.Success);
        var waiting = engine.WaitForActionAsync(id);

        while (!waiting.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        var ended = await waiting;
        ended.State.Should().Be(ExecutionState.Error);
        ended.Output["result"].AsString().Should().Contain("30 seconds");
    }
}
