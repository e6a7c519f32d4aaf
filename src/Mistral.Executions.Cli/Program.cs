using System.Text;
using Mistral.Executions.Cli;
using Spectre.Console;

Console.OutputEncoding = Encoding.UTF8;
if (Console.IsOutputRedirected)
{
    // Nobody sees where a line of a file or a pipe ends.
    AnsiConsole.Profile.Width = 500;
}

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interruption.Cancel();
};
var host = new ToolHost(AnsiConsole.Console, Console.Out, TimeProvider.System, Environment.GetEnvironmentVariable("MISTRAL_STORE"));
return await MistralTool.RunAsync(args, host, interruption.Token).ConfigureAwait(false);
