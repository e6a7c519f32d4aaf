namespace Mistral.Executions.Conformance.Expressions;

/// <summary>The data of a case as what an expression may look at. There are no executions around it.</summary>
internal sealed class CaseContext(JsonData data) : IExpressionContext
{
    public IEnumerable<string> VariableNames => data.Kind == JsonKind.Object ? data.AsObject().Keys : [];

    public DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public JsonData Environment => data["__env"];

    public bool TryGetVariable(string name, out JsonData value)
    {
        value = data[name];
        return data.Kind == JsonKind.Object && data.AsObject().ContainsKey(name);
    }

    public JsonData Execution() => throw Absent("execution");

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) =>
        throw Absent("executions");

    public JsonData Task(string? name) => throw Absent("task");

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) => throw Absent("tasks");

    public JsonData Globals() => throw Absent("global");

    public Guid NewId() => Guid.NewGuid();

    private static ExpressionException Absent(string function) => new(function, "there is no execution around the expression");
}
