using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>An operator between two values.</summary>
internal sealed class BinaryNode(JinjaNode left, JinjaNode right, JinjaOperator operation) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        scope.Budget.Step();
        var value = left.Evaluate(scope);
        return operation(value, right.Evaluate(scope), scope.Budget);
    }
}
