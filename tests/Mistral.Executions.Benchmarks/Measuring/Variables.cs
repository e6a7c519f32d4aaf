namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>What an expression sees: variables and nothing else.</summary>
internal sealed class Variables(JsonMap variables) : IExpressionContext
{
    public IEnumerable<string> VariableNames => variables.Keys;

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public JsonData Environment => JsonData.EmptyObject;

    public bool TryGetVariable(string name, out JsonData value) => variables.TryGetValue(name, out value);

    public JsonData Execution() => JsonData.EmptyObject;

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) => JsonData.EmptyArray;

    public JsonData Task(string? name) => JsonData.Null;

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) => JsonData.EmptyArray;

    public JsonData Globals() => JsonData.EmptyObject;

    public Guid NewId() => Guid.Empty;
}
