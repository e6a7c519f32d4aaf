using System.Globalization;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>An engine with many executions that wait and nothing that is due.</summary>
internal static class IdleLine
{
    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        var count = options.Scale(100_000, 1000);
        var duration = TimeSpan.FromSeconds(options.Scale(30, 3));
        await using var subject = await Subject.OpenAsync(options, options.Fresh("idle"), o => o.AddWorkflow(Workflows.Waiting("wait")));
        await WaitingLine.StartOnlyAsync(subject, count);
        await Task.Delay(duration / 10);
        var (renewals, others) = (subject.Store.Renewals, subject.Store.Others);
        var sample = await Sample.OfAsync(() => Task.Delay(duration), () => subject.Store.Commits);
        var variant = string.Create(CultureInfo.InvariantCulture, $"{count:#,0} wait, {duration.TotalSeconds} s");
        yield return new Result { Variant = variant, Value = subject.Store.Renewals - renewals, Unit = "lease renewals" };
        yield return new Result { Variant = variant, Value = sample.Commits + subject.Store.Others - others, Unit = "other calls" };
        yield return new Result { Variant = variant, Value = 100 * sample.Processor / sample.Elapsed, Unit = "% of a core", PeakMegabytes = Memory.PeakMegabytes };
    }
}
