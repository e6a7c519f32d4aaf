using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Inline;

/// <summary>An object with expressions among its values or inside them; names are no expressions.</summary>
internal sealed class InlineMap : IInlineExpression, INamedMembers
{
    private readonly JsonMap _source;
    private readonly IInlineExpression?[] _members;

    private InlineMap(JsonMap source, IInlineExpression?[] members) => (_source, _members) = (source, members);

    /// <inheritdoc/>
    public string Text => _source.ToString();

    /// <inheritdoc/>
    public IEnumerable<string> Names => _source.Keys;

    /// <summary>The expression; null when all members are constant.</summary>
    internal static InlineMap? TryCompile(JsonMap source)
    {
        var members = source.Values.Select(InlineExpression.TryCompile).ToArray();
        return Array.TrueForAll(members, static m => m is null) ? null : new(source, members);
    }

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context)
    {
        var values = new List<KeyValuePair<string, JsonData>>(_members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            var (name, constant) = _source.Span[i];
            values.Add(new(name, _members[i]?.Evaluate(context) ?? constant));
        }

        return JsonMap.FromMembers(values);
    }

    /// <inheritdoc/>
    public object? EvaluateOver(JsonData data, IExpressionContext context, EvaluationLimits limits)
    {
        var budget = new EvaluationBudget(limits);
        var values = new PythonDictionary(isFrozen: false, budget);
        for (var i = 0; i < _members.Length; i++)
        {
            var (name, constant) = _source.Span[i];
            var value = _members[i] is { } member
                ? member.EvaluateOver(data, context, limits)
                : PythonOperations.ToValue(constant, isFrozen: false);
            values.Set(name, value, budget);
        }

        return values;
    }
}
