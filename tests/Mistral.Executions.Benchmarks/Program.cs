using Mistral.Executions.Benchmarks;
using Mistral.Executions.Benchmarks.Lines;
using Mistral.Executions.Benchmarks.Measuring;

Dictionary<string, Func<BenchmarkOptions, IAsyncEnumerable<Result>>> lines = new(StringComparer.Ordinal)
{
    ["chain"] = ChainLine.MeasureAsync,
    ["growth"] = GrowthLine.MeasureAsync,
    ["throughput"] = ThroughputLine.MeasureAsync,
    ["fanout"] = FanOutLine.MeasureAsync,
    ["items"] = ItemsLine.MeasureAsync,
    ["waiting"] = WaitingLine.MeasureAsync,
    ["cold"] = ColdLine.MeasureAsync,
    ["idle"] = IdleLine.MeasureAsync,
    ["yaml"] = YamlLine.MeasureAsync,
    ["expressions"] = ExpressionsLine.MeasureAsync,
};

if (args is [ColdStart.Command, .. var coldArguments])
{
    return await ColdStart.RunAsync(coldArguments);
}

if (args is [ManyWaiting.Command, .. var waitingArguments])
{
    return await ManyWaiting.RunAsync(waitingArguments);
}

if (args is ["parts", .. var partsArguments])
{
    Parts.Run(partsArguments);
    return 0;
}

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args is [] ? ["all"] : args);
    if (options.Name != "all" && !lines.ContainsKey(options.Name))
    {
        throw new ArgumentException($"There is no line '{options.Name}'. There are: all, parts, {string.Join(", ", lines.Keys)}.");
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

var writer = new ResultWriter(Console.Out, options.Json);
writer.Begin(options);
foreach (var (name, measure) in lines.Where(l => options.Name == "all" || options.Name == l.Key))
{
    Memory.ResetPeak();
    await foreach (var result in measure(options))
    {
        writer.Write(result with { Name = name });
    }
}

return 0;
