using Microsoft.Data.Sqlite;

namespace Mistral.Executions.Tests.Engine;

/// <summary>An execution whose rows somebody has damaged: it is refused with what is wrong, and all others go on.</summary>
public sealed class DamagedTreeTests
{
    private string _folder = "";

    private string File => Path.Combine(_folder, "engine.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mistral-damaged-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("DELETE FROM task_executions WHERE workflow_name = 'damaged'")]
    [TestCase("DELETE FROM workflow_executions WHERE name = 'damaged'")]
    [TestCase("UPDATE workflow_executions SET state = 77 WHERE name = 'damaged'")]
    [TestCase("UPDATE workflow_executions SET definition_hash = 'none' WHERE name = 'damaged'")]
    [TestCase("UPDATE task_executions SET published = '{' WHERE workflow_name = 'damaged'")]
    [TestCase("UPDATE task_executions SET state = 'RUNNING' WHERE workflow_name = 'damaged'")]
    [TestCase("UPDATE task_executions SET name = 'unknown' WHERE workflow_name = 'damaged'")]
    [TestCase("UPDATE task_executions SET workflow_execution_id = x'00' WHERE workflow_name = 'damaged'")]
    [TestCase("UPDATE action_executions SET task_execution_id = 'none' WHERE name = 'bad'")]
    [TestCase("UPDATE action_executions SET input = x'ff00' WHERE name = 'bad'")]
    [TestCase("UPDATE trees SET epoch = 99 WHERE id = 'damaged'")]
    public async Task Everything_else_goes_on(string damage)
    {
        await using (var engine = await OpenAsync(ends: false))
        {
            await engine.StartAsync("damaged", options: new() { Id = "damaged" });
            await engine.StartAsync("sound", options: new() { Id = "sound" });
        }

        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = damage;
            (await command.ExecuteNonQueryAsync()).Should().Be(1);
        }

        await using var again = await OpenAsync(ends: true);

        (await again.WaitAsync("sound")).State.Should().Be(ExecutionState.Success);
        (await (await again.StartAsync("sound", options: new() { Id = "new" })).WaitAsync()).State.Should().Be(ExecutionState.Success);
        try
        {
            await again.CancelAsync("damaged");
        }
        catch (ExecutionException exception)
        {
            exception.Message.Should().NotBeEmpty();
        }

        (await (await again.StartAsync("sound", options: new() { Id = "newer" })).WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    private Task<ExecutionEngine> OpenAsync(bool ends) => ExecutionEngine.OpenAsync(File, e =>
    {
        e.ShutdownDeadline = TimeSpan.Zero;
        e.AddWorkflow(EngineBench.Chain("damaged", "bad")).AddWorkflow(EngineBench.Chain("sound", "good"));
        foreach (var action in new[] { "bad", "good" })
        {
            e.AddAction(action, (_, _, _) => ends ? Task.FromResult(JsonData.Null) : new TaskCompletionSource<JsonData>().Task);
        }
    });
}
