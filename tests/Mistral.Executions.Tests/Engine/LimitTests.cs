namespace Mistral.Executions.Tests.Engine;

/// <summary>Just below, at and above each limit: what is above is refused with the limit, and the engine goes on.</summary>
public sealed class LimitTests
{
    private const int Limit = 1000;

    // The JSON of {"x":"…"} has eight bytes beside the text.
    private const int Around = 8;

    private static readonly WorkflowDefinition Takes = new WorkflowBuilder("takes").Input("x").Task("a", t => t.Action("test.do")).Build();

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task Input_of_a_start_has_a_limit(int bytes, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.MaximumPayloadBytes = Limit, Takes);

        await ExpectAsync(fits, () => engine.StartAsync("takes", Text(bytes)));
        await ExpectAsync(fits, () => engine.StartActionAsync("test.do", Text(bytes)));
        await ExpectAsync(fits, () => engine.StartAsync("takes", JsonMap.Create(("x", 1)), new() { Parameters = JsonMap.Create(("env", Text(bytes - 8))) }));

        (await engine.RunAsync("takes", JsonMap.Create(("x", 1)))).Should().NotBeNull();
    }

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task A_result_from_outside_has_a_limit_and_one_above_it_changes_nothing(int bytes, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.MaximumPayloadBytes = Limit, EngineBench.Chain("waits", "test.outside"));
        var run = await engine.StartAsync("waits");
        var action = await bench.OnlyActionAsync(run.Id);

        await ExpectAsync(fits, () => engine.CompleteActionAsync(action.Id, ActionResult.Success(Text(bytes))));

        (await engine.GetActionAsync(action.Id)).State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Running);
    }

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task What_a_task_publishes_has_a_limit(int bytes, bool fits)
    {
        var ended = await EndOfAsync(t => t.Action("test.do").Publish("x", _ => new string('x', bytes - Around)));

        Expect(fits, ended);
    }

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task Input_of_an_action_that_an_expression_makes_has_a_limit(int bytes, bool fits)
    {
        var ended = await EndOfAsync(t => t.Action("test.small").Input(_ => Text(bytes)));

        Expect(fits, ended);
    }

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task The_result_of_an_action_has_a_limit(int bytes, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e =>
        {
            e.MaximumPayloadBytes = Limit;
            e.AddAction("large", (_, _, _) => Task.FromResult<JsonData>(Text(bytes)));
        });

        var ended = await engine.RunActionAsync("large");

        ended.State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Error);
    }

    [TestCase(Limit - 1, true)]
    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public async Task The_output_of_a_workflow_has_a_limit(int bytes, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.MaximumPayloadBytes = Limit,
            new WorkflowBuilder("speaks").Task("a", t => t.Action("test.do")).Output("x", _ => new string('x', bytes - Around)).Build());

        var ended = await (await engine.StartAsync("speaks")).WaitAsync();

        Expect(fits, ended);
    }

    [TestCase(4, true)]
    [TestCase(5, true)]
    [TestCase(6, false)]
    public async Task Items_have_a_limit(int items, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.MaximumItems = 5,
            new WorkflowBuilder("many").Task("a", t => t.WithItems("i", _ => JsonList.Create([.. Enumerable.Range(0, items).Select(i => (JsonData)i)])).Action("test.do")).Build());

        var ended = await (await engine.StartAsync("many")).WaitAsync();

        ended.State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Error);
        (ended.StateInfo ?? "").Contains("the limit is 5", StringComparison.Ordinal).Should().Be(!fits);
    }

    [TestCase(4, true)]
    [TestCase(5, true)]
    [TestCase(6, false)]
    public async Task Tasks_of_a_workflow_have_a_limit(int tasks, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.MaximumTasks = 5, EngineBench.Chain("long", [.. Enumerable.Repeat("test.do", tasks)]));

        var ended = await (await engine.StartAsync("long")).WaitAsync();

        ended.State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Error);
    }

    [TestCase(2, true)]
    [TestCase(3, true)]
    [TestCase(4, false)]
    public async Task Nesting_has_a_limit(int depth, bool fits)
    {
        await using var bench = new EngineBench();
        var workflows = Enumerable.Range(1, depth).Select(level => level == depth
            ? EngineBench.Chain($"level{level}", "test.do")
            : new WorkflowBuilder($"level{level}").Task("down", t => t.Workflow($"level{level + 1}")).Build());
        var engine = await bench.OpenAsync(e => e.MaximumNesting = 3, [.. workflows]);

        var ended = await (await engine.StartAsync("level1")).WaitAsync();

        ended.State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Error);
    }

    [TestCase(254, true)]
    [TestCase(255, true)]
    [TestCase(256, false)]
    public async Task Ids_have_a_limit(int length, bool fits)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("does", "test.do"));
        var start = () => engine.StartAsync("does", options: new() { Id = new string('i', length) });

        if (fits)
        {
            (await start()).Id.Should().HaveLength(length);
        }
        else
        {
            await start.Should().ThrowAsync<ArgumentException>().WithMessage("*255*");
        }
    }

    [Test]
    public async Task Ten_times_more_starts_than_are_taken_at_once_wait_outside_and_all_are_done()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => (e.MaximumPendingCalls, e.MaximumParallelActions, e.MaximumExecutionsAtRest) = (20, 2, 0), EngineBench.Chain("does", "test.do", "test.do"));
        var hold = new TaskCompletionSource();
        bench.Store.HoldNext(hold.Task);

        var runs = Enumerable.Range(0, 200).Select(async _ => await (await engine.StartAsync("does")).WaitAsync()).ToList();
        engine.Runtime.Trees.Count.Should().Be(20);
        hold.SetResult();

        (await Task.WhenAll(runs)).Should().OnlyContain(w => w.State == ExecutionState.Success);
        await engine.SettleAsync();
        engine.Runtime.Trees.Count.Should().Be(0);
        engine.Runtime.Actions.Count.Should().Be(0);
    }

    [Test]
    public async Task A_body_that_blocks_its_thread_for_ever_holds_up_nobody_but_its_own_queue()
    {
        using var never = new ManualResetEventSlim();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.AddTarget("stuck", 1).AddAction("block", (_, _, _) =>
            {
                never.Wait(CancellationToken.None);
                return Task.FromResult(JsonData.Null);
            }),
            EngineBench.Chain("does", "test.do"),
            new WorkflowBuilder("blocks").Task("a", t => t.Action("block").Target("stuck")).Build());
        var blocked = await engine.StartAsync("blocks");

        for (var i = 0; i < 20; i++)
        {
            (await (await engine.StartAsync("does")).WaitAsync()).State.Should().Be(ExecutionState.Success);
        }

        (await blocked.GetAsync()).State.Should().Be(ExecutionState.Running);
        await engine.CancelAsync(blocked.Id);
        never.Set();
    }

    private static JsonMap Text(int bytes) => JsonMap.Create(("x", new string('x', bytes - Around)));

    private static async Task<WorkflowExecution> EndOfAsync(Action<TaskBuilder> task)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e =>
            {
                e.MaximumPayloadBytes = Limit;
                e.AddAction("test.small", (_, _, _) => Task.FromResult<JsonData>(1));
            },
            new WorkflowBuilder("one").Task("a", t => task(t)).Build());
        return await (await engine.StartAsync("one")).WaitAsync();
    }

    private static async Task ExpectAsync(bool fits, Func<Task> call)
    {
        if (fits)
        {
            await call.Should().NotThrowAsync();
        }
        else
        {
            await call.Should().ThrowExactlyAsync<InputException>().WithMessage($"*{Limit + 1} bytes*limit is {Limit} bytes*");
        }
    }

    private static void Expect(bool fits, WorkflowExecution ended)
    {
        ended.State.Should().Be(fits ? ExecutionState.Success : ExecutionState.Error);
        if (!fits)
        {
            ended.StateInfo.Should().Contain($"{Limit + 1} bytes").And.Contain($"limit is {Limit} bytes");
        }
    }
}
