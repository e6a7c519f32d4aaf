using System.Text.RegularExpressions;
using Mistral.Executions.Language;

namespace Mistral.Executions.Samples.Tests.Documentation;

/// <summary>Runs what the pages about the workflow language show, and holds the outcome against what they say.</summary>
public sealed partial class LanguagePageTests
{
    private static IEnumerable<string> Workflows =>
        Example().Matches(Page("authoring-yaml.md"))
            .Select(m => m.Groups[1].Value)
            .Where(example => example.Contains("\n# run ", StringComparison.Ordinal));

    [TestCaseSource(nameof(Workflows))]
    public async Task A_workflow_ends_as_the_page_says(string example)
    {
        await using var engine = await OpenAsync(example);
        var id = "";
        foreach (Match line in Line().Matches(example))
        {
            var (verb, said, expected) = (line.Groups["verb"].Value, line.Groups["what"].Value, line.Groups["expected"].Value);
            if (verb == "skip")
            {
                await SkipAsync(engine, id, said);
                (await engine.WaitAsync(id)).Output.Should().Equal(JsonData.Parse(expected).AsObject());
                continue;
            }

            var (name, task, input) = Start(said);
            var options = new StartOptions { Parameters = task is null ? JsonMap.Empty : JsonMap.Create(("task_name", task)) };
            var start = () => engine.StartAsync(name, input, options);
            if (expected.StartsWith("refused: ", StringComparison.Ordinal))
            {
                await start.Should().ThrowAsync<InputException>().WithMessage($"*{expected["refused: ".Length..]}*");
                continue;
            }

            id = (await start()).Id;
            Check(await StoppedAsync(engine, id), expected);
        }
    }

    [Test]
    public void Every_attribute_of_the_language_is_in_an_example()
    {
        string[] attributes =
        [
            "version", "name", "description", "tags", "type", "input", "output", "output-on-error", "vars", "task-defaults", "tasks",
            "action", "workflow", "with-items", "publish", "publish-on-error", "publish-on-skip", "target", "keep-result", "join", "requires",
            "on-success", "on-error", "on-complete", "on-skip", "pause-before", "wait-before", "wait-after", "fail-on", "timeout", "retry",
            "concurrency", "safe-rerun", "base", "base-input", "actions", "workflows",
        ];
        var examples = string.Concat(Workflows);

        attributes.Where(a => !Regex.IsMatch(examples, $"(?m)^ *{a}:")).Should().BeEmpty();
    }

    [Test]
    public async Task An_expression_gives_what_the_page_says()
    {
        var page = Page("expressions.md");
        var data = JsonData.Parse(Data().Match(page).Groups[1].Value).AsObject();
        var examples = ExpressionBlock().Matches(page).SelectMany(b => Expression().Matches(b.Groups[1].Value)).ToList();
        var wrong = new List<string>();
        foreach (var example in examples)
        {
            JsonData workflow = JsonMap.Create(
                ("version", "2.0"),
                ("example", JsonMap.Create(
                    ("input", JsonList.Create(data.Keys.Select(k => (JsonData)k))),
                    ("output", JsonMap.Create(("value", example.Groups["text"].Value.TrimEnd()))),
                    ("tasks", JsonMap.Create(("first", JsonMap.Create(("action", "std.echo output=\"done\""))))))));
            await using var engine = await OpenAsync(workflow + "\n");
            var run = await engine.StartAsync("example", data, new() { Environment = JsonMap.Create(("place", "here")) });
            var ended = await run.WaitAsync();
            var expected = example.Groups["value"].Value;
            var isRight = expected == "error" ? ended.State == ExecutionState.Error : ended.State == ExecutionState.Success && ended.Output["value"].Equals(JsonData.Parse(expected));
            if (!isRight)
            {
                wrong.Add($"{example.Value.Trim()} but: {ended.Output} {ended.StateInfo}");
            }
        }

        examples.Should().HaveCountGreaterThan(50);
        wrong.Should().BeEmpty();
    }

    private static Task<ExecutionEngine> OpenAsync(string text) =>
        ExecutionEngine.OpenAsync(new ExecutionEngineOptions(new InMemoryExecutionStore()).AddTarget("slow_ones", 1).AddWorkflows(text));

    private static (string Name, string? Task, JsonMap Input) Start(string said)
    {
        var open = said.IndexOf('{', StringComparison.Ordinal);
        var names = said[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (names[0], names.ElementAtOrDefault(1), JsonData.Parse(said[open..]).AsObject());
    }

    private static async Task<WorkflowExecution> StoppedAsync(ExecutionEngine engine, string id)
    {
        var watch = new ExecutionWatch { RootExecutionId = id, Kinds = [ExecutionKind.Workflow] };
        await using var changes = engine.WatchAsync(watch).GetAsyncEnumerator();
        for (var now = await engine.GetWorkflowAsync(id); ; now = await engine.GetWorkflowAsync(id))
        {
            if (now.State == ExecutionState.Paused || now.State.IsCompleted())
            {
                return now;
            }

            await changes.MoveNextAsync();
        }
    }

    private static void Check(WorkflowExecution stopped, string expected)
    {
        var said = Outcome().Match(expected);
        if (!said.Success)
        {
            stopped.State.Should().Be(ExecutionState.Success, stopped.StateInfo);
            stopped.Output.Should().BeEquivalentTo(JsonData.Parse(expected).AsObject());
            return;
        }

        stopped.State.ToWireName().Should().Be(said.Groups["state"].Value);
        if (said.Groups["info"].Success)
        {
            stopped.StateInfo.Should().Contain(said.Groups["info"].Value);
        }

        if (said.Groups["output"].Success)
        {
            JsonData.Parse(said.Groups["output"].Value).AsObject().Should().BeSubsetOf(stopped.Output);
        }
    }

    private static async Task SkipAsync(ExecutionEngine engine, string id, string name)
    {
        await foreach (var task in engine.QueryTasksAsync(new() { ParentId = id, Name = name }))
        {
            await engine.SkipTaskAsync(task.Id);
        }
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "src", "docs", name)).ReplaceLineEndings("\n");

    [GeneratedRegex("^```yaml\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("^# (?<verb>run|skip) (?<what>.+)\n# => (?<expected>.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("^(?<state>PAUSED|ERROR)(?:: (?<info>.+)| (?<output>{.+))?$")]
    private static partial Regex Outcome();

    [GeneratedRegex("^```json\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Data();

    [GeneratedRegex("^```expressions\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ExpressionBlock();

    [GeneratedRegex("^(?<text>.+?) +=> (?<value>[^>]+?|\".*\")$", RegexOptions.Multiline)]
    private static partial Regex Expression();
}
