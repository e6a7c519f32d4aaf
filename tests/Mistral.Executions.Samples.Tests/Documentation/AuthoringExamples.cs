namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class AuthoringExamples : TemporaryFolder
{
    [Test]
    public async Task Branches_run_side_by_side_and_come_together()
    {
        // snippet: fork and join
        var trip = new WorkflowBuilder("trip")
            .Input("city")
            .Input("nights", 1)
            .Task("begin", t => t.OnSuccess("flight", "hotel"))
            .Task("flight", t => t
                .Action("book.flight").Input(c => new { city = c["city"] })
                .Publish("flight", c => c.Result())
                .OnSuccess("confirm"))
            .Task("hotel", t => t
                .Action("book.hotel").Input(c => new { city = c["city"], nights = c["nights"] })
                .Publish("hotel", c => c.Result())
                .OnSuccess("confirm"))
            .Task("confirm", t => t.JoinAll())
            .Output("booked", c => new { flight = c["flight"], hotel = c["hotel"] })
            .Build();
        // end

        await using var engine = await ExecutionEngine.OpenAsync("trips.db", e => e
            .AddWorkflow(trip)
            .AddAction("book.flight", (input, _, _) => Task.FromResult<JsonData>("F-" + input["city"].AsString()))
            .AddAction("book.hotel", (input, _, _) => Task.FromResult<JsonData>("H-" + input["nights"])));

        var output = await engine.RunAsync("trip", JsonMap.Create(("city", "Oslo"), ("nights", 2)));

        output.ToString().Should().Be("""{"booked":{"flight":"F-Oslo","hotel":"H-2"}}""");
    }

    [Test]
    public async Task Routes_lead_on_by_conditions_and_errors()
    {
        // snippet: routes
        var payment = new WorkflowBuilder("payment")
            .Input("amount")
            .Task("charge", t => t
                .Action("payments.charge").Input(c => new { amount = c["amount"] })
                .Publish("risk", c => c.Result()["risk"])
                .OnSuccess("review", when: c => c.Get<int>("risk") > 50)
                .OnSuccess("ship", when: c => c.Get<int>("risk") <= 50)
                .OnError("apologize"))
            .Task("review", t => t.OnSuccess(Routes.Pause("A person must look at this.")))
            .Task("ship")
            .Task("apologize", t => t.OnComplete(Routes.Fail(c => $"Could not charge {c["amount"]}.")))
            .Build();
        // end

        await using var engine = await ExecutionEngine.OpenAsync("payments.db", e => e
            .AddWorkflow(payment)
            .AddAction("payments.charge", (input, _, _) => input["amount"].AsInteger() < 0
                ? throw new ActionFailedException("No.")
                : Task.FromResult<JsonData>(JsonMap.Create(("risk", input["amount"])))));
        var small = await (await engine.StartAsync("payment", new { amount = 5 })).WaitAsync();
        var refused = await (await engine.StartAsync("payment", new { amount = -1 })).WaitAsync();

        small.State.Should().Be(ExecutionState.Success);
        refused.State.Should().Be(ExecutionState.Error);
        refused.StateInfo.Should().Contain("Could not charge -1.");
        await using var changes = engine.WatchAsync(new() { States = [ExecutionState.Paused] }).GetAsyncEnumerator();
        await engine.StartAsync("payment", new { amount = 80 });
        await changes.MoveNextAsync();
        changes.Current.Execution.StateInfo.Should().Contain("A person must look at this.");
    }

    [Test]
    public async Task A_task_can_run_once_for_each_item()
    {
        // snippet: items
        var pictures = new WorkflowBuilder("pictures")
            .Input("files")
            .Task("shrink", t => t
                .WithItems("file", c => c["files"])
                .Concurrency(4)
                .Action("picture.shrink").Input(c => new { file = c["file"] })
                .Publish("thumbnails", c => c.Result()))
            .Output("thumbnails", c => c["thumbnails"])
            .Build();
        // end

        await using var engine = await ExecutionEngine.OpenAsync("pictures.db", e => e
            .AddWorkflow(pictures)
            .AddAction("picture.shrink", (input, _, _) => Task.FromResult<JsonData>("small-" + input["file"].AsString())));

        var output = await engine.RunAsync<Thumbnails>("pictures", new { files = new[] { "a", "b", "c", "d", "e", "f" } });

        output.List.Should().Equal("small-a", "small-b", "small-c", "small-d", "small-e", "small-f");
    }

    [Test]
    public async Task A_workflow_can_be_a_task_of_another_one_and_policies_guard_tasks()
    {
        // snippet: nested
        var backup = new WorkflowBuilder("backup_one")
            .Input("name")
            .Task("copy", t => t
                .Action("database.copy").Input(c => new { name = c["name"] })
                .Timeout(TimeSpan.FromMinutes(10))
                .Retry(3, TimeSpan.FromMilliseconds(10))
                .Publish("bytes", c => c.Result()))
            .Output("bytes", c => c["bytes"])
            .Build();

        var backups = new WorkflowBuilder("backup_all")
            .Input("names")
            .Task("each", t => t
                .WithItems("name", c => c["names"])
                .Workflow("backup_one").Input(c => new { name = c["name"] })
                .Publish("copies", c => c.Result()))
            .Output("copies", c => c["copies"])
            .Build();
        // end

        var failures = 2;
        await using var engine = await ExecutionEngine.OpenAsync("backups.db", e => e
            .AddWorkflow(backup)
            .AddWorkflow(backups)
            .AddAction("database.copy", (_, _, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("Busy.") : Task.FromResult<JsonData>(7)));

        var output = await engine.RunAsync("backup_all", JsonMap.Create(("names", JsonList.Create(["users", "orders"]))));

        output.ToString().Should().Be("""{"copies":[{"bytes":7},{"bytes":7}]}""");
    }

    [Test]
    public void What_can_never_work_is_refused_when_it_is_built()
    {
        static void Build()
        {
            // snippet: refused
            new WorkflowBuilder("order")
                .Task("charge", t => t.OnSuccess("shipp"))
                .Task("ship")
                .Build();
            // end
        }

        FluentActions.Invoking(Build).Should().Throw<DefinitionException>().WithMessage("*'charge'*'shipp'*'ship'*");
    }

    private sealed record Thumbnails([property: System.Text.Json.Serialization.JsonPropertyName("thumbnails")] IReadOnlyList<string> List);
}
