namespace Mistral.Executions.Diagrams;

/// <summary>
/// The graph of a definition, with what became of it. All runs of one task at one place are one node, so a diagram is as
/// large as its definitions, however long the execution is.
/// </summary>
internal sealed class ExecutionGraph
{
    private static readonly ExecutionState[] MostTelling =
    [
        ExecutionState.Running, ExecutionState.RunningDelayed, ExecutionState.Paused, ExecutionState.Waiting, ExecutionState.Idle,
        ExecutionState.Error, ExecutionState.Cancelled, ExecutionState.Skipped, ExecutionState.Success,
    ];

    private readonly DiagramIds _ids = new();
    private readonly IReadOnlyDictionary<string, WorkflowDefinition> _definitions;
    private readonly ILookup<string, TaskExecution> _tasks;
    private readonly ILookup<string, WorkflowExecution> _nested;

    private ExecutionGraph(ExecutionDiagram diagram)
    {
        _definitions = diagram.Definitions;
        _tasks = diagram.Tasks.ToLookup(t => t.WorkflowExecutionId, StringComparer.Ordinal);
        _nested = diagram.Workflows.Where(w => w.TaskExecutionId is not null).ToLookup(w => w.TaskExecutionId!, StringComparer.Ordinal);
    }

    public static DiagramGroup Of(ExecutionDiagram diagram) => new ExecutionGraph(diagram).Draw([diagram.Workflow]);

    /// <summary>Draws workflow executions of one definition at one place.</summary>
    private DiagramGroup Draw(IReadOnlyList<WorkflowExecution> executions)
    {
        var definition = _definitions[executions[0].DefinitionHash];
        var id = _ids.Group();
        var runs = executions.SelectMany(w => _tasks[w.Id]).ToLookup(t => t.Name, StringComparer.Ordinal);
        var nodes = new Dictionary<string, DiagramNode>(StringComparer.Ordinal);
        var edges = new List<DiagramEdge>();
        var groups = new List<DiagramGroup>();
        foreach (var task in definition.Tasks)
        {
            var node = Draw(task, [.. runs[task.Name].OrderBy(t => t.Ordinal)]);
            nodes[task.Name] = node;
            foreach (var nested in runs[task.Name].SelectMany(t => _nested[t.Id]).GroupBy(w => w.DefinitionHash, StringComparer.Ordinal))
            {
                var group = Draw([.. nested]);
                groups.Add(group);
                edges.Add(new(node.Id, group.Id, "", false, DiagramWay.Nested));
            }
        }

        foreach (var (from, to, kind, isGuarded, label) in DefinitionGraph.Ways(definition))
        {
            var isCommand = EngineCommands.Contains(to);
            var taken = kind is null ? (runs[from].Any(t => t.State == ExecutionState.Success) && runs[to].Any() ? 1 : 0)
                : isCommand ? (isGuarded ? 0 : runs[from].Count(t => Follows(t.State, kind.Value)))
                : runs[from].Sum(t => t.NextTasks?.Count(n => n.Name == to && n.Event == kind) ?? 0);
            if (isCommand && (!nodes.TryGetValue(to, out var command) || (taken > 0 && command.Look == DiagramLook.NotReached)))
            {
                nodes[to] = new(command?.Id ?? _ids.Node(), [to], DiagramShape.Command, taken > 0 ? DiagramLook.Plain : DiagramLook.NotReached);
            }

            var counted = taken > 1 ? string.Join(" ", new[] { label, $"×{taken}" }.Where(t => t.Length > 0)) : label;
            edges.Add(new(nodes[from].Id, nodes[to].Id, counted, kind == RouteKind.OnError, taken > 0 ? DiagramWay.Taken : DiagramWay.NotTaken));
        }

        return new(id, Title(definition.Name, executions), DiagramLook.Of(Telling(executions.Select(w => w.State))), [.. nodes.Values], edges, groups);
    }

    private DiagramNode Draw(TaskDefinition task, IReadOnlyList<TaskExecution> runs)
    {
        var lines = new List<string>(DefinitionGraph.Describe(task));
        if (runs.Count == 0)
        {
            return new(_ids.Node(), lines, DefinitionGraph.ShapeOf(task), DiagramLook.NotReached);
        }

        lines.Add(runs.Count == 1
            ? runs[0].State.ToWireName() + (runs[0] is { State: ExecutionState.Error, ErrorHandled: true } ? " (handled)" : "")
            : CountStates(runs.Select(t => t.State)));
        if (runs.Any(t => t.Items is not null))
        {
            lines.Add(CountItems([.. runs.Select(t => t.Items).OfType<ItemProgress>()]));
        }

        var retries = runs.Sum(t => t.RetryNumber);
        if (retries > 0)
        {
            lines.Add(retries == 1 ? "1 retry" : $"{retries} retries");
        }

        // Of a task that ran several times, what counts is how it ended last.
        var last = runs.GroupBy(t => t.WorkflowExecutionId, StringComparer.Ordinal).Select(g => g.Last().State);
        return new(_ids.Node(), lines, DefinitionGraph.ShapeOf(task), DiagramLook.Of(Telling(last)));
    }

    private static string Title(string name, IReadOnlyList<WorkflowExecution> executions) => executions.Count == 1
        ? $"{name}: {executions[0].State.ToWireName()}"
        : $"{name}: {CountStates(executions.Select(w => w.State))}";

    private static string CountStates(IEnumerable<ExecutionState> states) =>
        string.Join(", ", states.CountBy(s => s).OrderBy(s => Array.IndexOf(MostTelling, s.Key)).Select(s => $"{s.Value} × {s.Key.ToWireName()}"));

    private static string CountItems(IReadOnlyList<ItemProgress> items)
    {
        var parts = new[] { (items.Sum(i => i.Running), "running"), (items.Sum(i => i.Failed), "failed"), (items.Sum(i => i.Cancelled), "cancelled") };
        var others = string.Concat(parts.Where(p => p.Item1 > 0).Select(p => $", {p.Item1} {p.Item2}"));
        return $"{items.Sum(i => i.Succeeded)} of {items.Sum(i => i.Count)} items{others}";
    }

    private static ExecutionState Telling(IEnumerable<ExecutionState> states) => states.MinBy(s => Array.IndexOf(MostTelling, s));

    private static bool Follows(ExecutionState state, RouteKind kind) => kind switch
    {
        RouteKind.OnSuccess => state == ExecutionState.Success,
        RouteKind.OnError => state == ExecutionState.Error,
        RouteKind.OnSkip => state == ExecutionState.Skipped,
        _ => state is ExecutionState.Success or ExecutionState.Error,
    };
}
