using System.Globalization;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>A task over many items, 100 at once. The limit is the time an item with the fewest of them.</summary>
internal static class ItemsLine
{
    private const int Concurrency = 100;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        double? first = null;
        foreach (var items in options.IsSmall ? [100, 1000] : new[] { 1000, 10_000, 100_000 })
        {
            Memory.ResetPeak();
            var subject = await Subject.OpenAsync(options, options.Fresh("items"), o => o.AddWorkflow(Workflows.Items("items", items, Concurrency)));
            var samples = new Samples(items);
            await subject.RunAsync("items");
            for (var run = 0; run < options.Runs; run++)
            {
                samples.Add(await Sample.OfAsync(() => subject.RunAsync("items"), () => subject.Store.Commits));
            }

            await subject.DisposeAsync();
            first ??= samples.MicrosecondsPerStep;
            yield return samples.Result(string.Create(CultureInfo.InvariantCulture, $"{items:#,0} items, {Concurrency} at once"), samples.MicrosecondsPerStep, "µs/item") with
            {
                Limit = first,
                BytesOnDisk = subject.BytesOnDisk,
            };
        }
    }
}
