using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>value is test</c>.</summary>
internal sealed class TestNode(JinjaNode value, string name, JinjaFunction? test, ArgumentNodes arguments) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        EvaluationBudget.EnsureStack();
        var subject = value.Evaluate(scope);
        return test is null
            ? throw new PythonErrorException("TemplateRuntimeError", $"there is no test '{name}'")
            : test.Call(scope, arguments.Evaluate(scope).Prepend(subject));
    }
}
