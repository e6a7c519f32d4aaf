using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>Holds the executions of an engine against the snapshot of the real one.</summary>
internal sealed partial class SnapshotComparer(JsonElement final, StructuralNames names, Func<TaskExecution, Task<JsonData>> resultOf)
{
    private readonly List<string> _differences = [];

    public async Task<IReadOnlyList<string>> CompareAsync()
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workflow in final.GetProperty("workflow_executions").EnumerateArray())
        {
            if (Find<WorkflowExecution>(workflow, expected) is { } ours)
            {
                State(workflow, ours);
                Value(workflow, "output", ours.Output);
            }
        }

        foreach (var task in final.GetProperty("task_executions").EnumerateArray())
        {
            if (Find<TaskExecution>(task, expected) is { } ours)
            {
                State(task, ours);
                if (ours.Published.Count > 0 || !task.Data("published").IsNull)
                {
                    Value(task, "published", ours.Published);
                }

                Value(task, "result", await resultOf(ours));
                Flag(task, "processed", ours.Processed);
                Flag(task, "error_handled", ours.ErrorHandled);
            }
        }

        foreach (var action in final.GetProperty("action_executions").EnumerateArray())
        {
            if (Find<ActionExecution>(action, expected) is { } ours)
            {
                State(action, ours);
                Value(action, "input", ours.Input);
                if (ours.Output.Count > 0 || !action.Data("output").IsNull)
                {
                    Value(action, "output", ours.Output);
                }

                Flag(action, "accepted", ours.Accepted);
            }
        }

        foreach (var surplus in names.All.Keys.Where(n => !expected.Contains(n)).Order(StringComparer.Ordinal))
        {
            _differences.Add($"{surplus}: {names[surplus].State.ToWireName()}, but the real engine has no such execution");
        }

        return _differences;
    }

    private T? Find<T>(JsonElement theirs, HashSet<string> expected)
        where T : class, IExecution
    {
        var name = theirs.Text("id")!;
        expected.Add(name);
        if (names.Contains(name))
        {
            return (T)names[name];
        }

        _differences.Add($"{name}: missing, {theirs.Text("state")} in the real engine");
        return null;
    }

    private void State(JsonElement theirs, IExecution ours)
    {
        var name = theirs.Text("id");
        if (!ExecutionStates.TryParse(theirs.Text("state"), out var state) || state != ours.State)
        {
            _differences.Add($"{name}: {ours.State.ToWireName()}, but {theirs.Text("state")} in the real engine{(ours.StateInfo is null ? "" : $"; ours says: {ours.StateInfo}")}");
        }

        // An action's own error stands in its output; ours does not repeat it as its state info.
        if (ours is ActionExecution)
        {
            return;
        }

        var info = theirs.Text("state_info");
        if (info is null != ours.StateInfo is null)
        {
            _differences.Add($"{name}: state_info {ours.StateInfo ?? "null"}, but {info ?? "null"} in the real engine");
        }
        else if (info is not null && !Same(info, names.Rename(ours.StateInfo!)))
        {
            _differences.Add($"{name}: state_info {ours.StateInfo}, but {info} in the real engine");
        }
    }

    private void Flag(JsonElement theirs, string property, bool ours)
    {
        if (theirs.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False && value.GetBoolean() != ours)
        {
            _differences.Add($"{theirs.Text("id")}: {property} {ours}, but {value.GetBoolean()} in the real engine");
        }
    }

    private void Value(JsonElement theirs, string property, JsonData ours)
    {
        var expected = theirs.Data(property);
        if (!Same(expected, ours))
        {
            _differences.Add($"{theirs.Text("id")}: {property} {names.Rename(ours.ToString())}, but {expected} in the real engine");
        }
    }

    private bool Same(JsonData theirs, JsonData ours)
    {
        switch (theirs.Kind)
        {
            case JsonKind.Object when ours.Kind == JsonKind.Object:
                var (left, right) = (theirs.AsObject(), ours.AsObject());
                return left.Count == right.Count && left.All(m => right.TryGetValue(m.Key, out var value) && Same(m.Value, value));
            case JsonKind.Array when ours.Kind == JsonKind.Array:
                var (one, other) = (theirs.AsArray(), ours.AsArray());
                return one.Count == other.Count && one.Zip(other).All(p => Same(p.First, p.Second));
            case JsonKind.String when ours.Kind == JsonKind.String:
                return Same(theirs.AsString(), names.Rename(ours.AsString()));
            default:
                return theirs == ours;
        }
    }

    /// <summary>
    /// Texts that a user wrote are the same; a text of the real engine's own stands for one of ours that says something;
    /// ids, times and the like differ by nature.
    /// </summary>
    private bool Same(string theirs, string ours)
    {
        if (theirs == ours || (EngineText().IsMatch(theirs) && ours.Length > 0) || IsSameJson(theirs, ours))
        {
            return true;
        }

        var placeholders = Placeholder().Split(theirs);
        return placeholders.Length > 1
            && Regex.IsMatch(ours, $"^{string.Join(".*", placeholders.Select(Regex.Escape))}$", RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    // Python writes JSON with spaces.
    private bool IsSameJson(string theirs, string ours)
    {
        try
        {
            return theirs.StartsWith('{') && Same(JsonData.Parse(theirs), JsonData.Parse(ours));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"<uuid>|<time>|<path>|0x\?")]
    private static partial Regex Placeholder();

    // The beginnings of what Mistral itself writes into state_info, and of what Python writes into an error.
    [GeneratedRegex(
        @"^(Failed to |Failure caused by error in tasks|Failed by |Can not evaluate |Cancelled tasks: |Cancelled subworkflow|Failed subworkflow|One or more actions |"
        + @"Task timed out|Task is waiting|Task was skipped|Delayed by |Set by |Blocked by tasks|Invalid |Wrong |Unexpected |The action raised an exception|"
        + @"The value of the field|Failed by tasks|\{'|\[|\n|.*Failed to evaluate expression in output-on-error|Heartbeat|Expected )")]
    private static partial Regex EngineText();
}
