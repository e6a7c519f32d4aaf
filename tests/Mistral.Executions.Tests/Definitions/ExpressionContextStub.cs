namespace Mistral.Executions.Tests.Definitions;

/// <summary>A context over a JSON object of variables and one of tasks.</summary>
internal sealed class ExpressionContextStub(JsonMap? variables = null, JsonMap? tasks = null) : IExpressionContext
{
    private readonly JsonMap _variables = variables ?? JsonMap.Empty;
    private readonly JsonMap _tasks = tasks ?? JsonMap.Empty;

    public IEnumerable<string> VariableNames => _variables.Keys;

    public DateTimeOffset Now => new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public JsonData Environment => JsonData.EmptyObject;

    public bool TryGetVariable(string name, out JsonData value) => _variables.TryGetValue(name, out value);

    public JsonData Task(string? name) => _tasks.TryGetValue(name ?? "", out var task) ? task : default;

    public JsonData Execution() => JsonData.EmptyObject;

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) => JsonData.EmptyArray;

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) => JsonData.EmptyArray;

    public JsonData Globals() => JsonData.EmptyObject;

    public Guid NewId() => Guid.Empty;
}
