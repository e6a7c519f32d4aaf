namespace Mistral.Executions.Cli.Tests;

/// <summary>The commands that only look: without an application, and beside one.</summary>
public sealed class LookingTests
{
    [Test]
    public async Task List_shows_the_newest_first_and_filters()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.RunAsync("breaks", "two");
        await bench.Engine!.StartAsync("waits", null, new() { Id = "three" });

        var all = await bench.CallAsync("list");
        all.Code.Should().Be(0);
        all.Text.Should().MatchRegex("(?s)STATE +NAME +ID +CREATED.*(three|two).*✔ SUCCESS +works +one +2026-01-01 00:00:00Z");
        (await bench.CallAsync("list", "--state", "ERROR")).Text.Should().Contain("✘ ERROR").And.Contain("two").And.NotContain("one");
        (await bench.CallAsync("list", "--since", "1h", "--json")).Json.AsArray().Select(w => w["id"].AsString()).Should().BeEquivalentTo("two", "three");
        (await bench.CallAsync("list", "--name", "nothing")).Text.Should().Be("There is none.\n");
        (await bench.CallAsync("list", "--limit", "1")).Text.Should().Contain("The first 1 are shown; --limit shows more.");
        (await bench.CallAsync("list", "--kind", "task", "--parent", "one", "--json")).Json.AsArray().Select(t => t["name"].AsString()).Should().BeEquivalentTo("first", "second");
        (await bench.CallAsync("list", "--kind", "action", "--state", "RUNNING", "--json")).Json.AsArray().Should().ContainSingle().Which["is_outside"].Should().Be((JsonData)true);
    }

    [Test]
    public async Task Show_draws_a_tree_of_tasks_actions_items_and_nested_workflows()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("nests", "one");
        await bench.CloseAsync();

        var shown = await bench.CallAsync("show", "one", "--data");

        shown.Code.Should().Be(0);
        shown.Text.Should().Contain("workflow").And.Contain("nests  ✘ ERROR").And.Contain("no [luck]")
            .And.MatchRegex(@"├── ✔ all 3 of 3 items \d+ ms\n│   ├── ✔ std.echo")
            .And.MatchRegex(@"└── ✘ below ERROR \d+ ms\n *Failure caused by error in tasks: charge\n *└── ✘ breaks ERROR \d+ ms\n *Failure caused by error in tasks: charge\n *└── ✘ charge test.fail ERROR \d+ ms\n.*The action raised an exception");
    }

    [Test]
    public async Task Show_in_json_has_everything_below()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("nests", "one");

        var json = (await bench.CallAsync("show", "one", "--json")).Json;

        json["state"].Should().Be((JsonData)"ERROR");
        var tasks = json["tasks"].AsArray();
        tasks[0]["items"]["succeeded"].Should().Be((JsonData)3);
        tasks[0]["actions"].AsArray().Should().HaveCount(3);
        tasks[1]["workflows"][0]["tasks"][0]["actions"][0]["output"]["result"].AsString().Should().Contain("no [luck]");
    }

    [Test]
    public async Task Show_shows_a_task_or_an_action_with_its_data()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        var task = (await bench.Engine!.QueryTaskPageAsync(new() { ParentId = "one", Name = "first" })).Items[0];
        var action = (await bench.Engine!.QueryActionPageAsync(new() { ParentId = task.Id })).Items[0];

        (await bench.CallAsync("show", task.Id)).Text.Should().Contain("published").And.Contain("\"seen\": 1").And.Contain("part of   one");
        (await bench.CallAsync("show", action.Id)).Text.Should().Contain("std.echo").And.Contain("\"result\": 1");
        (await bench.CallAsync("show", action.Id, "--json")).Json["kind"].Should().Be((JsonData)"action");
    }

    [Test]
    public async Task Explain_says_why_with_and_without_an_engine()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });

        (await bench.CallAsync("explain", "one")).Text.Should().Contain($"The engine {engine.Id} works on it.").And.Contain("action test.ask ▶ RUNNING").And.Contain("for the result of the outside action");
        await bench.CloseAsync();

        var json = (await bench.CallAsync("explain", "one", "--json")).Json;
        json["reason"].Should().Be((JsonData)"waits_for_takeover");
        json["children"][0]["children"][0]["children"][0]["name"].Should().Be((JsonData)"test.ask");
    }

    [Test]
    public async Task A_workflow_made_in_C_sharp_is_told_of_without_its_application()
    {
        var careful = new WorkflowBuilder("careful").Task("deploy", t => t.Action("std.echo").Input(_ => new { output = 1 }).PauseBefore()).Build();
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync(careful, null, new() { Id = "one" });
        await bench.CloseAsync();

        (await bench.CallAsync("explain", "one")).Text.Should().Contain("by the policy 'pause-before' of the task 'deploy'").And.Contain("Held by its policy 'pause-before'");
        (await bench.CallAsync("diagram", "one", "--format", "dot")).Output.Should().Contain("std.echo").And.NotContain("registered");
    }

    [Test]
    public async Task History_shows_what_operators_did()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });
        (await bench.CallAsync("history", "one")).Text.Should().Be("Nobody did anything to it.\n");
        await engine.PauseAsync("one", "lunch");

        (await bench.CallAsync("history", "one")).Text.Should().MatchRegex("2026-01-01 00:00:00Z +paused +one +lunch");
        (await bench.CallAsync("history", "one", "--json")).Json[0]["event"].Should().Be((JsonData)"paused");
    }

    [Test]
    public async Task Diagrams_are_written_as_they_are()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        await File.WriteAllTextAsync(bench.PathOf("flow.yaml"), "version: '2.0'\nflow:\n  tasks:\n    only: { action: std.noop }\n");

        (await bench.CallAsync("diagram", "one")).Output.Should().StartWith("flowchart TD").And.Contain("SUCCESS");
        (await bench.CallAsync("diagram", "one", "--format", "dot")).Output.Should().StartWith("digraph {");
        (await bench.CallAsync("diagram", "one", "--format", "timeline")).Output.Should().StartWith("---\n").And.Contain("\ngantt\n");
        (await bench.CallAsync("diagram", bench.PathOf("flow.yaml"))).Output.Should().StartWith("flowchart TD").And.Contain("only");
        (await bench.CallAsync("diagram", bench.PathOf("flow.yaml"), "--format", "timeline")).Code.Should().Be(2);
    }

    [Test]
    public async Task Watch_tells_what_became_of_each_task_and_ends_with_the_execution()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await bench.RunAsync("breaks", "broken");
        await engine.StartAsync("waits", null, new() { Id = "one" });

        var failed = await bench.CallAsync("watch", "broken");
        failed.Code.Should().Be(1);
        failed.Text.Should().Contain("✘ ERROR charge").And.Contain("✘ ERROR breaks");

        var watching = bench.CallWhileTimePassesAsync("watch", "one");
        watching.IsCompleted.Should().BeFalse();
        var action = (await engine.QueryActionPageAsync(new() { RootExecutionId = "one" })).Items[0];
        await engine.CompleteActionAsync(action.Id, ActionResult.Success(1));
        var watched = await watching;
        watched.Code.Should().Be(0);
        watched.Text.Should().Contain("✔ SUCCESS ask").And.Contain("✔ SUCCESS done").And.Contain("✔ SUCCESS waits");
    }

    [Test]
    public async Task What_is_not_there_is_said_with_an_exit_code_of_its_own()
    {
        await using var bench = new ToolBench();
        var missing = await bench.CallAsync("list");
        missing.Code.Should().Be(4);
        missing.Text.Should().Contain("There is no store at");
        File.Exists(bench.Store).Should().BeFalse();
        (await bench.CallAsync("pause", "one")).Code.Should().Be(4);
        File.Exists(bench.Store).Should().BeFalse();

        await bench.OpenAsync();
        foreach (var verb in new[] { "show", "explain", "history", "diagram", "watch", "pause", "resume", "cancel", "rerun", "skip" })
        {
            var answer = await bench.CallAsync(verb, "nothing");
            answer.Code.Should().Be(3, "of {0}", verb);
            answer.Text.Should().Contain("nothing");
        }
    }

    [Test]
    public async Task Looking_writes_nothing_and_takes_no_lease()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        await bench.CloseAsync();
        var before = await File.ReadAllBytesAsync(bench.Store);

        foreach (var arguments in new string[][] { ["list"], ["show", "one"], ["explain", "one"], ["history", "one"], ["diagram", "one"], ["doctor"], ["watch", "one"] })
        {
            (await bench.CallAsync(arguments)).Code.Should().Be(0, "of {0}", arguments[0]);
        }

        (await File.ReadAllBytesAsync(bench.Store)).Should().Equal(before);
    }
}
