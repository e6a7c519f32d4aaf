using System.Globalization;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>Chains of 10 to 100,000 steps: what a step costs does not depend on how many there are. The limit is the time at 100 steps.</summary>
internal static class GrowthLine
{
    private const int Reference = 100;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        int[] sizes = options.IsSmall ? [10, 100, 1000] : [10, 100, 1000, 10_000, 100_000];
        var stepsARun = options.Scale(1000, 200);
        await using var subject = await Subject.OpenAsync(options, options.Fresh("growth"), o =>
        {
            foreach (var size in sizes)
            {
                o.AddWorkflow(Workflows.Chain($"chain{size}", size));
            }
        });
        var samples = sizes.ToDictionary(size => size, size => new Samples(size * Executions(size)));
        await subject.RunAsync($"chain{Reference}");
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var size in sizes)
            {
                samples[size].Add(await Sample.OfAsync(() => RunAsync(size), () => subject.Store.Commits));
            }
        }

        foreach (var size in sizes)
        {
            yield return samples[size].Result(string.Create(CultureInfo.InvariantCulture, $"{size:#,0} steps"), samples[size].MicrosecondsPerStep, "µs/step") with
            {
                Limit = samples[Reference].MicrosecondsPerStep,
            };
        }

        int Executions(int size) => Math.Max(1, stepsARun / size);

        async Task RunAsync(int size)
        {
            for (var place = 0; place < Executions(size); place++)
            {
                await subject.RunAsync($"chain{size}");
            }
        }
    }
}
