namespace Mistral.Executions;

/// <summary>Names with their expressions, in the order in which they were given; of one name the last counts.</summary>
internal sealed class NamedExpressions
{
    private readonly OrderedDictionary<string, IExpression> _members = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _members.Keys];

    public void Add(string name, IExpression expression)
    {
        ArgumentNullException.ThrowIfNull(name);
        _members[name] = expression;
    }

    /// <summary>These with all of another, which win.</summary>
    public NamedExpressions With(NamedExpressions other)
    {
        var all = new NamedExpressions();
        foreach (var (name, expression) in _members.Concat(other._members))
        {
            all.Add(name, expression);
        }

        return all;
    }

    /// <summary>An expression that gives an object of all members; <see langword="null"/> when there are none.</summary>
    public IExpression? ToExpression() => _members.Count == 0 ? null : new MapExpression(_members);
}
