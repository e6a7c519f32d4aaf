using System.Globalization;
using System.Text;

namespace Mistral.Executions.Diagrams;

/// <summary>Writes when each task was queued, waited and ran as a Mermaid Gantt chart, a row for each task.</summary>
internal static class MermaidTimeline
{
    /// <summary>How many tasks one chart shows: what is longer cannot be read.</summary>
    public const int MostTasks = 500;

    // Of the width of the chart: a bar in which a text has room, and one that can be seen.
    private const double WithText = 0.09;
    private const double Visible = 0.003;

    private const int LongestName = 40;
    private const int WidthOfLetter = 7;

    // A bar needs a text; this one has no width.
    private const string NoText = "#8203;";

    public static string Write(ExecutionDiagram diagram, DateTimeOffset now)
    {
        var top = diagram.Workflow;
        var length = (top.FinishedAt ?? now) - top.CreatedAt;
        var rows = Rows(diagram, now, length * Visible);
        var shown = rows.Take(MostTasks).ToList();
        var names = Names(shown.Select(r => r.Name));
        var total = rows.Count > MostTasks ? $", the first {MostTasks} of {rows.Count} tasks" : "";
        var text = new StringBuilder();
        WriteHead(text, names);
        text.Append("gantt\n");
        text.Append(CultureInfo.InvariantCulture, $"    title {DiagramText.Mermaid($"{top.Name}, {top.State.ToWireName()}{total}")}\n");
        text.Append("    dateFormat x\n");
        text.Append(CultureInfo.InvariantCulture, $"    axisFormat {AxisFormat(length)}\n");
        for (var place = 0; place < shown.Count; place++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    section {DiagramText.Mermaid(names[place])}\n");
            WriteRow(text, shown[place].Row, length * WithText);
        }

        return text.ToString();
    }

    // Compact, so that the bars of a section stand in one row.
    private static void WriteHead(StringBuilder text, List<string> names)
    {
        var padding = 24 + (WidthOfLetter * names.Select(n => n.Length).DefaultIfEmpty().Max());
        var (ran, failed, queued) = (DiagramLook.Of(ExecutionState.Success), DiagramLook.Of(ExecutionState.Error), DiagramLook.Of(ExecutionState.Paused));
        text.Append("---\ndisplayMode: compact\nconfig:\n  theme: base\n  gantt:\n");
        text.Append(CultureInfo.InvariantCulture, $"    leftPadding: {padding}\n");
        text.Append("  themeVariables:\n");
        foreach (var (name, colour) in new[]
        {
            ("taskBkgColor", ran.Fill), ("taskBorderColor", ran.Stroke), ("activeTaskBkgColor", queued.Fill), ("activeTaskBorderColor", queued.Stroke),
            ("doneTaskBkgColor", "#e6e9ec"), ("doneTaskBorderColor", DiagramLook.Faint), ("critBkgColor", failed.Fill), ("critBorderColor", failed.Stroke),
            ("taskTextColor", DiagramLook.Text), ("taskTextDarkColor", DiagramLook.Text), ("taskTextLightColor", DiagramLook.Text), ("taskTextOutsideColor", DiagramLook.Text),
            ("sectionBkgColor", "#ffffff"), ("altSectionBkgColor", "#f6f8fa"), ("sectionBkgColor2", "#ffffff"),
        })
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}: \"{colour}\"\n");
        }

        text.Append("---\n");
    }

    private static void WriteRow(StringBuilder text, TimelineRow row, TimeSpan withText)
    {
        for (var place = 0; place < row.Bars.Count; place++)
        {
            var bar = row.Bars[place];

            // None of these texts means anything to Mermaid. Beside the last bar there is room for how it ended.
            var isEnd = place == row.Bars.Count - 1 && row.Task.State != ExecutionState.Success;
            var label = isEnd ? row.Task.State.ToWireName() : bar.Length < withText ? "" : Describe(bar);
            var tag = bar.Kind switch { TimelineBarKind.Queued => "active, ", TimelineBarKind.Waiting => "done, ", TimelineBarKind.Failed => "crit, ", _ => "" };
            var begin = bar.From.ToUnixTimeMilliseconds();
            text.Append(CultureInfo.InvariantCulture, $"    {(label.Length == 0 ? NoText : label)} :{tag}{begin}, {Math.Max(bar.To.ToUnixTimeMilliseconds(), begin + 1)}\n");
        }
    }

    private static string Describe(TimelineBar bar) => bar.Kind switch
    {
        TimelineBarKind.Queued => "queued",
        TimelineBarKind.Waiting => "waits",
        TimelineBarKind.Failed => "failed",
        _ => Duration(bar.Length),
    };

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} d"),
    };

    /// <summary>The tasks of the execution that is drawn and of those below it, each before those of the workflows that it runs.</summary>
    private static List<(string Name, TimelineRow Row)> Rows(ExecutionDiagram diagram, DateTimeOffset now, TimeSpan shortest)
    {
        var tasks = diagram.Tasks.ToLookup(t => t.WorkflowExecutionId, StringComparer.Ordinal);
        var nested = diagram.Workflows.Where(w => w.TaskExecutionId is not null).ToLookup(w => w.TaskExecutionId!, StringComparer.Ordinal);
        var actions = diagram.Actions.Where(a => a.TaskExecutionId is not null).ToLookup(a => a.TaskExecutionId!, StringComparer.Ordinal);
        var rows = new List<(string, TimelineRow)>();
        AddRows(diagram.Workflow, "");
        return rows;

        void AddRows(WorkflowExecution workflow, string path)
        {
            foreach (var task in tasks[workflow.Id].OrderBy(t => t.Ordinal))
            {
                var below = nested[task.Id].OrderBy(w => w.CreatedAt).ThenBy(w => w.Index).ToList();
                rows.Add((path + task.Name, new(task, actions[task.Id].Concat<IExecution>(below), workflow.FinishedAt ?? now, shortest)));
                foreach (var one in below)
                {
                    AddRows(one, path + task.Name + (below.Count > 1 ? $" {one.Index + 1}" : "") + " / ");
                }
            }
        }
    }

    // Two sections of one name would be one.
    private static List<string> Names(IEnumerable<string> names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = new List<string>();
        foreach (var name in names)
        {
            var shortened = name.Length <= LongestName ? name : $"{name[..(LongestName / 2)]}…{name[^((LongestName / 2) - 1)..]}";
            var count = seen[shortened] = seen.GetValueOrDefault(shortened) + 1;
            all.Add(count == 1 ? shortened : $"{shortened}, {count}");
        }

        return all;
    }

    private static string AxisFormat(TimeSpan length) => length.TotalSeconds switch
    {
        < 10 => "%S.%L",
        < 3600 => "%M:%S",
        < 172_800 => "%H:%M:%S",
        _ => "%Y-%m-%d",
    };
}
