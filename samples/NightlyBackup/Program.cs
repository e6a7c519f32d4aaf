using Mistral.Executions;
using NightlyBackup;

BackupArguments arguments;
try
{
    arguments = BackupArguments.Parse(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{BackupArguments.Usage}");
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
    Directory.CreateDirectory(arguments.Destination);
    await using var engine = await ExecutionEngine.OpenAsync(
        Path.Combine(arguments.Destination, "backups.db"), BackupWorkflows.Register, interrupted.Token);
    if (!arguments.Once)
    {
        await engine.StartAsync(BackupWorkflows.Nightly, arguments.Input, new() { Id = $"nightly {arguments.Source}" }, interrupted.Token);
        Console.WriteLine($"Each night at {arguments.At} (UTC), {arguments.Source} is copied to {arguments.Destination}. Stop it when you like.");
        await Task.Delay(Timeout.Infinite, interrupted.Token);
    }

    var run = await engine.StartAsync(BackupWorkflows.Backup, arguments.Input, cancellationToken: interrupted.Token);
    var ended = await run.WaitAsync(interrupted.Token);
    Console.WriteLine(ended.State == ExecutionState.Success
        ? $"{ended.Output["folder"].AsString()}: {ended.Output["files"]} files, {ended.Output["bytes"]} bytes, each read again and found to be what was copied."
        : $"{ended.State.ToWireName()}: {ended.StateInfo}");
    return ended.State == ExecutionState.Success ? 0 : 1;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.WriteLine("Interrupted. Start it again, and it goes on.");
    return 130;
}
catch (ExecutionException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
