using System.Collections.Frozen;

namespace Mistral.Executions;

/// <summary>Which task leads to which, worked out once for each definition.</summary>
internal sealed class WorkflowGraph
{
    private static readonly string[] None = [];

    private readonly FrozenDictionary<string, string[]> _inbound;
    private readonly FrozenDictionary<string, string[]> _outbound;
    private readonly FrozenSet<string> _tracked;
    private readonly FrozenSet<string> _joins;

    public WorkflowGraph(WorkflowContent content)
    {
        var names = content.Tasks.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var outbound = content.Tasks.ToDictionary(
            t => t.Name,
            t => Enum.GetValues<RouteKind>().SelectMany(t.Routes).Select(r => r.Target).Where(names.Contains).Distinct(StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
        var inbound = content.Tasks.ToDictionary(t => t.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var task in content.Tasks)
        {
            foreach (var target in outbound[task.Name])
            {
                inbound[target].Add(task.Name);
            }
        }

        _outbound = outbound.ToFrozenDictionary(StringComparer.Ordinal);
        _inbound = inbound.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
        _joins = content.Tasks.Where(t => t.Join is not null).Select(t => t.Name).ToFrozenSet(StringComparer.Ordinal);
        StartTasks = [.. content.Tasks.Where(t => _inbound[t.Name].Length == 0)];
        _tracked = TasksBeforeJoins(content).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The tasks that nothing leads to, in the order of the definition.</summary>
    public IReadOnlyList<TaskDefinition> StartTasks { get; }

    /// <summary>The tasks whose progress decides whether another can start: joins and all from which one can be reached; in a reverse workflow, all.</summary>
    public IReadOnlySet<string> Tracked => _tracked;

    /// <summary>Whether a task waits for several routes.</summary>
    public bool IsJoin(string name) => _joins.Contains(name);

    /// <summary>The tasks with a route to that one, in the order of the definition.</summary>
    public IReadOnlyList<string> Inbound(string name) => _inbound.GetValueOrDefault(name, None);

    /// <summary>The tasks that one has a route to, each once.</summary>
    public IReadOnlyList<string> Outbound(string name) => _outbound.GetValueOrDefault(name, None);

    private HashSet<string> TasksBeforeJoins(WorkflowContent content)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(content.Tasks.Where(t => t.Join is not null || content.Type == WorkflowType.Reverse).Select(t => t.Name));
        while (open.TryPop(out var name))
        {
            if (found.Add(name))
            {
                foreach (var before in _inbound[name])
                {
                    open.Push(before);
                }
            }
        }

        return found;
    }
}
