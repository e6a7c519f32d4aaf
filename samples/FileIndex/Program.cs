using System.Diagnostics;
using FileIndex;
using Mistral.Executions;

IndexArguments arguments;
try
{
    arguments = IndexArguments.Parse(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync(IndexArguments.Usage);
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

try
{
    return await RunAsync(arguments, interrupted.Token);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.WriteLine("Interrupted. Start it again with the same arguments, and it goes on.");
    return 130;
}
catch (ExecutionException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

static async Task<int> RunAsync(IndexArguments arguments, CancellationToken cancellationToken)
{
    foreach (var file in new[] { arguments.Database, arguments.Report })
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    }

    var clock = Stopwatch.StartNew();
    var opened = DateTimeOffset.UtcNow;
    using var trace = new ActionTrace(arguments.Trace);
    var actions = new IndexActions(new(arguments.OwnFiles), trace);
    await using var engine = await ExecutionEngine.OpenAsync(
        arguments.Database,
        options =>
        {
            options.AddWorkflow(IndexWorkflows.Index).AddWorkflow(IndexWorkflows.Group);
            actions.AddTo(options);
        },
        cancellationToken);

    var run = await engine.StartAsync(
        IndexWorkflows.IndexName,
        new { arguments.Folder, arguments.Report },
        new() { Id = arguments.ExecutionId },
        cancellationToken);

    var progress = new IndexProgress(engine, run.Id, Console.Out);
    if (run.IsNew)
    {
        Console.WriteLine($"Started {run.Id}: {arguments.Folder}");
    }
    else
    {
        await progress.SayWhatIsDoneAsync(opened, cancellationToken);
    }

    var waiting = run.WaitAsync(cancellationToken);
    await progress.WatchAsync(waiting, cancellationToken);
    var ended = await waiting;
    if (ended.State != ExecutionState.Success)
    {
        Console.WriteLine($"{ended.State.ToWireName()}: {ended.StateInfo}");
        Console.WriteLine($"Delete {arguments.Database} to begin afresh.");
        return 1;
    }

    var summary = ended.Output["summary"].ToObject<ReportSummary>()!;
    Console.WriteLine($"{summary.Files:N0} files, {summary.Lines:N0} lines, {summary.Words:N0} words, in {clock.Elapsed.TotalSeconds:N1} s.");
    Console.WriteLine($"Report: {arguments.Report} (SHA-256 {summary.Sha256})");
    Console.WriteLine($"It is done: started again, it does nothing. Delete {arguments.Database} to begin afresh.");
    return 0;
}
