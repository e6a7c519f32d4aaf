namespace Mistral.Executions;

/// <summary>The structure of a workflow as a text: names, routes, joins and policies, without the bodies of C# delegates.</summary>
internal static class DefinitionStructure
{
    public const string Format = "structure";

    public static string HashOf(WorkflowContent content) => new DefinitionSource(Format, Describe(content).ToString()).Hash;

    /// <summary>
    /// Everything that decides which rows an execution has. A delegate stands as its kind only: two builds of a host have
    /// the same structure when their graphs agree.
    /// </summary>
    public static JsonMap Describe(WorkflowContent content) => JsonMap.Create(
        ("name", content.Name),
        ("namespace", content.Namespace),
        ("type", content.Type.ToString()),
        ("input", JsonList.Create(content.Input.Select(p => (JsonData)JsonMap.Create(("name", p.Name), ("default", p.Default ?? default), ("required", p.Default is null))))),
        ("tasks", JsonList.Create(content.Tasks.Select(t => (JsonData)Describe(t)))));

    private static JsonMap Describe(TaskDefinition task) => JsonMap.Create(
        ("name", task.Name),
        ("action", Describe(task.Action)),
        ("workflow", Describe(task.Workflow)),
        ("items", JsonList.Create(task.WithItems.Select(i => (JsonData)i.Name))),
        ("join", task.Join is { } join ? join.Count ?? (JsonData)"all" : default),
        ("requires", JsonList.Create(task.Requires.Select(r => (JsonData)r))),
        ("on-success", Describe(task.OnSuccess)),
        ("on-error", Describe(task.OnError)),
        ("on-complete", Describe(task.OnComplete)),
        ("on-skip", Describe(task.OnSkip)));

    private static JsonData Describe(IExpression? expression) => expression switch
    {
        null => default,
        ConstantExpression constant => constant.Value,
        _ => expression.Text,
    };

    private static JsonList Describe(IReadOnlyList<RouteDefinition> routes) =>
        JsonList.Create(routes.Select(r => (JsonData)JsonMap.Create(("to", r.Target), ("guarded", r.Guard is not null))));
}
