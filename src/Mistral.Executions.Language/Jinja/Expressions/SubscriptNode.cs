using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value[index]</c>.</summary>
internal sealed class SubscriptNode(JinjaNode owner, JinjaNode index) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var value = owner.Evaluate(scope);
        var place = index.Evaluate(scope);
        if (place is not JinjaSlice slice)
        {
            return JinjaMembers.Item(value, place, scope);
        }

        // What has no parts is an error at once, where what has no such item is undefined.
        JinjaOperators.RequireDefined(value);
        return slice.Of(value, scope.Budget);
    }
}
