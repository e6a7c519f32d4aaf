using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Equality, and the order of values of one type; null comes before everything else.</summary>
internal static class ComparisonFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("*equal", [("left", Any), ("right", Any)], static (s, left, right) =>
            PythonOperations.Box(PythonOperations.AreEqual(left, right, s.Budget)));
        to.Function("*not_equal", [("left", Any), ("right", Any)], static (s, left, right) =>
            PythonOperations.Box(!PythonOperations.AreEqual(left, right, s.Budget)));
        DeclareOrder(to, "#operator_<", PythonComparison.Less, ("dt1", "dt2"), ("ts1", "ts2"));
        DeclareOrder(to, "#operator_<=", PythonComparison.LessOrEqual, ("dt1", "dt2"), ("ts1", "ts2"));
        DeclareOrder(to, "#operator_>", PythonComparison.Greater, ("dt1", "dt2"), ("ts1", "ts2"));
        DeclareOrder(to, "#operator_>=", PythonComparison.GreaterOrEqual, ("dt1", "dt2"), ("ts1", "ts2"));
    }

    private static void DeclareOrder(
        YaqlDeclarations to, string name, PythonComparison comparison, (string Left, string Right) times, (string Left, string Right) spans)
    {
        var isGreater = comparison is PythonComparison.Greater or PythonComparison.GreaterOrEqual;
        var isOrEqual = comparison is PythonComparison.LessOrEqual or PythonComparison.GreaterOrEqual;
        object? Compare(YaqlScope scope, object? left, object? right) =>
            PythonOperations.Box(PythonOperations.Compare(left, right, comparison, scope.Budget));

        to.Function(name, [("left", NotNone), ("right", None)], (_, _, _) => PythonOperations.Box(isGreater));
        to.Function(name, [("left", None), ("right", NotNone)], (_, _, _) => PythonOperations.Box(!isGreater));
        to.Function(name, [("left", None), ("right", None)], (_, _, _) => PythonOperations.Box(isOrEqual));
        to.Function(name, [("left", Number), ("right", Number)], Compare);
        to.Function(name, [("left", Text), ("right", Text)], Compare);
        to.Function(name, [("left", Set), ("right", Set)], Compare);
        to.Function(name, [(times.Left, Moment), (times.Right, Moment)], Compare);
        to.Function(name, [(spans.Left, Duration), (spans.Right, Duration)], Compare);
    }
}
