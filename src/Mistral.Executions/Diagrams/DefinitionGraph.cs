namespace Mistral.Executions.Diagrams;

/// <summary>The nodes and edges of a definition; an execution only colours and counts them.</summary>
internal static class DefinitionGraph
{
    public static DiagramGroup Of(WorkflowDefinition definition)
    {
        var ids = new DiagramIds();
        var group = ids.Group();
        var nodes = definition.Tasks.ToDictionary(
            t => t.Name, t => new DiagramNode(ids.Node(), Describe(t), ShapeOf(t), DiagramLook.Plain), StringComparer.Ordinal);
        var commands = Commands(definition).ToDictionary(
            c => c, c => new DiagramNode(ids.Node(), [c], DiagramShape.Command, DiagramLook.Plain), StringComparer.Ordinal);
        var edges = Ways(definition).Select(w => new DiagramEdge(
            nodes[w.From].Id,
            (nodes.GetValueOrDefault(w.To) ?? commands[w.To]).Id,
            w.Label,
            w.Kind == RouteKind.OnError,
            DiagramWay.Defined));
        return new(group, definition.Name, DiagramLook.Plain, [.. nodes.Values, .. commands.Values], [.. edges], []);
    }

    /// <summary>What a task does, a line each: its name first.</summary>
    public static IReadOnlyList<string> Describe(TaskDefinition task)
    {
        var lines = new List<string> { task.Name };
        if ((task.Workflow ?? task.Action) is { } runs && runs.Text != task.Name)
        {
            lines.Add(runs.Text);
        }

        if (task.WithItems.Count > 0)
        {
            lines.Add($"for each {string.Join(", ", task.WithItems.Select(i => i.Name))}");
        }

        if (task.Join is { } join)
        {
            lines.Add($"join {join.Count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all"}");
        }

        return lines;
    }

    public static DiagramShape ShapeOf(TaskDefinition task) =>
        task.Join is not null ? DiagramShape.Join : task.Workflow is not null ? DiagramShape.Workflow : DiagramShape.Action;

    /// <summary>The engine commands that routes lead to, each once.</summary>
    public static IEnumerable<string> Commands(WorkflowDefinition definition) =>
        Ways(definition).Select(w => w.To).Where(EngineCommands.Contains).Distinct(StringComparer.Ordinal);

    /// <summary>The routes of a direct workflow, and what requires what in a reverse one. Routes that differ only in their guard are one.</summary>
    public static IEnumerable<(string From, string To, RouteKind? Kind, bool IsGuarded, string Label)> Ways(WorkflowDefinition definition)
    {
        foreach (var task in definition.Tasks)
        {
            foreach (var required in task.Requires)
            {
                yield return (required, task.Name, null, false, "");
            }

            foreach (var kind in Enum.GetValues<RouteKind>())
            {
                foreach (var routes in task.Routes(kind).GroupBy(r => r.Target, StringComparer.Ordinal))
                {
                    yield return (task.Name, routes.Key, kind, routes.All(r => r.Guard is not null), LabelOf(kind, [.. routes]));
                }
            }
        }
    }

    private static string LabelOf(RouteKind kind, IReadOnlyList<RouteDefinition> routes)
    {
        var name = kind switch { RouteKind.OnError => "on-error", RouteKind.OnComplete => "on-complete", RouteKind.OnSkip => "on-skip", _ => "" };
        var guards = routes.Any(r => r.Guard is null)
            ? ""
            : string.Join(" or ", routes.Select(r => r.Guard is DelegateExpression ? "if …" : r.Guard!.Text));
        return string.Join(": ", new[] { name, guards }.Where(t => t.Length > 0));
    }
}
