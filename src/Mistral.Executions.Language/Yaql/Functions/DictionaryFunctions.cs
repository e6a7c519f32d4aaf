using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Dicts.</summary>
internal static class DictionaryFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("#map", [], FromMappings, rest: MappingValue, hasNoNames: true);
        to.Function("dict", [], FromMappings, rest: MappingValue, hasNoNames: true);
        to.Function("dict", [("items", Iterable)], static (YaqlScope s, object?[] a) => FromItems(s, a[0]), hasNoNames: true);
        to.Method(
            "toDict",
            [("collection", Iterable), ("keySelector", Lambda), new YaqlParameter("valueSelector", Lambda).Or(null)],
            ToDictionary);
        to.Function("#operator_.", [("dict", Dictionary), ("key", Keyword)], static (s, dictionary, key) =>
            PythonOperations.Index(dictionary, key, s.Budget));
        to.Function("#indexer", [("dict", Dictionary), ("key", Any)], static (s, dictionary, key) =>
            PythonOperations.Index(dictionary, key, s.Budget));
        to.Function("#indexer", [("dict", Dictionary), ("key", Any), ("default", Any)], Get);
        to.Method("get", [("dict", Dictionary), ("key", Any), new YaqlParameter("default", Any).Or(null)], Get);
        to.Method("keys", [("dict", Dictionary)], static (s, d) => View(s, d, PythonDictionaryView.Part.Keys));
        to.Method("values", [("dict", Dictionary)], static (s, d) => View(s, d, PythonDictionaryView.Part.Values));
        to.Method("items", [("dict", Dictionary)], static (s, d) => View(s, d, PythonDictionaryView.Part.Items));
        to.Method("containsKey", [("dict", Dictionary), ("key", Any)], static (s, dictionary, key) =>
            PythonOperations.Box(((PythonDictionary)dictionary!).Contains(key, s.Budget)));
        to.Method("containsValue", [("dict", Dictionary), ("value", Any)], static (s, dictionary, value) =>
            PythonOperations.Box(PythonOperations.Contains(View(s, dictionary, PythonDictionaryView.Part.Values), value, s.Budget)));
        to.Function("isDict", [("arg", Any)], static (_, value) => PythonOperations.Box(value is PythonDictionary));
        to.Extension("len", [("dict", Dictionary)], static (_, dictionary) => PythonOperations.Box(((PythonDictionary)dictionary!).Count));
        DeclareChanges(to);
    }

    private static void DeclareChanges(YaqlDeclarations to)
    {
        to.Method("set", [("dict", Dictionary), ("key", Any), ("value", Any)], static (YaqlScope s, object?[] a) =>
        {
            var copy = ((PythonDictionary)a[0]!).Copy(isFrozen: true, s.Budget);
            copy.Set(a[1], a[2], s.Budget);
            return copy;
        }, hasNoNames: true);
        to.Method("set", [("dict", Dictionary), ("replacements", Dictionary)], static (YaqlScope s, object?[] a) =>
            Merge(s, a[0], a[1]), hasNoNames: true);
        to.Method("set", [("dict", Dictionary)], static (YaqlScope s, object?[] a) =>
        {
            var copy = ((PythonDictionary)a[0]!).Copy(isFrozen: true, s.Budget);
            SetMappings(s, copy, a.AsSpan(1));
            return copy;
        }, rest: MappingValue, hasNoNames: true);
        to.Function("#operator_+", [("left", Dictionary), ("right", Dictionary)], static (s, left, right) => Merge(s, left, right));
        to.Method("delete", [("dict", Dictionary)], static (YaqlScope s, object?[] a) =>
            Without(s, a[0], PythonOperations.Iterate(new PythonList(a[1..], isTuple: true), s.Budget)), rest: Any);
        to.Method("deleteAll", [("dict", Dictionary), ("keys", Iterable)], static (s, dictionary, keys) =>
            Without(s, dictionary, PythonOperations.Iterate(keys, s.Budget)));
    }

    private static PythonDictionaryView View(YaqlScope scope, object? dictionary, PythonDictionaryView.Part part) =>
        new((PythonDictionary)dictionary!, part, scope.Budget);

    private static PythonDictionary FromMappings(YaqlScope scope, object?[] arguments)
    {
        var result = new PythonDictionary(isFrozen: true, scope.Budget);
        SetMappings(scope, result, arguments);
        return result;
    }

    private static void SetMappings(YaqlScope scope, PythonDictionary target, ReadOnlySpan<object?> mappings)
    {
        foreach (var argument in mappings)
        {
            var mapping = (YaqlMapping)argument!;
            target.Set(mapping.Source, mapping.Destination, scope.Budget);
        }
    }

    private static PythonDictionary FromItems(YaqlScope scope, object? sequence)
    {
        var result = new PythonDictionary(isFrozen: true, scope.Budget);
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            var pair = PythonOperations.Iterate(item, scope.Budget);
            if (!pair.TryNext(out var key) || !pair.TryNext(out var value))
            {
                throw new PythonErrorException("StopIteration", "every item of dict() must be a pair of key and value");
            }

            result.Set(key, value, scope.Budget);
        }

        return result;
    }

    private static PythonDictionary ToDictionary(YaqlScope scope, object?[] arguments)
    {
        var result = new PythonDictionary(isFrozen: false, scope.Budget);
        var items = PythonOperations.Iterate(arguments[0], scope.Budget);
        var (keys, values) = ((YaqlLambda)arguments[1]!, (YaqlLambda?)arguments[2]);
        while (items.TryNext(out var item))
        {
            var key = keys.Invoke(item);
            result.Set(key, values is null ? item : values.Invoke(item), scope.Budget);
        }

        return result;
    }

    private static object? Get(YaqlScope scope, object?[] arguments) =>
        ((PythonDictionary)arguments[0]!).TryGet(arguments[1], out var value, scope.Budget) ? value : arguments[2];

    private static PythonDictionary Merge(YaqlScope scope, object? left, object? right)
    {
        var copy = ((PythonDictionary)left!).Copy(isFrozen: true, scope.Budget);
        copy.SetAll((PythonDictionary)right!, scope.Budget);
        return copy;
    }

    private static PythonDictionary Without(YaqlScope scope, object? dictionary, PythonIterator keys)
    {
        var copy = ((PythonDictionary)dictionary!).Copy(isFrozen: false, scope.Budget);
        while (keys.TryNext(out var key))
        {
            copy.Remove(key, scope.Budget);
        }

        return copy;
    }
}
