using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class AndNode(JinjaNode left, JinjaNode right) : JinjaNode
{
    /// <summary>Whether the left side alone says what the value is.</summary>
    internal bool IsDecided { get; } = left is ConstantNode constant && !PythonOperations.IsTrue(constant.Value);

    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var value = left.Evaluate(scope);
        return PythonOperations.IsTrue(value) ? right.Evaluate(scope) : value;
    }
}
