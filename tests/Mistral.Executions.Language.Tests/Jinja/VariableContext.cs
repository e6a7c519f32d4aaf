namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Variables, and an execution whose facts are fixed.</summary>
internal sealed class VariableContext(JsonMap variables) : IExpressionContext
{
    public List<string> Asked { get; } = [];

    public IEnumerable<string> VariableNames => variables.Keys;

    public DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public JsonData Environment { get; } = JsonData.Parse("""{"host": "vm1"}""");

    public bool TryGetVariable(string name, out JsonData value)
    {
        Asked.Add(name);
        return variables.TryGetValue(name, out value);
    }

    public JsonData Execution() => JsonData.Parse("""{"id": "e1", "name": "wf"}""");

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) =>
        JsonList.Create($"{id}/{state}");

    public JsonData Task(string? name) => JsonMap.Create(("name", name ?? "this"));

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) =>
        JsonList.Create($"{workflowExecutionId}/{recursive}/{state}/{flat}");

    public JsonData Globals() => JsonData.Parse("""{"g": 7}""");

    public Guid NewId() => new("00000000-0000-0000-0000-000000000001");
}
