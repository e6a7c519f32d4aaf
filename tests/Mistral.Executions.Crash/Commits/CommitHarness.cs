using System.Diagnostics;
using System.Globalization;

namespace Mistral.Executions.Crash.Commits;

/// <summary>Lets processes die at each commit of one workflow, and compares what comes out with what comes out when none dies.</summary>
internal sealed class CommitHarness(int step, bool before, TextWriter output)
{
    private const int KilledBySignal9 = 137;

    private IReadOnlyList<string> _undisturbed = [];
    private int _deaths;
    private int _runs;
    private int _different;

    /// <summary>Dies once in each file, at commit <c>step</c>, 2 × <c>step</c> and so on, until there is no such commit; or, in one file, at each such commit of every process.</summary>
    /// <returns>Whether the same came out each time.</returns>
    public async Task<bool> RunAsync(bool again)
    {
        if (again && before && step == 1)
        {
            throw new ArgumentException("Processes that all die before their first commit never come to an end.");
        }

        await RunAsync(_ => 0, expectDeath: false);
        if (again)
        {
            await RunAsync(_ => step, expectDeath: true);
        }
        else
        {
            for (var commit = step; await RunAsync(process => process == 0 ? commit : 0, expectDeath: false); commit += step)
            {
                // The next commit.
            }
        }

        output.WriteLine($"{_runs} runs, {_deaths} deaths, {_different} different");
        return _different == 0 && _deaths > 0;
    }

    /// <summary>Runs the workflow in a file of its own, in as many processes as it takes.</summary>
    /// <param name="commitOf">At which of its commits each process dies.</param>
    /// <param name="expectDeath">Whether it is a fault when none dies.</param>
    /// <returns>Whether one died.</returns>
    private async Task<bool> RunAsync(Func<int, int> commitOf, bool expectDeath)
    {
        var folder = Directory.CreateTempSubdirectory("mistral-commits-");
        var deaths = 0;
        var (code, lines) = await ProcessAsync(folder.FullName, commitOf(0));
        while (code == KilledBySignal9)
        {
            deaths++;
            (code, lines) = await ProcessAsync(folder.FullName, commitOf(deaths));
        }

        _runs++;
        _deaths += deaths;
        if (_runs == 1)
        {
            _undisturbed = lines;
        }

        if (code != 0 || lines.Count == 0 || !lines.SequenceEqual(_undisturbed) || (expectDeath && deaths == 0))
        {
            _different++;
            output.WriteLine($"different after {deaths} deaths, the first at commit {commitOf(0)}, in {folder.FullName} (exit code {code}):");
            foreach (var line in lines.Except(_undisturbed).Select(l => $"+ {l}").Concat(_undisturbed.Except(lines).Select(l => $"- {l}")))
            {
                output.WriteLine(line);
            }
        }
        else
        {
            folder.Delete(recursive: true);
        }

        return deaths > 0;
    }

    private async Task<(int Code, IReadOnlyList<string> Lines)> ProcessAsync(string folder, int commit)
    {
        string[] arguments =
        [
            typeof(CommitHarness).Assembly.Location, "commit-host", "--db", Path.Combine(folder, "one.db"), "--clock", Path.Combine(folder, "clock"),
            "--commit", commit.ToString(CultureInfo.InvariantCulture), .. before ? ["--before"] : Array.Empty<string>(),
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
