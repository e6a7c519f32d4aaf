using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>
/// From the start of a process to the end of its first workflow, on files with nothing, with finished and with waiting
/// executions in them. The limit is an empty program that opens SQLite. Both are this program, published with and
/// without code compiled ahead.
/// </summary>
internal static class ColdLine
{
    private const int Callers = 32;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        var directory = options.Fresh("cold");
        var finished = await FileOfAsync(options, directory, "finished", options.Scale(10_000, 200), "first");
        var waiting = await FileOfAsync(options, directory, "waiting", options.Scale(100_000, 500), "wait");
        foreach (var ahead in new[] { false, true })
        {
            var program = Publish(directory, ahead);
            var kind = ahead ? "ahead-of-time code" : "just-in-time code";
            var empty = new Samples(1);
            var starts = new (string Name, string? File, Samples Samples)[]
            {
                ("empty file", null, new(1)), ("finished ones", finished, new(1)), ("waiting ones", waiting, new(1)),
            };
            for (var run = -1; run < options.Runs; run++)
            {
                Add(empty, run, Start(program, "sqlite", Path.Combine(directory, $"sqlite-{ahead}-{run + 1}.db")));
                foreach (var (_, file, samples) in starts)
                {
                    Add(samples, run, Start(program, "engine", file ?? Path.Combine(directory, $"empty-{ahead}-{run + 1}.db")));
                }
            }

            yield return new Result { Variant = $"{kind}, SQLite alone", Value = empty.Milliseconds, Unit = "ms", Spread = empty.Spread };
            foreach (var (name, _, samples) in starts)
            {
                yield return new Result { Variant = $"{kind}, {name}", Value = samples.Milliseconds, Unit = "ms", Limit = empty.Milliseconds, Spread = samples.Spread };
            }
        }
    }

    /// <summary>The first start of all only warms the disk.</summary>
    private static void Add(Samples samples, int run, TimeSpan elapsed)
    {
        if (run >= 0)
        {
            samples.Add(new(elapsed, default, 0, 0));
        }
    }

    private static async Task<string> FileOfAsync(BenchmarkOptions options, string directory, string name, int count, string workflow)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
        await using var subject = await Subject.OpenAsync(options with { Synchronous = SqliteSynchronous.Normal }, folder, o => o
            .AddWorkflow(Workflows.Chain("first", 1)).AddWorkflow(Workflows.Waiting("wait")));
        if (workflow == "wait")
        {
            await WaitingLine.StartOnlyAsync(subject, count);
        }
        else
        {
            await subject.RunManyAsync(workflow, count, Callers);
        }

        return Path.Combine(folder, "engine.db");
    }

    private static TimeSpan Start(string program, string what, string file)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, [ColdStart.Command, what, file]) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadLine();
        var elapsed = watch.Elapsed;
        process.WaitForExit();
        return line == ColdStart.Ended ? elapsed : throw new InvalidOperationException($"The program ended with {process.ExitCode} before its workflow did.");
    }

    /// <summary>Publishes this program from its sources, outside of them.</summary>
    private static string Publish(string directory, bool ahead)
    {
        var target = Path.Combine(directory, ahead ? "ahead" : "just-in-time");
        string[] arguments =
        [
            "publish", ProjectFolder(), "--nologo", "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "--output", target, "--artifacts-path", Path.Combine(directory, ahead ? "ahead-artifacts" : "just-in-time-artifacts"),
            $"-p:PublishReadyToRun={ahead}", "-p:RestorePackagesWithLockFile=false", $"-p:NuGetLockFilePath={Path.Combine(directory, "none.lock.json")}", "-nodeReuse:false",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(target, "Mistral.Executions.Benchmarks" + (OperatingSystem.IsWindows() ? ".exe" : ""))
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The program cannot be published ({process.ExitCode}):\n{output}"));
    }

    private static string ProjectFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mistral.Executions.Benchmarks.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The line 'cold' publishes the program from its sources, and they are not above it.");
    }
}
