using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral explain</c></summary>
internal static class ExplainCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var id = shared.Id("The workflow, task or action execution");
        var command = new Command("explain", "Says why an execution is where it is: what it waits for, or what failed first.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var explanation = await inspector.ExplainAsync(parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine(JsonRecords.Of(explanation).ToString());
                }
                else
                {
                    var tree = new Tree(Line(explanation)) { Style = new Style(Color.Grey) };
                    Add(tree, explanation);
                    host.Console.Write(tree);
                }

                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static void Add(IHasTreeNodes parent, Explanation explanation)
    {
        foreach (var child in explanation.Children)
        {
            Add(parent.AddNode(Line(child)), child);
        }

        if (explanation.HasMore)
        {
            parent.AddNode("[grey]and more[/]");
        }
    }

    private static string Line(Explanation explanation)
    {
        var kind = explanation.Kind.ToString().ToLowerInvariant();
        var state = explanation.State is { } known ? " " + StateLook.Markup(known) : "";
        return $"[grey]{kind}[/] [bold]{Wording.OneLine(explanation.Name, 200)}[/]{state}\n{explanation.Sentence.ReplaceLineEndings(" ").EscapeMarkup()}";
    }
}
