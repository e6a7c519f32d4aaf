using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral backup</c></summary>
internal static class BackupCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var file = new Argument<string>("FILE") { Description = "The copy to make" };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there" };
        var command = new Command("backup", "Copies the store, while applications go on with it.") { file, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var path = Path.GetFullPath(parsed.GetValue(file)!);
                await ((SqliteExecutionStore)inspector.Store).BackupAsync(path, parsed.GetValue(force), cancellationToken).ConfigureAwait(false);
                var size = new FileInfo(path).Length;
                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine(((JsonData)JsonMap.Create(("file", path), ("bytes", size))).ToString());
                }
                else
                {
                    host.Console.MarkupLine($"[green]Copied[/] to {path.EscapeMarkup()}, {Wording.Bytes(size)}.");
                }

                return ExitCodes.Done;
            }
        });
        return command;
    }
}
