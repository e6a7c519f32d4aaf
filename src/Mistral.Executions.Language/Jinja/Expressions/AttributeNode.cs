using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value.name</c>.</summary>
internal sealed class AttributeNode : JinjaNode
{
    private readonly JinjaNode _owner;
    private readonly string _name;
    private readonly bool _isKeyOnly;

    private AttributeNode(JinjaNode owner, string name) =>
        (_owner, _name, _isKeyOnly) = (owner, name, !JinjaMembers.IsDictionaryAttribute(name));

    internal static JinjaNode Create(JinjaNode owner, string name) =>
        owner is NameNode { IsData: true } && !JinjaMembers.IsDictionaryAttribute(name)
            ? new VariableNode(name)
            : new AttributeNode(owner, name);

    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var owner = _owner.Evaluate(scope);
        return _isKeyOnly && owner is PythonDictionary dictionary && dictionary.TryGet(_name, out var value, scope.Budget)
            ? value
            : JinjaMembers.Attribute(owner, _name, scope);
    }
}
