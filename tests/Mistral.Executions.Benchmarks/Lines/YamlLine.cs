using System.Globalization;
using Mistral.Executions.Benchmarks.Measuring;
using Mistral.Executions.Language;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>Chains with guards and published variables from YAML with YAQL. The limit is the same workflow in C#.</summary>
internal static class YamlLine
{
    private const int ChainSteps = 100;

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        await using var subject = await Subject.OpenAsync(options, options.Fresh("yaml"), o => o
            .AddWorkflow(Workflows.GuardedChain("long_csharp", ChainSteps))
            .AddWorkflow(Workflows.GuardedChain("short_csharp", ThroughputLine.Steps))
            .AddWorkflows(Workflows.GuardedChainYaml("long_yaml", ChainSteps))
            .AddWorkflows(Workflows.GuardedChainYaml("short_yaml", ThroughputLine.Steps)));
        var chains = options.Scale(20, 2);
        yield return await CompareAsync("chain", chains * ChainSteps, async language =>
        {
            for (var place = 0; place < chains; place++)
            {
                await subject.RunAsync($"long_{language}");
            }
        });
        var count = options.Scale(1000, 200);
        yield return await CompareAsync(
            string.Create(CultureInfo.InvariantCulture, $"{count:#,0} × {ThroughputLine.Steps} steps"),
            count * ThroughputLine.Steps,
            language => subject.RunManyAsync($"short_{language}", count, ThroughputLine.Callers));

        async Task<Result> CompareAsync(string variant, int steps, Func<string, Task> runAsync)
        {
            var (yaml, csharp) = (new Samples(steps), new Samples(steps));
            await runAsync("yaml");
            await runAsync("csharp");
            for (var run = 0; run < options.Runs; run++)
            {
                yaml.Add(await Sample.OfAsync(() => runAsync("yaml"), () => subject.Store.Commits));
                csharp.Add(await Sample.OfAsync(() => runAsync("csharp")));
            }

            return yaml.Result(variant, yaml.StepsPerSecond, "steps/s") with { Limit = csharp.StepsPerSecond };
        }
    }
}
