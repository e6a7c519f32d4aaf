using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>f(a, b)</c>.</summary>
internal sealed class CallNode(JinjaNode function, ArgumentNodes arguments) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope) => Call(function.Evaluate(scope), arguments.Evaluate(scope), scope);

    /// <summary>Calls with a body of the text as its <c>caller</c>.</summary>
    internal object? EvaluateWithCaller(JinjaScope scope, Macro caller) =>
        Call(function.Evaluate(scope), arguments.Evaluate(scope).WithNamed("caller", caller), scope);

    internal static object? Call(object? value, JinjaArguments arguments, JinjaScope scope)
    {
        JinjaOperators.RequireDefined(value);
        var callable = value as JinjaCallable
            ?? throw PythonErrorException.Type($"'{PythonOperations.TypeName(value)}' object is not callable");
        EvaluationBudget.EnsureStack();
        scope.Budget.Enter();
        var result = callable.Call(scope, arguments);
        scope.Budget.Leave();
        return result;
    }
}
