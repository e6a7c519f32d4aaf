using Mistral.Executions.Conformance.Expressions;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>Plays the scenario files of folders on each store, the second time with a crash after every commit.</summary>
internal static class ScenarioCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var options = arguments.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var files = arguments.Where(a => !a.StartsWith("--", StringComparison.Ordinal))
            .SelectMany(a => Directory.Exists(a) ? Directory.EnumerateFiles(a, "*.json", SearchOption.AllDirectories) : [a])
            .Order(StringComparer.Ordinal)
            .ToList();
        var known = KnownDifferences.Read();
        var (passed, failed, different) = (0, 0, 0);
        foreach (var file in files)
        {
            var scenario = Scenario.Read(file);
            if (scenario.ForeignOption is not null || known.Contains(scenario.Id))
            {
                different++;
                continue;
            }

            var differences = await PlayAsync(scenario, options);
            if (differences.Count == 0)
            {
                passed++;
                continue;
            }

            failed++;
            await output.WriteLineAsync($"FAILED {scenario.Id}{(scenario.Quirks.Any() ? $" ({string.Join(", ", scenario.Quirks)})" : "")}");
            foreach (var difference in differences)
            {
                await output.WriteLineAsync($"  {difference}");
            }
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed, {different} different");
        return files.Count > 0 && failed == 0 ? 0 : 1;
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A body of an engine that is gone may still hold a file; the system's folder for such files is swept anyway.
        }
    }

    private static async Task<IReadOnlyList<string>> PlayAsync(Scenario scenario, HashSet<string> options)
    {
        var ways = new List<(string Name, Func<IExecutionStore> Store, bool Crash)> { ("in memory", () => new InMemoryExecutionStore(), false) };
        var folder = Directory.CreateTempSubdirectory("scenario-");
        if (!options.Contains("--memory-only"))
        {
            ways.Add(("SQLite, a crash after every commit", () => new SqliteExecutionStore(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "store.db"), Synchronous = SqliteSynchronous.Off }), true));
        }

        try
        {
            foreach (var (name, store, crash) in ways)
            {
                IReadOnlyList<string> differences;
                await using var player = new ScenarioPlayer(scenario, store(), crash);
                try
                {
                    differences = await player.PlayAsync().WaitAsync(TimeSpan.FromSeconds(60));
                }
                catch (Exception exception)
                {
                    differences = [exception is ScenarioException ? exception.Message : exception.ToString()];
                }

                if (differences.Count > 0)
                {
                    return [.. differences.Select(d => $"[{name}] {d}")];
                }
            }

            return [];
        }
        finally
        {
            Delete(folder);
        }
    }
}
