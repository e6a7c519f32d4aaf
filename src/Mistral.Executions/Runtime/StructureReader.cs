namespace Mistral.Executions.Runtime;

/// <summary>
/// Makes a definition of the structure that a store keeps of one made in C#: the right graph, without the bodies of its
/// delegates. It serves to load a tree whose definition the host no longer registers, so that it can be paused and stopped.
/// </summary>
internal static class StructureReader
{
    private static readonly DelegateExpression Missing = new("not registered here", static _ => throw new InvalidOperationException("The host no longer registers the definition."));

    public static WorkflowDefinition Read(StoredDefinition stored)
    {
        var structure = JsonData.Parse(stored.Text);
        return WorkflowDefinition.Create(new()
        {
            Name = stored.Name,
            Namespace = stored.Namespace,
            Type = structure["type"] == "reverse" ? WorkflowType.Reverse : WorkflowType.Direct,
            Source = new(stored.Format, stored.Text),
            Tasks = [.. structure["tasks"].AsArray().Select(ReadTask)],
        });
    }

    private static TaskDefinition ReadTask(JsonData task) => new()
    {
        Name = task["name"].AsString(),
        Action = ReadExpression(task["action"]),
        Workflow = ReadExpression(task["workflow"]),
        WithItems = [.. Elements(task["with-items"]).Select(i => new ItemSource(i.AsString(), Missing))],
        Join = ReadJoin(task["join"]),
        Requires = [.. Elements(task["requires"]).Select(r => r.AsString())],
        OnSuccess = ReadRoutes(task["on-success"]),
        OnError = ReadRoutes(task["on-error"]),
        OnComplete = ReadRoutes(task["on-complete"]),
        OnSkip = ReadRoutes(task["on-skip"]),
    };

    private static IExpression? ReadExpression(JsonData expression) =>
        expression.IsNull ? null
        : expression.Kind == JsonKind.String && expression.AsString() != DelegateExpression.Placeholder ? new KnownName(expression.AsString())
        : Missing;

    private static JoinCondition? ReadJoin(JsonData join) => join.Kind switch
    {
        JsonKind.Integer => new((int)join.AsInteger()),
        JsonKind.String => JoinCondition.All,
        _ => null,
    };

    private static List<RouteDefinition> ReadRoutes(JsonData routes) => [.. Elements(routes).Select(ReadRoute)];

    // A route with a guard stands as an object with its target as the only name.
    private static RouteDefinition ReadRoute(JsonData route) => route.Kind == JsonKind.Object
        ? new(route.AsObject().Keys.First()) { Guard = Missing }
        : new(route.AsString());

    private static JsonList Elements(JsonData list) => list.Kind == JsonKind.Array ? list.AsArray() : JsonList.Empty;

    /// <summary>A name that can be shown; nothing runs by it.</summary>
    private sealed class KnownName(string name) : IExpression
    {
        public string Text => name;

        public JsonData Evaluate(IExpressionContext context) => Missing.Evaluate(context);
    }
}
