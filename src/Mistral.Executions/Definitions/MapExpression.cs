namespace Mistral.Executions;

/// <summary>An object whose members are expressions, evaluated one by one.</summary>
internal sealed class MapExpression : IExpression, INamedMembers
{
    private readonly KeyValuePair<string, IExpression>[] _members;

    public MapExpression(IEnumerable<KeyValuePair<string, IExpression>> members) => _members = [.. members];

    public string Text => $"{{{string.Join(", ", _members.Select(m => $"{m.Key}: {m.Value.Text}"))}}}";

    public IEnumerable<string> Names => _members.Select(static m => m.Key);

    public JsonData Evaluate(IExpressionContext context)
    {
        var values = new List<KeyValuePair<string, JsonData>>(_members.Length);
        foreach (var (name, expression) in _members)
        {
            values.Add(new(name, expression.Evaluate(context)));
        }

        return JsonMap.FromMembers(values);
    }
}
