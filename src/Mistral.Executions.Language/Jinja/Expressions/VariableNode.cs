namespace Mistral.Executions.Language.Jinja;

/// <summary><c>_.name</c>, where no attribute of dicts has that name: looked up without making the whole of <c>_</c>.</summary>
internal sealed class VariableNode(string name) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        if (scope.TryGet("_", out var other))
        {
            return JinjaMembers.Attribute(other, name, scope);
        }

        return scope.Evaluation.TryGetVariable(name, out var value)
            ? value
            : JinjaMembers.Attribute(scope.Evaluation.Data, name, scope);
    }
}
