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
                : isCommand ? runs[from].Count(t => Follows(t.State, kind.Value))
                : runs[from].Sum(t => t.NextTasks?.Count(n => n.Name == to && n.Event == kind) ?? 0);
            var way = taken == 0 || (isCommand && isGuarded && !CanHaveCome(to, executions)) ? DiagramWay.NotTaken
                : isCommand && isGuarded ? DiagramWay.Unknown
                : DiagramWay.Taken;
            if (isCommand && (!nodes.TryGetValue(to, out var command) || (way != DiagramWay.NotTaken && command.Look == DiagramLook.NotReached)))
            {
                nodes[to] = new(command?.Id ?? _ids.Node(), [to], DiagramShape.Command, way == DiagramWay.NotTaken ? DiagramLook.NotReached : DiagramLook.Plain);
            }

            var counted = taken > 1 && way == DiagramWay.Taken ? string.Join(" ", new[] { label, $"×{taken}" }.Where(t => t.Length > 0)) : label;
            edges.Add(new(nodes[from].Id, nodes[to].Id, counted, kind == RouteKind.OnError, way));
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

    /// <summary>Whether the workflow executions can have come to a command, as they are now.</summary>
    private static bool CanHaveCome(string command, IReadOnlyList<WorkflowExecution> executions) => command switch
    {
        EngineCommands.Fail => executions.Any(w => w.State == ExecutionState.Error),
        EngineCommands.Succeed => executions.Any(w => w.State == ExecutionState.Success),
        _ => true,
    };

    private static bool Follows(ExecutionState state, RouteKind kind) => kind switch
    {
        RouteKind.OnSuccess => state == ExecutionState.Success,
        RouteKind.OnError => state == ExecutionState.Error,
        RouteKind.OnSkip => state == ExecutionState.Skipped,
        _ => state is ExecutionState.Success or ExecutionState.Error,
    };
}
