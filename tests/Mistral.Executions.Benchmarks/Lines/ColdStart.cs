using Microsoft.Data.Sqlite;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>What runs in a process of its own: to the end of the first workflow, or an empty program that opens SQLite.</summary>
internal static class ColdStart
{
    public const string Command = "cold-start";

    /// <summary>What it writes when it has come to its end.</summary>
    public const string Ended = "ended";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["sqlite", var file])
        {
            OpenSqlite(file);
        }
        else if (arguments is ["engine", var store])
        {
            await using var engine = await ExecutionEngine.OpenAsync(store, o => Subject.WithActions(o).AddWorkflow(Workflows.Chain("first", 1)));
            await engine.RunAsync("first");
            Console.Out.WriteLine(Ended);
        }

        return 0;
    }

    private static void OpenSqlite(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS one (id INTEGER PRIMARY KEY); INSERT INTO one DEFAULT VALUES";
        command.ExecuteNonQuery();
        Console.Out.WriteLine(Ended);
    }
}
