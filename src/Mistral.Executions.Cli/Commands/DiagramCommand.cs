using System.CommandLine;
using Mistral.Executions.Language;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral diagram</c></summary>
internal static class DiagramCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var id = shared.Id("The workflow execution, or a YAML file with workflows");
        var format = new Option<string>("--format") { Description = "mermaid (the default), dot, or timeline", HelpName = "FORMAT", DefaultValueFactory = _ => "mermaid" };
        format.AcceptOnlyFromAmong("mermaid", "dot", "timeline");
        var command = new Command("diagram", "Draws an execution, or the workflows of a file, as Mermaid or Graphviz text.") { id, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var what = parsed.GetValue(id)!;
            if (Path.GetExtension(what) is ".yaml" or ".yml" && File.Exists(what))
            {
                DrawFile(host, what, parsed.GetValue(format)!);
                return ExitCodes.Done;
            }

            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var drawn = await inspector.GetDiagramAsync(what, Enum.Parse<DiagramFormat>(parsed.GetValue(format)!, ignoreCase: true), cancellationToken).ConfigureAwait(false);
                await host.Output.WriteAsync(drawn.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static void DrawFile(ToolHost host, string file, string format)
    {
        if (format == "timeline")
        {
            throw new UsageException("Only an execution has a timeline. Say mermaid or dot for a file.");
        }

        var workflows = MistralLanguage.ReadFiles(file).SelectMany(d => d.Workflows);
        host.Output.Write(string.Join('\n', workflows.Select(w => format == "dot" ? w.ToDot() : w.ToMermaid())));
    }
}
