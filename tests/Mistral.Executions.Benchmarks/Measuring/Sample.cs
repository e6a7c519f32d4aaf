using System.Diagnostics;

namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>What one run took: time, processor time of all cores, bytes allocated, and commits.</summary>
internal readonly record struct Sample(TimeSpan Elapsed, TimeSpan Processor, long Allocated, long Commits)
{
    public static async Task<Sample> OfAsync(Func<Task> work, Func<long>? commits = null)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var commitsBefore = commits?.Invoke() ?? 0;
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var processorBefore = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await work();
        var elapsed = watch.Elapsed;
        process.Refresh();
        return new(
            elapsed,
            process.TotalProcessorTime - processorBefore,
            GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore,
            (commits?.Invoke() ?? 0) - commitsBefore);
    }

    public static Task<Sample> OfAsync(Action work) => OfAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });
}
