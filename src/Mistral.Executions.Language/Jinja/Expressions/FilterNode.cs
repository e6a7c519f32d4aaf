using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value|filter(a, b)</c>; one over no value is applied to what a block writes.</summary>
internal sealed class FilterNode(JinjaNode? value, string name, JinjaFunction? filter, ArgumentNodes arguments) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        return Apply(value!.Evaluate(scope), scope);
    }

    internal object? Apply(object? subject, JinjaScope scope)
    {
        if (filter is null)
        {
            throw new PythonErrorException("TemplateRuntimeError", $"there is no filter '{name}'");
        }

        return filter.Call(scope, arguments.Evaluate(scope).Prepend(subject));
    }
}
