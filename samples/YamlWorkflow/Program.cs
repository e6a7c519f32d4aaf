using YamlWorkflow;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

try
{
    return await new WorkflowRun(Console.Out, Console.Error).RunAsync(args, interrupted.Token);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return 130;
}
