using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value[index]</c>.</summary>
internal sealed class SubscriptNode(JinjaNode owner, JinjaNode index) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var value = owner.Evaluate(scope);
        return JinjaMembers.Item(value, index.Evaluate(scope), scope);
    }
}
