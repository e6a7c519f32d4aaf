using System.Globalization;
using Mistral.Executions.Benchmarks.Limits;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>One workflow with many parallel tasks into a join of all, against bare rows in two transactions.</summary>
internal static class FanOutLine
{
    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        foreach (var tasks in options.IsSmall ? [100, 1000] : new[] { 1000, 10_000, 100_000 })
        {
            Memory.ResetPeak();
            var directory = options.Fresh("fanout");
            using var bare = new BareFile(directory, options.Synchronous);
            var subject = await Subject.OpenAsync(options, directory, o => o.AddWorkflow(Workflows.FanOut("fanout", tasks)));
            var (engine, limit) = (new Samples(tasks), new Samples(tasks));
            await subject.RunAsync("fanout");
            bare.RunParallel(tasks);
            for (var run = 0; run < options.Runs; run++)
            {
                engine.Add(await Sample.OfAsync(() => subject.RunAsync("fanout"), () => subject.Store.Commits));
                limit.Add(await Sample.OfAsync(() => bare.RunParallel(tasks)));
            }

            await subject.DisposeAsync();
            var variant = string.Create(CultureInfo.InvariantCulture, $"{tasks:#,0} tasks");
            yield return engine.Result(variant, engine.StepsPerSecond, "tasks/s") with { Limit = limit.StepsPerSecond, BytesOnDisk = subject.BytesOnDisk };
            yield return engine.Result(variant, engine.Milliseconds, "ms");
        }
    }
}
