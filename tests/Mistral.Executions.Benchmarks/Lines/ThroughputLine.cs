using System.Globalization;
using Mistral.Executions.Benchmarks.Limits;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>Many workflows of 5 steps, started by 32 callers, against the same rows in group commits.</summary>
internal static class ThroughputLine
{
    public const int Steps = 5;
    public const int Callers = 32;

    // So many workflows until the runtime has compiled everything to its end.
    private const int WarmUp = 5000;

    // What one transaction of the limit holds: more makes it hardly faster.
    private const int Together = 256;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        foreach (var count in options.IsSmall ? [200] : new[] { 1000, 10_000 })
        {
            var directory = options.Fresh("throughput");
            using var bare = new BareFile(directory, options.Synchronous);
            var subject = await Subject.OpenAsync(options, directory, o => o.AddWorkflow(Workflows.Chain("short", Steps)));
            var (engine, limit) = (new Samples(count * Steps), new Samples(count * Steps));
            await subject.RunManyAsync("short", options.Scale(WarmUp, count), Callers);
            bare.Run(options.Scale(WarmUp, count), Steps, Together);
            for (var run = 0; run < options.Runs; run++)
            {
                engine.Add(await Sample.OfAsync(() => subject.RunManyAsync("short", count, Callers), () => subject.Store.Commits));
                limit.Add(await Sample.OfAsync(() => bare.Run(count, Steps, Together)));
            }

            await subject.DisposeAsync();
            var variant = string.Create(CultureInfo.InvariantCulture, $"{count:#,0} × {Steps} steps");
            yield return engine.Result(variant, engine.StepsPerSecond, "steps/s") with { Limit = limit.StepsPerSecond, BytesOnDisk = subject.BytesOnDisk };
            yield return limit.Result($"{variant}, bare rows", limit.StepsPerSecond, "steps/s") with { CommitsPerStep = (Steps + 1.0) / Steps / Together };
        }
    }
}
