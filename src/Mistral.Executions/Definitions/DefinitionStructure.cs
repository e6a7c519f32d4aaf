namespace Mistral.Executions;

/// <summary>The structure of a workflow made in C# as data: names, routes and joins, without the bodies of delegates.</summary>
internal static class DefinitionStructure
{
    public const string Format = "structure";

    /// <summary>The structure in place of a text.</summary>
    public static DefinitionSource SourceOf(WorkflowContent content) => new(Format, Describe(content).ToString());

    /// <summary>
    /// Everything that decides which tasks an execution has. A delegate stands as its kind only, and policies and defaults
    /// of the input can be changed: two builds of a host have the same structure when their graphs agree.
    /// </summary>
    public static JsonMap Describe(WorkflowContent content) => JsonMap.Create(
        ("name", content.Name),
        ("namespace", content.Namespace),
        ("type", content.Type == WorkflowType.Direct ? "direct" : "reverse"),
        ("input", Names(content.Input.Select(p => p.Name))),
        ("tasks", JsonList.Create(content.Tasks.Select(t => (JsonData)Describe(t)))));

    /// <summary>A task in the words of the language, without what it does not say.</summary>
    public static JsonMap Describe(TaskDefinition task)
    {
        var members = new List<KeyValuePair<string, JsonData>> { new("name", task.Name) };
        Add("action", Describe(task.Action));
        Add("workflow", Describe(task.Workflow));
        Add("with-items", Names(task.WithItems.Select(i => i.Name)));
        Add("join", task.Join is { } join ? join.Count ?? (JsonData)"all" : default);
        Add("requires", Names(task.Requires));
        Add("on-success", Describe(task.OnSuccess));
        Add("on-error", Describe(task.OnError));
        Add("on-complete", Describe(task.OnComplete));
        Add("on-skip", Describe(task.OnSkip));
        return JsonMap.Create(members);

        void Add(string name, JsonData value)
        {
            if (value != default && value != JsonData.EmptyArray)
            {
                members.Add(new(name, value));
            }
        }
    }

    private static JsonData Describe(IExpression? expression) => expression switch
    {
        null => default,
        DelegateExpression => DelegateExpression.Placeholder,
        ConstantExpression constant => constant.Value,
        _ => expression.Text,
    };

    private static JsonList Describe(IReadOnlyList<RouteDefinition> routes) =>
        JsonList.Create(routes.Select(r => r.Guard is null ? (JsonData)r.Target : JsonMap.Create((r.Target, Describe(r.Guard)))));

    private static JsonList Names(IEnumerable<string> names) => JsonList.Create(names.Select(n => (JsonData)n));
}
