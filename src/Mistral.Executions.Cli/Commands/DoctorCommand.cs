using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral doctor</c></summary>
internal static class DoctorCommand
{
    private static readonly ExecutionState[] Open = [.. ExecutionStates.All.Where(s => !s.IsCompleted())];

    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var command = new Command("doctor", "Checks that the store is sound: the file, and what must hold of every open execution.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var ofFile = await ((SqliteExecutionStore)inspector.Store).CheckAsync(cancellationToken).ConfigureAwait(false);
                var (trees, ofTrees) = await CheckTreesAsync(inspector, cancellationToken).ConfigureAwait(false);
                var faults = ofFile.Concat(ofTrees).ToList();
                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine(((JsonData)JsonMap.Create(("sound", faults.Count == 0), ("open_executions", trees), ("faults", JsonRecords.List(faults)))).ToString());
                }
                else
                {
                    Write(host.Console, ofFile, ofTrees, trees);
                }

                return faults.Count == 0 ? ExitCodes.Done : ExitCodes.No;
            }
        });
        return command;
    }

    private static async Task<(int Trees, List<string> Faults)> CheckTreesAsync(ExecutionInspector inspector, CancellationToken cancellationToken)
    {
        var (trees, faults) = (0, new List<string>());
        var query = new ExecutionQuery { OnlyRoots = true, States = Open, PageSize = ExecutionQuery.MaximumPageSize };
        do
        {
            var page = await inspector.Store.QueryWorkflowsAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var root in page.Items)
            {
                trees++;
                try
                {
                    faults.AddRange((await inspector.CheckAsync(root.Id, cancellationToken).ConfigureAwait(false)).Select(f => $"{root.Id}: {f}"));
                }
                catch (DefinitionMismatchException exception)
                {
                    faults.Add($"{root.Id}: {exception.Message}");
                }
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return (trees, faults);
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<string> ofFile, List<string> ofTrees, int trees)
    {
        Section("the file and its rows", ofFile);
        Section(Wording.Count(trees, "open execution", "open executions"), ofTrees);

        void Section(string what, IReadOnlyList<string> faults)
        {
            console.MarkupLine(faults.Count == 0 ? $"[green]✔[/] {what}" : $"[red]✘[/] {what}");
            foreach (var fault in faults)
            {
                console.MarkupLine($"  [red]{fault.EscapeMarkup()}[/]");
            }
        }
    }
}
