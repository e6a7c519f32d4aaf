namespace Mistral.Executions.Tests.Secrets;

/// <summary>A value that is marked as secret comes into no text for people, whatever goes wrong with it; and with a protector into no byte of the file.</summary>
[NonParallelizable]
public sealed class SecretTests
{
    private const string Marker = "hunter2-\"geheim\"";

    private string _folder = null!;

    private static IEnumerable<TestCaseData> Failures => All().Select(f => new TestCaseData(f).SetArgDisplayNames(f.Name));

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mistral-secrets-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Failures))]
    public async Task A_marked_value_is_in_no_text_and_in_no_byte_of_the_file(Failure failure)
    {
        var (texts, bytes) = await RunAsync(failure, isMarked: true, new XorProtector());

        texts.Where(Shows).Should().BeEmpty();
        texts.Should().Contain(t => t.Contains(Redacted, StringComparison.Ordinal));
        bytes.Where(Shows).Should().BeEmpty();
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Without_a_mark_and_a_protector_the_same_value_is_there(Failure failure)
    {
        var (texts, bytes) = await RunAsync(failure, isMarked: false, protector: null);

        texts.Should().Contain(t => Shows(t));
        texts.Should().NotContain(t => t.Contains(Redacted, StringComparison.Ordinal));
        bytes.Should().Contain(b => Shows(b));
    }

    [Test]
    public async Task The_data_stay_as_they_are_for_the_workflow_and_its_caller()
    {
        await using var engine = await ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()).AddSecretNames("pin"));
        var workflow = new WorkflowBuilder("passes")
            .SecretInput("pin")
            .Task("echo", t => t.Action("std.echo").Input(c => new { output = c["pin"] }).Publish("copy", c => c.Result()))
            .Output("copy", c => c["copy"])
            .Build();

        var run = await engine.StartAsync(workflow, new { pin = Marker });

        (await run.WaitForOutputAsync())["copy"].Should().Be((JsonData)Marker);
        (await run.GetAsync()).Input["pin"].Should().Be((JsonData)Marker);
    }

    [Test]
    public async Task A_start_that_is_refused_does_not_say_the_value()
    {
        await using var engine = await ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()));
        var workflow = new WorkflowBuilder("refused").SecretInput("pin").Variable("number", c => Quote(c["pin"])).Task("nothing").Build();

        var refusal = (await ((Func<Task>)(() => engine.StartAsync(workflow, new { pin = Marker }))).Should().ThrowAsync<ExpressionException>()).Which;

        refusal.ToString().Should().Contain(Redacted).And.NotMatch("*hunter2*");
    }

    [Test]
    public async Task An_action_that_stands_alone_is_treated_the_same()
    {
        using var kept = new KeptText();
        var options = new ExecutionEngineOptions(new InMemoryExecutionStore()) { Loggers = kept }
            .AddAction("open", (input, _, _) => throw new InvalidOperationException($"'{input["pin"]}' is wrong"), new() { SecretInputs = ["pin"] });
        await using var engine = await ExecutionEngine.OpenAsync(options);

        var ended = await engine.RunActionAsync("open", new { pin = Marker });

        ended.Output["result"].AsString().Should().Contain("is wrong").And.NotContain("hunter2");
        kept.Texts.Should().Contain(t => t.Contains("is wrong", StringComparison.Ordinal)).And.NotContain(t => Shows(t));
    }

    [Test]
    public async Task The_error_that_comes_from_outside_is_kept_as_it_is_and_said_without_the_value()
    {
        await using var engine = await ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()).AddOutsideAction("approve"));
        var workflow = new WorkflowBuilder("asks").SecretInput("pin").Task("ask", t => t.Action("approve")).Build();
        var run = await engine.StartAsync(workflow, new { pin = Marker });
        var action = (await engine.QueryActionPageAsync(new() { Name = "approve" })).Items.Single();

        await engine.CompleteActionAsync(action.Id, ActionResult.Error($"nobody knows {Marker}"));

        (await engine.GetActionAsync(action.Id)).Output["result"].AsString().Should().Be($"nobody knows {Marker}");
        (await engine.GetActionAsync(action.Id)).StateInfo.Should().Be("nobody knows ***");
        (await engine.ExplainAsync(action.Id)).ToString().Should().Contain("nobody knows ***");
        (await run.WaitAsync()).StateInfo.Should().Contain("nobody knows ***").And.NotContain("hunter2");
    }

    [Test]
    public async Task The_archive_of_a_protected_file_is_protected_too()
    {
        var archive = Path.Combine(_folder, "archive.db");
        await using (var engine = await ExecutionEngine.OpenAsync(Path.Combine(_folder, "store.db"), e => e.Protector = new XorProtector()))
        {
            await engine.RunActionAsync("std.echo", new { output = Marker }, new() { Id = "alone" });
            (await engine.PurgeAsync(new() { MaximumExecutions = 0, ArchivePath = archive })).Archived.Should().Be(1);
        }

        Bytes().Where(Shows).Should().BeEmpty();
        await using var later = await ExecutionEngine.OpenAsync(archive, e => e.Protector = new XorProtector());
        (await later.GetActionAsync("alone")).Output["result"].Should().Be((JsonData)Marker);
    }

    [Test]
    public async Task An_explanation_from_beside_is_read_with_the_protector_of_the_file()
    {
        var options = new ExecutionEngineOptions(Path.Combine(_folder, "store.db")) { Protector = new XorProtector() };
        await using (var engine = await ExecutionEngine.OpenAsync(options))
        {
            await engine.RunActionAsync("std.fail", options: new() { Id = "alone" });
        }

        await using var inspector = await ExecutionInspector.OpenAsync(options);
        (await inspector.ExplainAsync("alone")).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task What_a_body_throws_after_its_timeout_is_logged_without_the_value()
    {
        using var kept = new KeptText { Awaited = "cannot work" };
        var thrown = new TaskCompletionSource();
        var options = new ExecutionEngineOptions(new InMemoryExecutionStore()) { Loggers = kept }
            .AddAction("slow", async (input, _, _) =>
            {
                await thrown.Task;
                throw new InvalidOperationException($"cannot work with {input["text"]}");
            }, new() { SecretInputs = ["text"], Timeout = TimeSpan.FromMilliseconds(1) });
        await using var engine = await ExecutionEngine.OpenAsync(options);
        (await engine.RunActionAsync("slow", new { text = Marker })).State.Should().Be(ExecutionState.Error);

        thrown.SetResult();
        await kept.Said.Task;
        kept.Texts.Should().NotContain(t => Shows(t));
    }

    [Test]
    public async Task The_names_of_the_host_hold_at_any_depth_of_any_data()
    {
        await using var engine = await ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()).AddSecretNames("*TOKEN*"));
        var workflow = new WorkflowBuilder("deep").Input("account").Task("t", t => t.Action(c => Quote(c["account"]["keys"][0]["Api_Token"]["value"]))).Build();

        var ended = await (await engine.StartAsync(workflow, JsonMap.Create(("account", JsonMap.Create(("keys", JsonList.Create([JsonMap.Create(("Api_Token", JsonMap.Create(("value", Marker))))]))))))).WaitAsync();

        ended.StateInfo.Should().Contain(Redacted).And.NotContain("hunter2");
    }

    [Test]
    public async Task A_store_of_the_host_is_not_taken_for_one_that_the_protector_is_for() =>
        await ((Func<Task>)(() => ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()) { Protector = new XorProtector() })))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*give the protector to the store*");

    private const string Redacted = "***";

    private static bool Shows(string text) => text.Contains("hunter2", StringComparison.Ordinal);

    private static bool Shows(byte[] bytes) => bytes.AsSpan().IndexOf("hunter2"u8) >= 0;

    // An expression whose failure quotes what it saw.
    private static string Quote(JsonData value) => throw new FormatException($"'{value.AsString()}' is no number");

    private static JsonData Thrown(JsonData value) => Quote(value);

    private static IEnumerable<Failure> All()
    {
        yield return new("an input that an expression quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.Action("std.echo").Input(c => new { output = Thrown(c["pin"]) }))
            .Build());
        yield return new("a copy under another name that a body quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("first", t => t.Publish("copy", c => c["pin"]).OnSuccess("second"))
            .Task("second", t => t.Action("quotes").Input(c => new { text = c["copy"] }))
            .Build());
        yield return new("an input inside a text", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.Action("quotes").Input(c => new { text = $"https://host/?pin={Uri.EscapeDataString(c["pin"].AsString())}" }))
            .Build());
        yield return new("an input that an inline action quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.Action("quotes.inline").Input(c => new { text = c["pin"] }))
            .Build());
        yield return new("an input that the message of a route quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.OnSuccess(Routes.Fail(c => $"no use for {c["pin"]}")))
            .Build());
        yield return new("an input that the output quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("t")
            .Output("number", c => Thrown(c["pin"]))
            .OutputOnError("number", c => Thrown(c["pin"]))
            .Build());
        yield return new("an input where an object is wanted", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.Action("std.echo").Input(c => c["pin"]))
            .Build());
        yield return new("an input that each attempt quotes", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.Action("quotes").Input(c => new { text = c["pin"] }).Retry(2, TimeSpan.FromMilliseconds(1)))
            .Build());
        yield return new("a parameter of an action", (options, isMarked) =>
        {
            options.AddAction("quotes.marked", Throw, new() { SecretInputs = isMarked ? ["text"] : [] });
            return new WorkflowBuilder("w").Input("pin").Task("t", t => t.Action("quotes.marked").Input(c => new { text = c["pin"] })).Build();
        });
        yield return new("a parameter of an ad-hoc action", (options, isMarked) =>
        {
            options.AddAdHocAction(new() { Name = "quotes.adhoc", Base = "quotes", BaseInput = new Whole(), Input = [new("text") { IsSecret = isMarked }] });
            return new WorkflowBuilder("w").Input("pin").Task("t", t => t.Action("quotes.adhoc").Input(c => new { text = c["pin"] })).Build();
        });
        yield return new("the output of an action that a later task quotes", (options, isMarked) =>
        {
            options.AddAction("gives", (_, _, _) => Task.FromResult((JsonData)Marker), new() { IsOutputSecret = isMarked });
            return new WorkflowBuilder("w").Input("pin")
                .Task("first", t => t.Action("gives").Publish("given", c => c.Result()).OnSuccess("second"))
                .Task("second", t => t.OnSuccess("third"))
                .Task("third", t => t.Action("quotes").Input(c => new { text = c["given"] }))
                .Build();
        });
        yield return new("the output of an action that its own task quotes", (options, isMarked) =>
        {
            options.AddAction("gives", (_, _, _) => Task.FromResult((JsonData)Marker), new() { IsOutputSecret = isMarked });
            return new WorkflowBuilder("w").Input("pin").Task("t", t => t.Action("gives").Publish("given", c => Thrown(c.Result()))).Build();
        });
        yield return new("an input of a nested workflow", (options, isMarked) =>
        {
            options.AddWorkflow(Workflow("nested", isMarked).Task("t", t => t.Action("quotes").Input(c => new { text = c["pin"] })).Build());
            return new WorkflowBuilder("w").Input("pin").Task("calls", t => t.Workflow("nested").Input(c => new { pin = c["pin"] })).Build();
        });
        yield return new("an input that a nested workflow gets under another name", (options, isMarked) =>
        {
            options.AddWorkflow(new WorkflowBuilder("nested").Input("text").Task("t", t => t.Action("std.echo").Input(c => new { output = Thrown(c["text"]) })).Build());
            return Workflow("w", isMarked).Task("calls", t => t.Workflow("nested").Input(c => new { text = c["pin"] })).Build();
        });
        yield return new("the outputs of items", (options, isMarked) =>
        {
            options.AddAction("gives", (_, _, _) => Task.FromResult((JsonData)Marker), new() { IsOutputSecret = isMarked });
            return new WorkflowBuilder("w").Input("pin")
                .Task("t", t => t.WithItems("item", _ => new[] { 1, 2, 3 }).Action("gives").Publish("given", c => Thrown(c.Result()[1])))
                .Build();
        });
        yield return new("the data of an error", (options, isMarked) =>
        {
            options.AddAction("refuses", (input, _, _) => throw new ActionFailedException("refused", JsonMap.Create(("got", input["text"]))));
            return Workflow("w", isMarked).Task("t", t => t.Action("refuses").Input(c => new { text = c["pin"] })).Build();
        });
        yield return new("items", (_, isMarked) => Workflow("w", isMarked)
            .Task("t", t => t.WithItems("item", c => new[] { "a", "b", c["pin"].AsString() }).Action("quotes").Input(c => new { text = c["item"] }))
            .Build());
        yield return new("a member of the environment that the host names", (options, isMarked) =>
        {
            if (isMarked)
            {
                options.AddSecretNames("*PASSWORD*");
            }

            return new WorkflowBuilder("w").Input("pin").Task("t", t => t.Action("quotes").Input(c => new { text = c.Environment["db_password"] })).Build();
        });
        yield return new("a variable that the host names", (options, isMarked) =>
        {
            if (isMarked)
            {
                options.AddSecretNames("access_*");
            }

            return new WorkflowBuilder("w").Input("pin")
                .Task("first", t => t.Action("std.echo").Input(c => new { output = c["pin"] }).Publish("access_key", c => c.Result()).OnSuccess("second"))
                .Task("second", t => t.Action("quotes").Input(c => new { text = c["access_key"] }))
                .Build();
        });
    }

    private static WorkflowBuilder Workflow(string name, bool isMarked) =>
        isMarked ? new WorkflowBuilder(name).SecretInput("pin") : new WorkflowBuilder(name).Input("pin");

    private static Task<JsonData> Throw(JsonMap input, ActionContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"cannot work with {input["text"].AsString()}", new FormatException(input["text"].AsString()));

    private async Task<(IReadOnlyCollection<string> Texts, List<byte[]> Bytes)> RunAsync(Failure failure, bool isMarked, ISecretProtector? protector)
    {
        using var kept = new KeptText();
        var options = new ExecutionEngineOptions(Path.Combine(_folder, "store.db")) { Loggers = kept, Protector = protector }
            .AddAction("quotes", Throw)
            .AddInlineAction("quotes.inline", input => Thrown(input["text"]));
        options.AddWorkflow(failure.Define(options, isMarked));
        List<byte[]> bytes;
        await using (var engine = await ExecutionEngine.OpenAsync(options))
        {
            var run = await engine.StartAsync("w", new { pin = Marker }, new() { Environment = JsonMap.Create(("db_password", Marker)) });
            var failed = (await ((Func<Task>)(() => run.WaitForOutputAsync())).Should().ThrowAsync<WorkflowFailedException>()).Which;
            kept.Add(failed.ToString());
            kept.Add((await engine.ExplainAsync(run.Id)).ToString());
            kept.Add((await run.GetAsync()).Output["result"].ToString());
            foreach (var execution in await AllAsync(engine))
            {
                kept.Add(execution.ToString());
                kept.Add(execution.StateInfo);
                kept.Add((await engine.ExplainAsync(execution.Id)).ToString());
            }

            foreach (var entry in await engine.GetHistoryAsync(run.Id))
            {
                kept.Add(entry.Reason);
            }

            bytes = Bytes();
        }

        bytes.AddRange(Bytes());
        return (kept.Texts, bytes);
    }

    private static async Task<List<IExecution>> AllAsync(ExecutionEngine engine)
    {
        var all = new List<IExecution>();
        await foreach (var workflow in engine.QueryWorkflowsAsync())
        {
            all.Add(workflow);
        }

        await foreach (var task in engine.QueryTasksAsync())
        {
            all.Add(task);
        }

        await foreach (var action in engine.QueryActionsAsync())
        {
            all.Add(action);
        }

        return all;
    }

    private List<byte[]> Bytes() => [.. Directory.GetFiles(_folder).Where(file => !file.Contains("-engine-", StringComparison.Ordinal)).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    })];

    /// <summary>A workflow that fails with the marker in view.</summary>
    /// <param name="Name">What the marker is.</param>
    /// <param name="Define">Makes the workflow, with or without the mark.</param>
    public sealed record Failure(string Name, Func<ExecutionEngineOptions, bool, WorkflowDefinition> Define);

    private sealed class Whole : IExpression
    {
        public string Text => "$";

        public JsonData Evaluate(IExpressionContext context) => JsonMap.Create(("text", context["text"]));
    }

    // Enough to tell the bytes apart: what a real one does is the affair of the tests of the store.
    private sealed class XorProtector : ISecretProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> data) => Turned(data);

        public byte[] Unprotect(ReadOnlySpan<byte> protectedData) => Turned(protectedData);

        private static byte[] Turned(ReadOnlySpan<byte> data)
        {
            var turned = data.ToArray();
            for (var place = 0; place < turned.Length; place++)
            {
                turned[place] ^= 0x5a;
            }

            return turned;
        }
    }
}
