using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A function of the language as a value.</summary>
/// <param name="function">The function.</param>
/// <param name="typeName">The name of its Python type.</param>
internal sealed class FunctionValue(JinjaFunction function, string typeName) : JinjaCallable
{
    internal override string TypeName => typeName;

    internal override string Represent(EvaluationBudget budget) => $"<{typeName} '{function.Name}'>";

    internal override object? Call(JinjaScope scope, JinjaArguments arguments) => function.Call(scope, arguments);
}
