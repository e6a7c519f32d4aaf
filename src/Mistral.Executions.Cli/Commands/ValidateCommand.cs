using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Mistral.Executions.Language;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral validate</c></summary>
internal static class ValidateCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var files = new Argument<string[]>("FILES") { Description = "YAML files, or patterns of them", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Checks YAML files of the workflow language.") { files };
        command.SetAction(parsed =>
        {
            var checkedFiles = parsed.GetValue(files)!.Select(Check).ToList();
            if (parsed.GetValue(shared.Json))
            {
                host.Output.WriteLine(JsonRecords.List(checkedFiles.Select(Json)).ToString());
            }
            else
            {
                checkedFiles.ForEach(c => Write(host.Console, c));
            }

            return checkedFiles.TrueForAll(c => c.Faults.Count == 0) ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    private static Checked Check(string file)
    {
        try
        {
            var documents = MistralLanguage.ReadFiles(file);
            return new(file, [.. documents.SelectMany(d => d.Workflows).Select(w => w.Name)], [.. documents.SelectMany(d => d.Actions).Select(a => a.Name)], []);
        }
        catch (DefinitionException exception)
        {
            return new(file, [], [], exception.Faults);
        }
        catch (IOException exception)
        {
            return new(file, [], [], [new(exception.Message)]);
        }
    }

    private static JsonData Json(Checked result) => JsonMap.Create(
        ("file", result.File),
        ("valid", result.Faults.Count == 0),
        ("workflows", JsonRecords.List(result.Workflows)),
        ("actions", JsonRecords.List(result.Actions)),
        ("faults", JsonRecords.List(result.Faults.Select(f => (JsonData)JsonMap.Create(
            ("reason", f.Reason),
            ("file", f.File),
            ("line", f.Line is { } line ? line : JsonData.Null),
            ("column", f.Column is { } column ? column : JsonData.Null),
            ("workflow", f.Workflow),
            ("task", f.Task),
            ("path", f.Path))))));

    private static void Write(IAnsiConsole console, Checked result)
    {
        if (result.Faults.Count == 0)
        {
            var names = string.Join(", ", result.Workflows.Concat(result.Actions));
            console.MarkupLine($"[green]✔[/] {result.File.EscapeMarkup()} [grey]{names.EscapeMarkup()}[/]");
            return;
        }

        console.MarkupLine($"[red]✘[/] {result.File.EscapeMarkup()}");
        foreach (var fault in result.Faults)
        {
            console.MarkupLine($"  [red]{fault.ToString().EscapeMarkup()}[/]");
        }
    }

    private sealed record Checked(string File, IReadOnlyList<string> Workflows, IReadOnlyList<string> Actions, IReadOnlyList<DefinitionFault> Faults);
}
