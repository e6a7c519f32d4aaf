using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral history</c></summary>
internal static class HistoryCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var id = shared.Id("The execution");
        var command = new Command("history", "Shows what operators and recoveries did to an execution and to what is below it.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var execution = await ShowCommand.FindAsync(inspector.Store, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
                var entries = await inspector.Store.ReadHistoryAsync(execution.Id, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine(JsonRecords.List(entries.Select(JsonRecords.Of)).ToString());
                }
                else if (entries.Count == 0)
                {
                    host.Console.MarkupLine("[grey]Nobody did anything to it.[/]");
                }
                else
                {
                    host.Console.Write(Draw(entries));
                }

                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static Table Draw(IReadOnlyList<HistoryEntry> entries)
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumn(new TableColumn("[grey]TIME[/]").NoWrap().PadRight(2));
        table.AddColumn(new TableColumn("[grey]EVENT[/]").NoWrap().PadRight(2));
        table.AddColumn(new TableColumn("[grey]EXECUTION[/]").NoWrap().PadRight(2));
        table.AddColumn(new TableColumn("[grey]REASON[/]"));
        foreach (var entry in entries)
        {
            table.AddRow($"[grey]{Wording.Time(entry.At)}[/]", $"[bold]{Wording.OneLine(entry.Event, 40)}[/]", Wording.OneLine(entry.ExecutionId, 255), Wording.OneLine(entry.Reason, 1000));
        }

        return table;
    }
}
