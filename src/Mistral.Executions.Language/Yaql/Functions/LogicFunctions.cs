using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using Mistral.Executions.Language.Yaql.Syntax;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Boolean operators and branching.</summary>
internal static class LogicFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("#operator_and", [("left", Lambda), ("right", Lambda)], static (_, left, right) =>
            Called(left) is var value && PythonOperations.IsTrue(value) ? Called(right) : value);
        to.Function("#operator_or", [("left", Lambda), ("right", Lambda)], static (_, left, right) =>
            Called(left) is var value && PythonOperations.IsTrue(value) ? value : Called(right));
        to.Function("#unary_operator_not", [("arg", Any)], static (_, value) => PythonOperations.Box(!PythonOperations.IsTrue(value)));
        to.Function("bool", [("value", Any)], static (_, value) => PythonOperations.Box(PythonOperations.IsTrue(value)));
        to.Function("isBoolean", [("value", Any)], static (_, value) => PythonOperations.Box(value is bool));
        to.Function("switch", [], Switch, rest: Mapping, hasNoNames: true);
        to.Function("selectCase", [], SelectCase, rest: Lambda);
        to.Function(
            "selectAllCases",
            [],
            static (YaqlScope s, object?[] a) => PythonIterator.From(AllCases(a), s.Budget),
            rest: Lambda);
        to.Function("examine", [], static (YaqlScope s, object?[] a) => PythonIterator.From(Examine(a), s.Budget), rest: Lambda);
        to.Method("switchCase", [("case", Integer)], SwitchCase, rest: Lambda);
        to.Function("coalesce", [], Coalesce, rest: Lambda);
    }

    private static object? Called(object? lambda) => ((YaqlLambda)lambda!).Invoke();

    private static object? Switch(YaqlScope scope, object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            var mapping = (YaqlMappingNode)argument!;
            if (PythonOperations.IsTrue(mapping.Source.Evaluate(scope)))
            {
                return mapping.Destination.Evaluate(scope);
            }
        }

        return null;
    }

    private static object SelectCase(YaqlScope scope, object?[] arguments)
    {
        var place = Array.FindIndex(arguments, static a => PythonOperations.IsTrue(Called(a)));
        return PythonOperations.Box(place < 0 ? arguments.Length : place);
    }

    private static IEnumerable<object?> AllCases(object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (PythonOperations.IsTrue(Called(arguments[i])))
            {
                yield return PythonOperations.Box(i);
            }
        }
    }

    private static IEnumerable<object?> Examine(object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            yield return PythonOperations.Box(PythonOperations.IsTrue(Called(argument)));
        }
    }

    private static object? SwitchCase(YaqlScope scope, object?[] arguments)
    {
        var place = PythonOperations.ToBound(arguments[0]!);
        var count = arguments.Length - 1;
        return count == 0 ? null : Called(arguments[place >= 0 && place < count ? place + 1 : count]);
    }

    private static object? Coalesce(YaqlScope scope, object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (Called(argument) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
