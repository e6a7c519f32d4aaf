using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A comparison, or several in a chain: <c>a &lt; b &lt; c</c> is <c>a &lt; b and b &lt; c</c>.</summary>
internal sealed class ComparisonNode(JinjaNode first, ComparisonPart[] parts) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var left = first.Evaluate(scope);
        foreach (var part in parts)
        {
            scope.Budget.Step();
            var right = part.Operand.Evaluate(scope);
            if (!Holds(part.Kind, left, right, scope.Budget))
            {
                return PythonOperations.False;
            }

            left = right;
        }

        return PythonOperations.True;
    }

    private static bool Holds(ComparisonKind kind, object? left, object? right, EvaluationBudget budget) => kind switch
    {
        ComparisonKind.Equal => JinjaOperators.AreEqual(left, right, budget),
        ComparisonKind.NotEqual => !JinjaOperators.AreEqual(left, right, budget),
        ComparisonKind.In => JinjaOperators.Contains(right, left, budget),
        ComparisonKind.NotIn => !JinjaOperators.Contains(right, left, budget),
        ComparisonKind.Less => JinjaOperators.Compare(left, right, PythonComparison.Less, budget),
        ComparisonKind.LessOrEqual => JinjaOperators.Compare(left, right, PythonComparison.LessOrEqual, budget),
        ComparisonKind.Greater => JinjaOperators.Compare(left, right, PythonComparison.Greater, budget),
        _ => JinjaOperators.Compare(left, right, PythonComparison.GreaterOrEqual, budget),
    };
}

/// <summary>One comparison of a chain.</summary>
internal readonly record struct ComparisonPart(ComparisonKind Kind, JinjaNode Operand);
