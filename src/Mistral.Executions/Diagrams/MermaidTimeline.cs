using System.Globalization;
using System.Text;

namespace Mistral.Executions.Diagrams;

/// <summary>Writes when each task waited and ran as a Mermaid Gantt chart.</summary>
internal static class MermaidTimeline
{
    /// <summary>How many tasks one chart shows: what is longer cannot be read.</summary>
    public const int MostTasks = 500;

    public static string Write(ExecutionDiagram diagram, DateTimeOffset now)
    {
        var reached = Reached(diagram);
        var shown = reached.Sum(w => w.Tasks.Count);
        var top = diagram.Workflow;
        var total = shown > MostTasks ? $", the first {MostTasks} of {shown} tasks" : "";
        var text = new StringBuilder("gantt\n");
        text.Append(CultureInfo.InvariantCulture, $"    title {DiagramText.Mermaid($"{top.Name}, {top.State.ToWireName()}{total}")}\n");
        text.Append("    dateFormat x\n");
        text.Append(CultureInfo.InvariantCulture, $"    axisFormat {AxisFormat((top.FinishedAt ?? now) - top.CreatedAt)}\n");
        var begun = Begun(diagram);
        var left = MostTasks;
        foreach (var (workflow, tasks) in reached)
        {
            if (left > 0 && tasks.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    section {DiagramText.Mermaid(workflow.Index == 0 ? workflow.Name : $"{workflow.Name} {workflow.Index + 1}")}\n");
                foreach (var task in tasks.Take(left))
                {
                    WriteTask(text, task, begun.TryGetValue(task.Id, out var at) ? at : task.State.IsCompleted() ? task.StartedAt : null, now);
                }

                left -= tasks.Count;
            }
        }

        return text.ToString();
    }

    /// <summary>The execution that is drawn and those below it, each before those that its tasks run.</summary>
    private static List<(WorkflowExecution Workflow, List<TaskExecution> Tasks)> Reached(ExecutionDiagram diagram)
    {
        var tasks = diagram.Tasks.ToLookup(t => t.WorkflowExecutionId, StringComparer.Ordinal);
        var nested = diagram.Workflows.Where(w => w.TaskExecutionId is not null).ToLookup(w => w.TaskExecutionId!, StringComparer.Ordinal);
        var reached = new List<(WorkflowExecution, List<TaskExecution>)>();
        var open = new Stack<WorkflowExecution>([diagram.Workflow]);
        while (open.TryPop(out var workflow))
        {
            var own = tasks[workflow.Id].OrderBy(t => t.Ordinal).ToList();
            reached.Add((workflow, own));
            foreach (var below in own.SelectMany(t => nested[t.Id]).OrderBy(w => w.CreatedAt).ThenBy(w => w.Index).Reverse())
            {
                open.Push(below);
            }
        }

        return reached;
    }

    /// <summary>When the first action or workflow of each task began: delays of policies come before it.</summary>
    private static Dictionary<string, DateTimeOffset> Begun(ExecutionDiagram diagram) =>
        diagram.Actions.Select(a => (a.TaskExecutionId, a.CreatedAt))
            .Concat(diagram.Workflows.Select(w => (w.TaskExecutionId, w.CreatedAt)))
            .Where(c => c.TaskExecutionId is not null)
            .GroupBy(c => c.TaskExecutionId!, c => c.CreatedAt, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Min(), StringComparer.Ordinal);

    private static void WriteTask(StringBuilder text, TaskExecution task, DateTimeOffset? begun, DateTimeOffset now)
    {
        var end = task.FinishedAt ?? now;
        if (begun is not { } start)
        {
            WriteBar(text, $"{task.Name}, {task.State.ToWireName()}", task.State == ExecutionState.Error ? "crit, " : "done, ", task.CreatedAt, end);
            return;
        }

        if (start > task.CreatedAt)
        {
            WriteBar(text, $"{task.Name}, waited", "done, ", task.CreatedAt, start);
        }

        var tag = task.State == ExecutionState.Error ? "crit, " : task.State.IsCompleted() ? "" : "active, ";
        WriteBar(text, task.State == ExecutionState.Success ? task.Name : $"{task.Name}, {task.State.ToWireName()}", tag, start, end);
    }

    private static void WriteBar(StringBuilder text, string label, string tag, DateTimeOffset from, DateTimeOffset to)
    {
        var begin = from.ToUnixTimeMilliseconds();
        text.Append(CultureInfo.InvariantCulture, $"    {DiagramText.Mermaid(label)} :{tag}{begin}, {Math.Max(to.ToUnixTimeMilliseconds(), begin + 1)}\n");
    }

    private static string AxisFormat(TimeSpan length) => length.TotalSeconds switch
    {
        < 10 => "%S.%L",
        < 3600 => "%M:%S",
        < 172_800 => "%H:%M:%S",
        _ => "%Y-%m-%d",
    };
}
