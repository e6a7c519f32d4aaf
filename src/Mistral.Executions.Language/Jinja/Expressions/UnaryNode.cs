using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>-x</c> and <c>+x</c>.</summary>
internal sealed class UnaryNode(JinjaNode operand, JinjaUnaryOperator operation) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        return operation(operand.Evaluate(scope), scope.Budget);
    }
}
