namespace Mistral.Executions.Cli.Tests;

/// <summary>The commands that ask an engine for a change.</summary>
public sealed class AskingTests
{
    [Test]
    public async Task Verbs_are_done_by_the_engine_that_has_the_execution()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });

        var paused = await bench.CallWhileTimePassesAsync("pause", "one", "--reason", "lunch", "--wait", "1000d");
        (paused.Code, paused.Text).Should().Be((0, "Done.\n"));
        (await engine.GetWorkflowAsync("one")).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Paused && w.StateInfo == "lunch");

        (await bench.CallWhileTimePassesAsync("resume", "one", "--env", "{\"who\": \"Ann\"}", "--wait", "1000d")).Code.Should().Be(0);
        (await engine.GetWorkflowAsync("one")).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Running && w.Environment["who"] == "Ann");

        var cancelled = await bench.CallWhileTimePassesAsync("cancel", "one", "--wait", "1000d", "--json");
        cancelled.Json.Should().Match<JsonData>(j => j["outcome"] == "done" && j["verb"] == "cancel" && j["execution_id"] == "one");
        (await engine.GetWorkflowAsync("one")).State.Should().Be(ExecutionState.Cancelled);
    }

    [Test]
    public async Task What_the_engine_refuses_is_told_with_its_reason()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");

        var refused = await bench.CallWhileTimePassesAsync("pause", "one", "--wait", "1000d");

        refused.Code.Should().Be(1);
        refused.Text.Should().StartWith("Refused: ").And.Contain("SUCCESS");
    }

    [Test]
    public async Task Where_no_engine_runs_the_request_lies_in_the_store_until_one_does()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });
        await bench.CloseAsync();

        var asked = await bench.CallAsync("cancel", "one", "--reason", "too late");
        asked.Code.Should().Be(5);
        asked.Text.Should().Contain("the next engine that opens it carries it out");
        (await bench.CallAsync("show", "one", "--json")).Json["state"].Should().Be((JsonData)"RUNNING");

        engine = await bench.OpenAsync();
        (await engine.WaitAsync("one")).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Cancelled && w.StateInfo == "too late");
    }

    [Test]
    public async Task A_call_that_does_not_wait_is_done_when_it_has_asked()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });

        var asked = await bench.CallAsync("pause", "one", "--no-wait");

        asked.Code.Should().Be(0);
        asked.Text.Should().Contain($"Asked the engine {engine.Id}");
    }

    [Test]
    public async Task Rerun_and_skip_find_the_task_that_failed()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await bench.RunAsync("breaks", "one");
        await bench.RunAsync("breaks-twice", "two");

        (await bench.CallWhileTimePassesAsync("rerun", "one", "--wait", "1000d")).Code.Should().Be(0);
        (await engine.GetHistoryAsync("one")).Should().ContainSingle(h => h.Event == "rerun");
        var several = await bench.CallAsync("skip", "two");
        several.Code.Should().Be(2);
        several.Text.Should().Contain("left").And.Contain("right").And.Contain("--task");
        (await bench.CallWhileTimePassesAsync("skip", "two", "--task", "left", "--wait", "1000d")).Code.Should().Be(0);
        (await bench.CallAsync("skip", "two", "--task", "up")).Code.Should().Be(2);
        (await bench.CallWhileTimePassesAsync("skip", "two", "--wait", "1000d")).Code.Should().Be(0);
        (await engine.GetWorkflowAsync("two")).State.Should().Be(ExecutionState.Success);
        (await bench.CallAsync("skip", "two")).Text.Should().Contain("No task of the workflow execution 'two' has failed.");
    }

    [Test]
    public async Task Purge_deletes_what_has_ended_and_asks_engines_for_what_is_theirs()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await bench.RunAsync("works", "old");
        await engine.StartAsync("waits", null, new() { Id = "open" });
        bench.Time.Advance(TimeSpan.FromDays(2));
        await bench.RunAsync("works", "new");
        await bench.RenewedAsync("old");

        (await bench.CallAsync("purge", "--older-than", "1d")).Text.Should().Contain("0 executions purged").And.Contain("1 execution belongs to an engine that runs: it was asked to delete it.");
        while ((await engine.QueryWorkflowPageAsync(new() { Name = "works" })).Items.Count > 1)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await bench.CloseAsync();
        var purged = await bench.CallAsync("purge", "--keep", "0", "--archive", bench.PathOf("archive.db"), "--json");
        purged.Json.Should().Match<JsonData>(j => j["purged"] == 1 && j["archived"] == 1);
        (await bench.CallAsync("list", "--json")).Json.AsArray().Should().ContainSingle().Which["id"].Should().Be((JsonData)"open");
        (await bench.CallAsync("show", "new", "--store", bench.PathOf("archive.db"))).Text.Should().Contain("✔ first std.echo");
        var nothing = await bench.CallAsync("purge");
        nothing.Code.Should().Be(2);
        nothing.Text.Should().Contain("--older-than, --failures-older-than, --keep or --max-size");
    }

    [Test]
    public async Task Backup_copies_beside_an_engine_and_replaces_nothing_unasked()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        var copy = bench.PathOf("copy.db");

        (await bench.CallAsync("backup", copy)).Text.Should().StartWith("Copied to ");
        (await bench.CallAsync("backup", copy)).Code.Should().Be(4);
        (await bench.CallAsync("backup", copy, "--force", "--json")).Json["bytes"].TryGetInt64(out var bytes).Should().BeTrue();

        bytes.Should().Be(new FileInfo(copy).Length);
        (await bench.CallAsync("list", "--store", copy)).Text.Should().Contain("one");
        (await bench.CallAsync("doctor", "--store", copy)).Code.Should().Be(0);
    }
}
