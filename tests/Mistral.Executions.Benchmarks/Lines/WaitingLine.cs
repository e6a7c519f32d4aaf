using System.Globalization;
using Mistral.Executions.Benchmarks.Limits;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>Many workflows that wait for a result from outside, and then all results.</summary>
internal static class WaitingLine
{
    private const int Callers = 32;
    private const int Parts = 5;

    // What one transaction of the limit holds.
    private const int Together = 256;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        var count = options.Scale(100_000, 1000);
        var part = count / Parts;
        var directory = options.Fresh("waiting");
        using var bare = new BareFile(directory, options.Synchronous);
        var subject = await Subject.OpenAsync(options, directory, o => o.AddWorkflow(Workflows.Waiting("wait")));
        await CompleteAsync(subject, await StartAsync(subject, part / 10));
        var (starts, limit) = (new Samples(part), new Samples(part));

        // Each part of them is a run, so that it shows whether one costs more the more there are.
        for (var run = 0; run < Parts; run++)
        {
            starts.Add(await Sample.OfAsync(() => StartOnlyAsync(subject, part), () => subject.Store.Commits));
            limit.Add(await Sample.OfAsync(() => bare.Run(part, 1, Together)));
            yield return new Result
            {
                Variant = string.Create(CultureInfo.InvariantCulture, $"{part * (run + 1):#,0} wait"),
                Value = Memory.ReachableMegabytes,
                Unit = "MB reachable",
                PeakMegabytes = Memory.PeakMegabytes,
            };
        }

        yield return starts.Result("starts", starts.StepsPerSecond, "starts/s") with { Limit = limit.StepsPerSecond, BytesOnDisk = subject.BytesOnDisk };
        yield return new Result { Variant = "room of one that waits", Value = subject.BytesOnDisk / (count + (part / 10.0)), Unit = "bytes" };

        // Half of the results come to the engine that started what waits for them, half to one that is opened later.
        Memory.ResetPeak();
        var ids = await OpenActionsAsync(subject);
        yield return await ResultsAsync("results", ids[..(count / 2)]);
        await subject.DisposeAsync();
        subject = await Subject.OpenAsync(options, directory, o => o.AddWorkflow(Workflows.Waiting("wait")));
        yield return await ResultsAsync("results after a restart", ids[(count / 2)..]);
        await subject.DisposeAsync();

        async Task<Result> ResultsAsync(string variant, Guid[] waiting)
        {
            var results = new Samples(part / 2);
            foreach (var chunk in waiting.Chunk(part / 2))
            {
                results.Add(await Sample.OfAsync(() => CompleteAsync(subject, chunk), () => subject.Store.Commits));
            }

            return results.Result(variant, results.StepsPerSecond, "results/s") with { Limit = limit.StepsPerSecond, BytesOnDisk = subject.BytesOnDisk };
        }
    }

    /// <summary>Starts executions that wait, and finds what they wait for.</summary>
    private static async Task<Guid[]> StartAsync(Subject subject, int count)
    {
        await StartOnlyAsync(subject, count);
        return await OpenActionsAsync(subject);
    }

    public static async Task StartOnlyAsync(Subject subject, int count)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await subject.Engine.StartAsync("wait");
            }
        })));
    }

    private static async Task<Guid[]> OpenActionsAsync(Subject subject)
    {
        var ids = new List<Guid>();
        var query = new ExecutionQuery { States = [ExecutionState.Running], PageSize = ExecutionQuery.MaximumPageSize };
        await foreach (var action in subject.Engine.QueryActionsAsync(query))
        {
            ids.Add(Guid.Parse(action.Id));
        }

        return [.. ids];
    }

    private static async Task CompleteAsync(Subject subject, Guid[] ids)
    {
        var left = ids.Length;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var place = Interlocked.Decrement(ref left); place >= 0; place = Interlocked.Decrement(ref left))
            {
                await subject.Engine.CompleteActionAsync(ids[place].ToString(), ActionResult.Success("done"));
            }
        })));
    }
}
