using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Sets.</summary>
internal static class SetFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function(
            "set", [], static (YaqlScope s, object?[] a) => PythonSet.From(ListFunctions.Opened(s, a), isFrozen: true, s.Budget), rest: YaqlParameterType.Any);
        to.Method("toSet", [("collection", Iterable)], static (s, items) =>
            PythonSet.From(PythonOperations.Iterate(items, s.Budget), isFrozen: true, s.Budget));
        to.Function("isSet", [("arg", Any)], static (_, value) =>
            PythonOperations.Box(value is PythonSet or PythonDictionaryView { IsSet: true }));
        to.Extension("len", [("set", Set)], static (_, set) => PythonOperations.Box(PythonOperations.TryLength(set)!.Value));
        YaqlParameter[] operands = [("left", Set), ("right", Set)];
        to.Method("union", operands, static (s, left, right) => PythonOperations.Union(Own(left), AnySet(s, right), s.Budget));
        to.Method("intersect", operands, static (s, left, right) => PythonOperations.Intersection(Own(left), AnySet(s, right), s.Budget));
        to.Method("difference", operands, static (s, left, right) => PythonOperations.Difference(Own(left), AnySet(s, right), s.Budget));
        to.Function("#operator_-", operands, static (s, left, right) => PythonOperations.Difference(Own(left), AnySet(s, right), s.Budget));
        to.Method("symmetricDifference", operands, static (s, left, right) =>
            PythonOperations.SymmetricDifference(Own(left), AnySet(s, right), s.Budget));
        to.Method("add", [("set", Set)], static (YaqlScope s, object?[] a) =>
            PythonOperations.Union(Own(a[0]), Rest(s, a), s.Budget), rest: YaqlParameterType.Any);
        to.Method("remove", [("set", Set)], static (YaqlScope s, object?[] a) =>
            PythonOperations.Difference(Own(a[0]), Rest(s, a), s.Budget), rest: YaqlParameterType.Any);
    }

    // The keys and items of a dict count as sets, but have none of a set's methods.
    private static PythonSet Own(object? value) => value as PythonSet
        ?? throw new PythonErrorException("AttributeError", $"{PythonOperations.TypeName(value)} has no methods of a set; use toSet() first");

    private static PythonSet AnySet(YaqlScope scope, object? value) => PythonOperations.AsSet(value, scope.Budget)!;

    private static PythonSet Rest(YaqlScope scope, object?[] arguments) =>
        PythonSet.From(PythonOperations.Iterate(new PythonList(arguments[1..], isTuple: true), scope.Budget), isFrozen: true, scope.Budget);
}
