namespace Mistral.Executions.Language.Tests;

/// <summary>Variables from a JSON text, and answers of the functions that look at executions.</summary>
internal sealed class TestVariables(JsonData data) : IExpressionContext
{
    internal TestVariables(string json)
        : this(JsonData.Parse(json))
    {
    }

    /// <summary>The names that were looked up, in order.</summary>
    internal List<string> Asked { get; } = [];

    /// <summary>What is thrown by the functions that look at executions.</summary>
    internal Exception? Failure { get; init; }

    public IEnumerable<string> VariableNames => data.AsObject().Keys;

    public DateTimeOffset Now { get; init; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public JsonData Environment { get; init; } = JsonData.EmptyObject;

    public bool TryGetVariable(string name, out JsonData value)
    {
        Asked.Add(name);
        return data.AsObject().TryGetValue(name, out value);
    }

    public JsonData Execution() => Answer(JsonMap.Create(("id", "execution-1")));

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) =>
        Answer(JsonList.Create((JsonData)JsonList.Create(id, rootExecutionId, state, fromTime, toTime)));

    public JsonData Task(string? name) => Answer(JsonMap.Create(("name", name ?? "current"), ("result", 7)));

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) =>
        Answer(JsonList.Create((JsonData)JsonList.Create(workflowExecutionId, recursive, state, flat)));

    public JsonData Globals() => Answer(JsonMap.Create(("region", "north")));

    public Guid NewId() => new("01234567-89ab-7cde-8f01-23456789abcd");

    private JsonData Answer(JsonData answer) => Failure is null ? answer : throw Failure;
}
