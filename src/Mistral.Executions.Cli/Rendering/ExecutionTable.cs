using Spectre.Console;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>Executions, a line each.</summary>
internal static class ExecutionTable
{
    private const int LongestName = 32;
    private const int LongestInfo = 60;

    public static Table Of(IEnumerable<IExecution> executions, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumn(Column("STATE"));
        table.AddColumn(Column("NAME"));
        table.AddColumn(Column("ID"));
        table.AddColumn(Column("CREATED"));
        table.AddColumn(Column("TOOK").RightAligned());
        table.AddColumn(new TableColumn("[grey]INFO[/]"));
        foreach (var execution in executions)
        {
            var (created, finished, info) = execution switch
            {
                WorkflowExecution workflow => (workflow.CreatedAt, workflow.FinishedAt, workflow.StateInfo ?? workflow.Description),
                TaskExecution task => (task.CreatedAt, task.FinishedAt, task.StateInfo),
                ActionExecution action => (action.CreatedAt, action.FinishedAt, action.StateInfo),
                _ => throw new ArgumentOutOfRangeException(nameof(executions)),
            };
            table.AddRow(
                StateLook.Markup(execution.State),
                $"[bold]{Wording.OneLine(execution.Name, LongestName)}[/]",
                Wording.OneLine(execution.Id, 255),
                $"[grey]{Wording.Time(created)}[/]",
                $"[grey]{Wording.Took(created, finished, now)}[/]",
                $"[grey]{Wording.FirstLine(info, LongestInfo)}[/]");
        }

        return table;
    }

    private static TableColumn Column(string name) => new TableColumn($"[grey]{name}[/]").NoWrap().PadRight(2);
}
