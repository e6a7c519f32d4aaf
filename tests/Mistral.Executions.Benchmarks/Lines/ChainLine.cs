using Mistral.Executions.Benchmarks.Limits;
using Mistral.Executions.Benchmarks.Measuring;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>One workflow after the other, each of 100 steps, against one commit a step of the same rows.</summary>
internal static class ChainLine
{
    private const int Steps = 100;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        var executions = options.Scale(20, 2);
        var directory = options.Fresh("chain");
        using var bare = new BareFile(directory, options.Synchronous);
        var subject = await Subject.OpenAsync(options, directory, o => o.AddWorkflow(Workflows.Chain("chain", Steps)));
        var (engine, limit) = (new Samples(executions * Steps), new Samples(executions * Steps));
        await RunAsync(subject, executions);
        bare.Run(executions, Steps, together: 1);
        for (var run = 0; run < options.Runs; run++)
        {
            engine.Add(await Sample.OfAsync(() => RunAsync(subject, executions), () => subject.Store.Commits));
            limit.Add(await Sample.OfAsync(() => bare.Run(executions, Steps, together: 1)));
        }

        await subject.DisposeAsync();
        yield return engine.Result($"{Steps} steps", engine.StepsPerSecond, "steps/s") with { Limit = limit.StepsPerSecond, BytesOnDisk = subject.BytesOnDisk };
        yield return limit.Result("bare rows, a commit a step", limit.StepsPerSecond, "steps/s") with { CommitsPerStep = (Steps + 1.0) / Steps };
    }

    private static async Task RunAsync(Subject subject, int executions)
    {
        for (var place = 0; place < executions; place++)
        {
            await subject.RunAsync("chain");
        }
    }
}
