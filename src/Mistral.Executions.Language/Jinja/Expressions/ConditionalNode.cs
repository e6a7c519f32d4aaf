using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value if test else otherwise</c>.</summary>
internal sealed class ConditionalNode(JinjaNode test, JinjaNode value, JinjaNode? otherwise) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        if (PythonOperations.IsTrue(test.Evaluate(scope)))
        {
            return value.Evaluate(scope);
        }

        return otherwise is null
            ? JinjaUndefined.Lenient("the condition of an inline 'if' is false, and it has no 'else'")
            : otherwise.Evaluate(scope);
    }
}
