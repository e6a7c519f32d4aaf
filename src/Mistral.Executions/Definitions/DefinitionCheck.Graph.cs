namespace Mistral.Executions;

internal sealed partial class DefinitionCheck
{
    private static readonly (RouteKind Kind, string Attribute)[] RouteAttributes =
    [
        (RouteKind.OnSuccess, "on-success"),
        (RouteKind.OnError, "on-error"),
        (RouteKind.OnComplete, "on-complete"),
        (RouteKind.OnSkip, "on-skip"),
    ];

    private void CheckRoutes(TaskDefinition task)
    {
        foreach (var (kind, attribute) in RouteAttributes)
        {
            var routes = task.Routes(kind);
            if (routes.Count > 0 && _content.Type == WorkflowType.Reverse)
            {
                Add(task, attribute, $"A reverse workflow has no routes such as '{attribute}': its tasks name those they require.");
                continue;
            }

            for (var i = 0; i < routes.Count; i++)
            {
                var target = routes[i].Target;
                if (!_tasks.ContainsKey(target) && !EngineCommands.Contains(target))
                {
                    Add(task, At(attribute, i), $"'{attribute}' leads to '{target}', which is neither a task nor an engine command{NearestName.Suggest(target, _tasks.Keys)}");
                }
            }
        }
    }

    private void CheckJoin(TaskDefinition task)
    {
        if (task.Join is not { } join)
        {
            return;
        }

        if (_content.Type == WorkflowType.Reverse)
        {
            Add(task, "join", "A reverse workflow has no joins: a task waits for those it requires.");
        }
        else if (join.Count < 1)
        {
            Add(task, "join", $"The join waits for {join.Count} routes; it must be 1 or more, or all.");
        }
        else
        {
            CheckJoinCanBeMet(task, join);
        }
    }

    private void CheckJoinCanBeMet(TaskDefinition task, JoinCondition join)
    {
        var inbound = _graph.Inbound(task.Name);
        if (inbound.Count == 0)
        {
            Add(task, "join", "The join can never be met: no route leads to this task.");
        }
        else if (inbound.Count < join.Count)
        {
            Add(task, "join", $"The join can never be met: it waits for {join.Count} tasks, and routes from only {inbound.Count} lead to it: {List(inbound)}.");
        }
        else if (_graph.StartTasks.Count > 0 && !_reachable.Contains(task.Name))
        {
            var never = inbound.Where(name => !_reachable.Contains(name)).ToArray();
            Add(task, "join", $"The join can never be met: it waits for {List(never)}, which can never run before it.");
        }
    }

    /// <summary>The tasks that run when every route is taken; in a direct workflow, no others ever can.</summary>
    private static HashSet<string> Reachable(WorkflowGraph graph, Dictionary<string, TaskDefinition> tasks)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<string>(graph.StartTasks.Select(t => t.Name));
        while (open.TryPop(out var next))
        {
            if (!reached.Add(next))
            {
                continue;
            }

            foreach (var target in graph.Outbound(next))
            {
                taken[target] = taken.GetValueOrDefault(target) + 1;
                if (tasks[target].Join is not { } join || taken[target] >= (join.Count ?? graph.Inbound(target).Count))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }

    private void CheckRequires(TaskDefinition task)
    {
        if (task.Requires.Count > 0 && _content.Type == WorkflowType.Direct)
        {
            Add(task, "requires", "A direct workflow has no 'requires': routes lead from task to task.");
            return;
        }

        for (var i = 0; i < task.Requires.Count; i++)
        {
            if (!_tasks.ContainsKey(task.Requires[i]))
            {
                Add(task, At("requires", i), $"The task requires '{task.Requires[i]}', which is no task of the workflow{NearestName.Suggest(task.Requires[i], _tasks.Keys)}");
            }
        }
    }

    /// <summary>Reports each cycle of required tasks once. Not recursive: a chain may be long.</summary>
    private void CheckCycles()
    {
        if (_content.Type != WorkflowType.Reverse)
        {
            return;
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in _tasks.Keys)
        {
            var path = new List<string>();
            var onPath = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<(string Name, int Depth)>([(start, 0)]);
            while (open.TryPop(out var next))
            {
                for (var last = path.Count - 1; last >= next.Depth; last--)
                {
                    done.Add(path[last]);
                    onPath.Remove(path[last]);
                    path.RemoveAt(last);
                }

                if (onPath.Contains(next.Name))
                {
                    var cycle = path.Skip(path.IndexOf(next.Name)).Append(next.Name);
                    Add(_tasks[path[^1]], "requires", $"The tasks require each other in a circle, so none of them could run: {string.Join(" → ", cycle)}.");
                }
                else if (!done.Contains(next.Name) && _tasks.TryGetValue(next.Name, out var task))
                {
                    path.Add(next.Name);
                    onPath.Add(next.Name);
                    foreach (var required in task.Requires.Reverse())
                    {
                        open.Push((required, path.Count));
                    }
                }
            }

            done.UnionWith(path);
        }
    }

    private static string List(IReadOnlyCollection<string> names) =>
        names.Count <= 10 ? string.Join(", ", names.Select(n => $"'{n}'")) : $"{string.Join(", ", names.Take(10).Select(n => $"'{n}'"))} and {names.Count - 10} more";
}
