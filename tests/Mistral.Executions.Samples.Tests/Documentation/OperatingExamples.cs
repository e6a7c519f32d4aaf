namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class OperatingExamples : TemporaryFolder
{
    private bool _isBroken = true;

    private static WorkflowDefinition Order { get; } = new WorkflowBuilder("order")
        .Task("charge", t => t.Action("payments.charge").OnSuccess("wait"))
        .Task("wait", t => t.Action("parcel.wait"))
        .Build();

    [Test]
    public async Task A_failed_task_is_found_and_run_again()
    {
        await using var engine = await OpenAsync();
        await (await engine.StartAsync("order", options: new() { Id = "order-1" })).WaitAsync();
        _isBroken = false;

        // snippet: failed executions
        await foreach (var failed in engine.QueryWorkflowsAsync(new() { States = [ExecutionState.Error], OnlyRoots = true }))
        {
            Console.WriteLine($"{failed.Id} ({failed.Name}): {failed.StateInfo}");
        }
        // end

        // snippet: rerun
        await foreach (var task in engine.QueryTasksAsync(new() { ParentId = "order-1", States = [ExecutionState.Error] }))
        {
            await engine.RerunTaskAsync(task.Id);
        }
        // end

        await CompleteAsync(engine);
        (await engine.WaitAsync("order-1")).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_failed_task_can_be_skipped()
    {
        await using var engine = await OpenAsync();
        await (await engine.StartAsync("order", options: new() { Id = "order-1" })).WaitAsync();

        // snippet: skip
        await foreach (var task in engine.QueryTasksAsync(new() { ParentId = "order-1", Name = "charge", States = [ExecutionState.Error] }))
        {
            await engine.SkipTaskAsync(task.Id);
        }
        // end

        await CompleteAsync(engine);
        (await engine.WaitAsync("order-1")).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task Old_executions_are_cancelled_in_bulk()
    {
        await using var engine = await OpenAsync();
        _isBroken = false;
        await engine.StartAsync("order", options: new() { Id = "order-1" });
        var yesterday = DateTimeOffset.MaxValue;

        // snippet: bulk
        var query = new ExecutionQuery { Name = "order", CreatedBefore = yesterday };
        var preview = await engine.BulkAsync(BulkVerb.Cancel, query, new() { Preview = true });
        var result = await engine.BulkAsync(BulkVerb.Cancel, query, new() { Reason = "too old" });
        // end

        preview.Items.Should().ContainSingle();
        result.Items.Should().ContainSingle();
        (await engine.WaitAsync("order-1")).State.Should().Be(ExecutionState.Cancelled);
    }

    [Test]
    public async Task An_outside_action_that_must_answer_in_time_is_registered_with_its_deadline()
    {
        var options = new ExecutionEngineOptions("orders.db");

        // snippet: deadline
        options.AddOutsideAction("approve", new() { Deadline = TimeSpan.FromDays(2), Heartbeat = TimeSpan.FromHours(1) });
        // end

        await using var engine = await ExecutionEngine.OpenAsync(options);
        var id = await engine.StartActionAsync("approve");
        await engine.HeartbeatAsync(id);
        (await engine.GetActionAsync(id)).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task A_workflow_is_paused_resumed_and_cancelled_and_deleted()
    {
        var waits = new WorkflowBuilder("order").Task("wait", t => t.Action("parcel.wait")).Build();
        await using var engine = await ExecutionEngine.OpenAsync("orders.db", e => e.AddWorkflow(waits).AddOutsideAction("parcel.wait"));
        await engine.StartAsync("order", options: new() { Id = "order-1" });

        // snippet: pause
        await engine.PauseAsync("order-1", "The warehouse moves.");
        await engine.ResumeAsync("order-1");
        await engine.CancelAsync("order-1", "The customer changed his mind.");
        // end

        var ended = await engine.WaitAsync("order-1");
        ended.State.Should().Be(ExecutionState.Cancelled);
        ended.StateInfo.Should().Contain("changed his mind");

        // snippet: history
        foreach (var entry in await engine.GetHistoryAsync("order-1"))
        {
            Console.WriteLine($"{entry.At:O} {entry.Event} {entry.Reason}");
        }
        // end

        // snippet: delete
        await foreach (var open in engine.QueryActionsAsync(new() { RootExecutionId = "order-1", States = [ExecutionState.Running] }))
        {
            await engine.CompleteActionAsync(open.Id, ActionResult.Cancel());
        }

        await engine.DeleteAsync("order-1");
        // end

        var read = () => engine.GetWorkflowAsync("order-1");
        await read.Should().ThrowAsync<ExecutionNotFoundException>();
    }

    [Test]
    public async Task Changes_are_seen_as_they_become_durable()
    {
        _isBroken = false;
        await using var engine = await OpenAsync();
        var seen = new List<string>();

        // snippet: watch
        async Task WatchAsync()
        {
            await foreach (var change in engine.WatchAsync(new() { Kinds = [ExecutionKind.Task] }))
            {
                seen.Add($"{change.Execution.Name} is {change.Execution.State}");
                if (change.Execution is { Name: "wait", State: ExecutionState.Success })
                {
                    return;
                }
            }
        }

        var watching = WatchAsync(); // the watch has begun when this returns
        await engine.StartAsync("order");
        // end

        await CompleteAsync(engine);
        await watching;
        seen.Should().BeEquivalentTo("charge is Running", "charge is Success", "wait is Running", "wait is Success");
        seen[0].Should().Be("charge is Running");
    }

    private static async Task CompleteAsync(ExecutionEngine engine)
    {
        for (var completed = 0; completed == 0;)
        {
            await foreach (var waiting in engine.QueryActionsAsync(new() { Name = "parcel.wait", States = [ExecutionState.Running] }))
            {
                await engine.CompleteActionAsync(waiting.Id, ActionResult.Success("sent"));
                completed++;
            }
        }
    }

    private Task<ExecutionEngine> OpenAsync() => ExecutionEngine.OpenAsync("orders.db", e => e
        .AddWorkflow(Order)
        .AddAction("payments.charge", (_, _, _) => _isBroken ? throw new IOException("The bank is away.") : Task.FromResult<JsonData>("R-1"))
        .AddOutsideAction("parcel.wait"));
}
