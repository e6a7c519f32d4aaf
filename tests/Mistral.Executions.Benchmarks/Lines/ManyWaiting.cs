using System.Diagnostics;
using System.Globalization;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>
/// Very many executions that wait for a result from outside: what they cost in memory, how long their file takes to open,
/// and how long one of them takes to wake. Each is measured in a process of its own.
/// </summary>
internal static class ManyWaiting
{
    public const string Command = "many-waiting";

    private const int Callers = 64;
    private const int Warmed = 20;
    private const int Woken = 200;

    private static readonly string[] Parts = ["empty", "start", "wake"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [var part, var file, var count] && Parts.Contains(part))
        {
            await RunPartAsync(part, file, int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        }

        if (arguments is not [var number, var directory])
        {
            Console.Error.WriteLine($"usage: {Command} COUNT DIRECTORY");
            return 2;
        }

        var path = Path.Combine(System.IO.Directory.CreateDirectory(directory).FullName, "waiting.db");
        foreach (var left in System.IO.Directory.GetFiles(directory, "waiting.db*"))
        {
            File.Delete(left);
        }

        foreach (var name in Parts)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ManyWaiting).Assembly.Location, Command, name, path, number]))!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                return 1;
            }
        }

        return 0;
    }

    private static async Task RunPartAsync(string part, string file, int count)
    {
        if (part == "empty")
        {
            Say("an empty process", $"{Memory.ResidentMegabytes:F0} MB resident");
            return;
        }

        var watch = Stopwatch.StartNew();
        await using var engine = await ExecutionEngine.OpenAsync(file, o => Subject.WithActions(o).AddWorkflow(Workflows.Waiting("wait")));
        Say("opening", $"{watch.Elapsed.TotalMilliseconds:F0} ms, {Memory.ResidentMegabytes:F0} MB resident");
        if (part == "start")
        {
            watch.Restart();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (place, _) => await engine.StartAsync("wait", options: new() { Id = IdOf(place) }, cancellationToken: CancellationToken.None));
            Say($"{count} started", $"{count / watch.Elapsed.TotalSeconds:F0} each second, {Memory.ResidentMegabytes:F0} MB resident, {Memory.PeakMegabytes:F0} MB at the most, {new FileInfo(file).Length / 1e6:F0} MB on disk");
        }
        else
        {
            await WakeAsync(engine, count);
        }
    }

    private static async Task WakeAsync(ExecutionEngine engine, int count)
    {
        var random = new Random(1);
        var times = new List<double>();

        // The first ones only warm the code. Those that another run has woken are passed over.
        for (var woken = 0; woken < Math.Min(count, Warmed + Woken);)
        {
            var page = await engine.QueryActionPageAsync(new() { RootExecutionId = IdOf(random.Next(count)), States = [ExecutionState.Running] });
            if (page.Items is not [var action])
            {
                continue;
            }

            var watch = Stopwatch.StartNew();
            await engine.CompleteActionAsync(action.Id, ActionResult.Success("done"));
            await engine.WaitAsync(action.RootExecutionId!);
            if (woken++ >= Warmed)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        Say($"waking one of {count}", $"{times[times.Count / 2]:F1} ms, {times[times.Count * 95 / 100]:F1} ms for 95 %, {times[^1]:F1} ms at the most, {Memory.ResidentMegabytes:F0} MB resident");
    }

    private static string IdOf(int place) => string.Create(CultureInfo.InvariantCulture, $"waiting-{place:D8}");

    private static void Say(string what, FormattableString figures) => Console.WriteLine($"{what}: {FormattableString.Invariant(figures)}");
}
