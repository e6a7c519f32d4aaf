using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A method together with the value it belongs to.</summary>
internal sealed class BoundMethod(object? owner, JinjaFunction method) : JinjaCallable
{
    internal override string TypeName => "builtin_function_or_method";

    internal override string Represent(EvaluationBudget budget) =>
        $"<built-in method {method.Name} of {PythonOperations.TypeName(owner)} object>";

    internal override object? Call(JinjaScope scope, JinjaArguments arguments) => method.Call(scope, arguments.Prepend(owner));
}
