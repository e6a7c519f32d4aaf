using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mistral.Executions.Testing;

/// <summary>Writes runs as text: for people, or so that two runs that came to the same end give the same text.</summary>
internal sealed partial class RunText
{
    private readonly Dictionary<string, string>? _names;

    private RunText(Dictionary<string, string>? names) => _names = names;

    /// <summary>All that ran, with times.</summary>
    public static string Of(WorkflowRun run) => string.Join('\n', new RunText(null).Lines(run));

    /// <inheritdoc cref="Of(WorkflowRun)"/>
    public static string Of(TaskRun run) => string.Join('\n', new RunText(null).Lines(run));

    /// <summary>What came out: without times and the order in which things happened, and with the places of executions instead of their ids.</summary>
    public static IReadOnlyList<string> EndOf(WorkflowRun run)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Name(run, $"the workflow {run.Execution.Name}", names);
        return [.. new RunText(names).Lines(run)];
    }

    private static void Name(WorkflowRun run, string name, Dictionary<string, string> names)
    {
        names[run.Id] = name;
        foreach (var ofOneName in run.Tasks.GroupBy(t => t.Name))
        {
            foreach (var (place, task) in ofOneName.Index())
            {
                var taskName = place == 0 ? $"{name}/{task.Name}" : $"{name}/{task.Name} ({place + 1})";
                names[task.Execution.Id] = taskName;
                foreach (var action in task.Actions)
                {
                    names[action.Id] = $"{taskName}/{action.Name} {action.Index} {action.Attempt}";
                }

                foreach (var nested in task.Workflows)
                {
                    Name(nested, $"{taskName}/{nested.Execution.Name} {nested.Execution.Index}", names);
                }
            }
        }
    }

    private IEnumerable<string> Lines(WorkflowRun run)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"workflow {run.Execution.Name} {run.State.ToWireName()}");
        Append(line, run.Output);
        if (_names is null && run.Took is { } took)
        {
            line.Append(CultureInfo.InvariantCulture, $", took {took}");
        }

        AppendReason(line, run.Execution.StateInfo);
        return [Named(line), .. Indented(run.Tasks.Select(Lines))];
    }

    private IEnumerable<string> Lines(TaskRun run)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"task {run.Name} {run.State.ToWireName()}");
        if (run.Attempts > 1)
        {
            line.Append(CultureInfo.InvariantCulture, $", attempt {run.Attempts}");
        }

        if (run.Execution.Published.Count > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $", published {run.Execution.Published}");
        }

        AppendReason(line, run.Execution.StateInfo);
        return [Named(line), .. Indented(run.Actions.Select(Lines).Concat(run.Workflows.Select(Lines)))];
    }

    private IEnumerable<string> Lines(ActionExecution action)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"action {action.Name}");
        Append(line, action.Input);
        line.Append(CultureInfo.InvariantCulture, $" {action.State.ToWireName()}");
        Append(line, action.Output);
        if (action.State == ExecutionState.Success && !action.Accepted)
        {
            line.Append(", not accepted");
        }

        AppendReason(line, action.StateInfo);
        return [Named(line)];
    }

    private static void Append(StringBuilder line, JsonMap output)
    {
        if (output.Count > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" {output}");
        }
    }

    private static void AppendReason(StringBuilder line, string? reason)
    {
        if (reason is not null)
        {
            line.Append(": ").Append(reason.ReplaceLineEndings(" "));
        }
    }

    private IEnumerable<string> Indented(IEnumerable<IEnumerable<string>> children)
    {
        if (_names is not null)
        {
            children = children.OrderBy(lines => string.Join('\n', lines), StringComparer.Ordinal);
        }

        return children.SelectMany(lines => lines).Select(line => "  " + line);
    }

    private string Named(StringBuilder line)
    {
        var text = line.ToString();
        return _names is null ? text : Id().Replace(text, id => _names.TryGetValue(id.Value, out var name) ? $"({name})" : id.Value);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
