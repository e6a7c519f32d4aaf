using Microsoft.Data.Sqlite;

namespace Mistral.Executions.Tests.Engine;

/// <summary>What a careless host, workflow or file does to the engine: an error that says what to do, and everything else goes on.</summary>
public sealed class BadInputTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYabcdefghijklmnopqrstuvwxyz";
    private const string LongName = Letters + Letters + Letters + "abcdefghijklmnopqrstuvwx";

    private static readonly WorkflowDefinition Good = EngineBench.Chain("good", "test.do", "test.do");

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mistral-bad-input-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_action_that_is_not_registered_ends_the_workflow_in_error_with_its_name()
    {
        var ended = await EndOfAsync(EngineBench.Chain("calls", "payments.chrage"));

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("t0").And.EndWith("there is no action 'payments.chrage': register it when the engine is opened.");
    }

    [Test]
    public async Task An_HTTP_action_that_the_host_does_not_allow_says_what_allows_it()
    {
        var ended = await EndOfAsync(EngineBench.Chain("calls", "std.http"));

        ended.StateInfo.Should().EndWith("there is no action 'std.http': the host does not allow it (AllowHttp).");
    }

    [Test]
    public async Task A_start_that_is_wrong_says_what_would_be_right()
    {
        var pay = new WorkflowBuilder("pay").Input("number").Input("currency", "EUR").Task("pay").Output("number", c => c["number"]).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: pay);
        var engine = bench.Engine;

        await engine.Awaiting(e => e.StartAsync("pya")).Should().ThrowAsync<DefinitionNotFoundException>().WithMessage("There is no workflow 'pya'; did you mean 'pay'?");
        await engine.Awaiting(e => e.StartAsync("refund")).Should().ThrowAsync<DefinitionNotFoundException>().WithMessage("There is no workflow 'refund': register it when the engine is opened.");
        await engine.Awaiting(e => e.StartAsync("pay", new { no = 1 })).Should().ThrowAsync<InputException>()
            .WithMessage("The input does not fit the workflow 'pay'. Missing: 'number'. Unknown: 'no'. It takes 'number', 'currency' (optional).");
        await engine.Awaiting(e => e.RunAsync<int>("pay", new { number = 1 }, new() { Id = "one" })).Should().ThrowAsync<System.Text.Json.JsonException>()
            .WithMessage("The output of the execution 'one' cannot be read as Int32: it is of the kind Object. *");
    }

    [Test]
    public async Task A_nested_workflow_that_is_not_registered_ends_the_workflow_in_error_with_its_name()
    {
        var ended = await EndOfAsync(new WorkflowBuilder("calls").Task("call", t => t.Workflow("nowhere")).Build());

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("call").And.Contain("'nowhere'");
    }

    [Test]
    public async Task Every_call_about_what_does_not_exist_names_it_and_changes_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Good);

        Func<Task>[] calls =
        [
            () => engine.GetWorkflowAsync("nothing"),
            () => engine.GetTaskAsync("nothing"),
            () => engine.GetActionAsync("nothing"),
            () => engine.WaitAsync("nothing"),
            () => engine.WaitForActionAsync("nothing"),
            () => engine.PauseAsync("nothing"),
            () => engine.ResumeAsync("nothing"),
            () => engine.CancelAsync("nothing"),
            () => engine.RerunTaskAsync("nothing"),
            () => engine.SkipTaskAsync("nothing"),
            () => engine.UpdateAsync("nothing", "text"),
            () => engine.DeleteAsync("nothing"),
            () => engine.CompleteActionAsync("nothing", ActionResult.Success(1)),
            () => engine.UpdateActionAsync("nothing", ExecutionState.Paused),
        ];

        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<ExecutionNotFoundException>()).WithMessage("*'nothing'*");
        }

        bench.Store.Commits.Should().BeEmpty();
        await ExpectGoodAsync(engine);
    }

    [TestCase("{}", "order_id")]
    [TestCase("""{"order_id":"A","colour":"red"}""", "colour")]
    [TestCase("""{"order_id":[1]}""", "order_id")]
    public async Task Input_that_an_action_does_not_take_ends_the_task_in_error_and_names_it(string input, string name)
    {
        var workflow = new WorkflowBuilder("charges").Task("charge", t => t.Action("charge").Input(JsonData.Parse(input))).Build();

        var ended = await EndOfAsync(workflow, e => e.AddAction<Charge, string>("charge", (charge, _, _) => Task.FromResult(charge.OrderId)));

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain(name);
    }

    [Test]
    public async Task An_action_that_throws_anything_ends_in_error_with_its_message()
    {
        var ended = await EndOfAsync(
            EngineBench.Chain("breaks", "break"),
            e => e.AddAction("break", (_, _, _) => throw new BadImageFormatException("deep down")));

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("deep down");
    }

    [Test]
    public async Task A_result_that_is_no_json_ends_in_error_and_says_why()
    {
        var circle = new Circle();
        circle.Next = circle;

        var infinite = await EndOfAsync(EngineBench.Chain("w", "a"), e => e.AddAction<JsonMap, double>("a", (_, _, _) => Task.FromResult(double.PositiveInfinity)));
        var endless = await EndOfAsync(EngineBench.Chain("w", "a"), e => e.AddAction<JsonMap, Circle>("a", (_, _, _) => Task.FromResult(circle)));
        var pointer = await EndOfAsync(EngineBench.Chain("w", "a"), e => e.AddAction<JsonMap, Type>("a", (_, _, _) => Task.FromResult(typeof(Circle))));

        foreach (var ended in new[] { infinite, endless, pointer })
        {
            ended.State.Should().Be(ExecutionState.Error);
            ended.StateInfo.Should().ContainEquivalentOf("json");
        }
    }

    [Test]
    public async Task A_result_of_ten_megabytes_is_kept_and_one_above_the_limit_ends_in_error_with_the_limit()
    {
        await using var engine = await OpenFileAsync(e => e
            .AddWorkflow(EngineBench.Chain("large", "text", "test.do"))
            .AddAction("text", (_, _, _) => Task.FromResult<JsonData>(new string('x', 10 * 1024 * 1024)))
            .AddAction("text.too_large", (_, _, _) => Task.FromResult<JsonData>(new string('x', 17 * 1024 * 1024))));

        (await (await engine.StartAsync("large")).WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await engine.RunActionAsync("text")).Output["result"].AsString().Should().HaveLength(10 * 1024 * 1024);
        var refused = await engine.RunActionAsync("text.too_large");

        refused.State.Should().Be(ExecutionState.Error);
        refused.Output["result"].ToString().Should().Contain("16777216");
        await ExpectGoodAsync(engine);
    }

    [Test]
    public async Task A_cycle_without_end_ends_in_error_at_the_limit_of_tasks_and_holds_nobody_up()
    {
        await using var bench = new EngineBench();
        var cycle = new WorkflowBuilder("cycle")
            .Task("begin", t => t.OnSuccess("a"))
            .Task("a", t => t.OnSuccess("b"))
            .Task("b", t => t.OnSuccess("a"))
            .Build();
        var engine = await bench.OpenAsync(e => e.MaximumTasks = 2000, cycle, Good);

        var run = await engine.StartAsync("cycle");
        await ExpectGoodAsync(engine);
        var ended = await run.WaitAsync();

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("2000");
    }

    [Test]
    public async Task A_workflow_that_runs_itself_ends_in_error_at_the_limit_of_nesting()
    {
        var ended = await EndOfAsync(new WorkflowBuilder("self").Task("again", t => t.Workflow("self")).Build(), e => e.MaximumNesting = 8);

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("again");
    }

    [TestCase("it's \"quoted\" `so` [and] %so_")]
    [TestCase("line\nbreak\tand\u0001control")]
    [TestCase("Ünïcödé \U0001F600")]
    [TestCase("Robert'); DROP TABLE workflow_executions; --")]
    [TestCase("x' OR '1'='1")]
    [TestCase(LongName)]
    public async Task Names_of_any_kind_are_kept_and_found_again(string name)
    {
        var action = string.Concat(name.Where(c => !char.IsControl(c)));
        await using var engine = await OpenFileAsync(e => e
            .AddWorkflow(new WorkflowBuilder("w" + name[1..])
                .Tags(name)
                .Input(name)
                .Task("t" + name[1..], t => t.Action(action).Publish(name, c => c.Result()))
                .Output(name, c => c[name])
                .Build())
            .AddAction(action, (_, _, _) => Task.FromResult<JsonData>(name)));

        var output = await engine.RunAsync("w" + name[1..], JsonMap.Create((name, 1)), new() { Id = name, Description = name });

        output.Should().BeEquivalentTo(JsonMap.Create((name, name)));
        var found = await engine.QueryWorkflowPageAsync(new() { Name = "w" + name[1..], Tag = name });
        found.Items.Should().ContainSingle().Which.Id.Should().Be(name);
        (await engine.QueryTaskPageAsync(new() { Name = "t" + name[1..] })).Items.Should().ContainSingle();
        (await engine.QueryActionPageAsync(new() { Name = action })).Items.Should().ContainSingle();
    }

    [TestCase("two\nlines")]
    [TestCase(LongName + "X")]
    [TestCase("")]
    public void An_action_name_that_nobody_could_call_is_refused_and_says_what_a_name_is(string name)
    {
        var add = () => new ExecutionEngineOptions(Path.Combine(_folder, "engine.db")).AddOutsideAction(name);

        add.Should().Throw<ArgumentException>();
    }

    [Test]
    public void A_name_that_is_too_long_is_refused()
    {
        var longer = LongName + "X";

        FluentActions.Invoking(() => new WorkflowBuilder(longer).Task("a").Build()).Should().Throw<DefinitionException>().WithMessage("*255*");
        FluentActions.Invoking(() => new WorkflowBuilder("w").Task(longer).Build()).Should().Throw<DefinitionException>().WithMessage("*255*");
    }

    [Test]
    public async Task A_file_that_is_no_database_is_refused_with_advice_and_left_alone()
    {
        var path = Path.Combine(_folder, "engine.db");
        await File.WriteAllTextAsync(path, "This is a letter, and long enough to be looked at as a database. " + new string('.', 2000));
        var before = await File.ReadAllBytesAsync(path);

        (await FluentActions.Awaiting(() => OpenFileAsync()).Should().ThrowAsync<StoreException>()).WithMessage($"*{path}*no SQLite database*");

        (await File.ReadAllBytesAsync(path)).Should().Equal(before);
    }

    [Test]
    public async Task A_file_that_another_process_holds_locked_is_refused_with_advice_and_opened_when_it_is_free()
    {
        var path = Path.Combine(_folder, "engine.db");
        await using (var first = await OpenFileAsync())
        {
            await ExpectGoodAsync(first);
        }

        await using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            await using var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = path, BusyTimeout = TimeSpan.FromMilliseconds(50) });

            var open = () => ExecutionEngine.OpenAsync(new ExecutionEngineOptions(store));

            (await open.Should().ThrowAsync<StoreException>()).WithMessage("*locked*");
        }

        await using var again = await OpenFileAsync();
        await ExpectGoodAsync(again);
    }

    [Test]
    public async Task A_file_in_a_folder_that_does_not_exist_is_refused_with_advice()
    {
        var open = () => ExecutionEngine.OpenAsync(Path.Combine(_folder, "missing", "engine.db"));

        (await open.Should().ThrowAsync<StoreException>()).WithMessage("*missing*does not exist*Create it*");
    }

    /// <summary>Runs a workflow to its end beside a good one, which must not be touched by it.</summary>
    private static async Task<WorkflowExecution> EndOfAsync(WorkflowDefinition workflow, Action<ExecutionEngineOptions>? configure = null)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(configure, workflow, Good);
        var ended = await (await engine.StartAsync(workflow.Name)).WaitAsync();
        await ExpectGoodAsync(engine);
        return ended;
    }

    private static async Task ExpectGoodAsync(ExecutionEngine engine) =>
        (await (await engine.StartAsync("good")).WaitAsync()).State.Should().Be(ExecutionState.Success);

    private Task<ExecutionEngine> OpenFileAsync(Action<ExecutionEngineOptions>? configure = null) =>
        ExecutionEngine.OpenAsync(Path.Combine(_folder, "engine.db"), e =>
        {
            e.AddWorkflow(Good).AddAction("test.do", (input, _, _) => Task.FromResult<JsonData>(input));
            configure?.Invoke(e);
        });

    private sealed record Charge(string OrderId);

    private sealed class Circle
    {
        public Circle? Next { get; set; }
    }
}
