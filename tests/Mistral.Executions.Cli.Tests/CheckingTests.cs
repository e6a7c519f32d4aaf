using Microsoft.Data.Sqlite;

namespace Mistral.Executions.Cli.Tests;

/// <summary>Stores and files that are sound or not.</summary>
public sealed class CheckingTests
{
    [Test]
    public async Task A_sound_store_is_said_to_be_so()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await bench.RunAsync("nests", "one");
        await engine.StartAsync("waits", null, new() { Id = "two" });

        var checkedStore = await bench.CallAsync("doctor");

        checkedStore.Code.Should().Be(0);
        checkedStore.Text.Should().Be("✔ the file and its rows\n✔ 1 open execution\n");
        (await bench.CallAsync("doctor", "--json")).Json["sound"].Should().Be((JsonData)true);
    }

    [Test]
    public async Task A_store_in_which_something_is_missing_or_wrong_is_found_out()
    {
        await using var bench = new ToolBench();
        var engine = await bench.OpenAsync();
        await bench.RunAsync("works", "one");
        await engine.StartAsync("waits", null, new() { Id = "two" });
        await bench.CloseAsync();
        Execute(bench, "DELETE FROM task_executions WHERE name = 'first'", "UPDATE action_executions SET state = 5 WHERE name = 'test.ask'", "UPDATE task_executions SET is_open = 1, state = 5, items = NULL WHERE name = 'ask'");

        var answer = await bench.CallAsync("doctor");

        answer.Code.Should().Be(1);
        answer.Text.Should().Contain("✘ the file and its rows").And.Contain("the task execution of the action execution");
    }

    [Test]
    public async Task Files_are_validated_with_places()
    {
        await using var bench = new ToolBench();
        await File.WriteAllTextAsync(bench.PathOf("good.yaml"), "version: '2.0'\ngood:\n  tasks:\n    only: { action: std.noop }\n");
        await File.WriteAllTextAsync(bench.PathOf("bad.yaml"), "version: '2.0'\nbad:\n  tasks:\n    only:\n      action: std.noop\n      on-success: elsewhere\n");

        (await bench.CallAsync("validate", bench.PathOf("good.yaml"))).Should().Match<ToolAnswer>(a => a.Code == 0 && a.Text.Contains("good"));
        var bad = await bench.CallAsync("validate", bench.PathOf("good.yaml"), bench.PathOf("bad.yaml"));
        bad.Code.Should().Be(1);
        bad.Text.Should().Contain("bad.yaml:6:").And.Contain("elsewhere");
        var json = (await bench.CallAsync("validate", bench.PathOf("bad.yaml"), "--json")).Json;
        json[0].Should().Match<JsonData>(f => f["valid"] == false && f["faults"][0]["line"] == 6);
        (await bench.CallAsync("validate", bench.PathOf("none.yaml"))).Code.Should().Be(1);
    }

    private static void Execute(ToolBench bench, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={bench.Store};Pooling=False");
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
