namespace Mistral.Executions.Language.Jinja;

/// <summary>A name: a variable of the text itself, else one that every text has, else undefined.</summary>
internal sealed class NameNode(string name) : JinjaNode
{
    private readonly bool _isData = name == "_";

    internal string Name => name;

    /// <summary>Whether this is <c>_</c>, the data.</summary>
    internal bool IsData => _isData;

    internal override object? Evaluate(JinjaScope scope)
    {
        if (scope.TryGet(name, out var value))
        {
            return value;
        }

        return _isData ? scope.Evaluation.Data : JinjaGlobals.Resolve(name, scope);
    }
}
