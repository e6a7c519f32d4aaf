using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Lists, and what puts items in and takes them out of any sequence.</summary>
internal static class ListFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("#list", [], static (YaqlScope s, object?[] a) => Tuple(s, a), rest: Any);
        to.Function(
            "list", [], static (YaqlScope s, object?[] a) => PythonOperations.Collect(Opened(s, a), isTuple: true, s.Budget), rest: Any);
        to.Method("toList", [("collection", Iterable)], static (s, items) => ToTuple(s, items));
        to.Method("flatten", [("collection", Iterable)], static (s, items) => PythonIterator.From(Flatten(s, items), s.Budget));
        to.Function("#indexer", [("list", Sequence), ("index", Integer)], static (s, list, index) =>
            PythonOperations.Index(list, index, s.Budget));
        to.Function("#operator_in", [("value", Any), ("collection", Iterable)], static (s, value, items) =>
            PythonOperations.Box(PythonOperations.Contains(items, value, s.Budget)));
        to.Method("contains", [("collection", Iterable), ("value", Any)], static (s, items, value) =>
            PythonOperations.Box(PythonOperations.Contains(items, value, s.Budget)));
        to.Function("#operator_+", [("left", Iterable), ("right", Iterable)], Combine);
        to.Function("#operator_*", [("left", Sequence), ("right", Integer)], static (s, list, times) =>
            PythonOperations.Multiply(list, times, s.Budget));
        to.Function("#operator_*", [("left", Integer), ("right", Sequence)], static (s, times, list) =>
            PythonOperations.Multiply(list, times, s.Budget));
        to.Function("isList", [("arg", Any)], static (_, value) => PythonOperations.Box(value is PythonList));
        to.Extension("len", [("sequence", Sequence)], static (_, list) => PythonOperations.Box(((PythonList)list!).Count));
        DeclareChanges(to);
    }

    internal static PythonList Tuple(YaqlScope scope, object?[] items)
    {
        scope.Budget.Allocate(items.Length);
        return new(items, isTuple: true);
    }

    internal static PythonList ToTuple(YaqlScope scope, object? items) => items is PythonList { IsTuple: true } tuple
        ? tuple
        : PythonOperations.Collect(PythonOperations.Iterate(items, scope.Budget), isTuple: true, scope.Budget);

    /// <summary>The values, with what iterators among them give in their place.</summary>
    internal static PythonIterator Opened(YaqlScope scope, object?[] values) =>
        PythonIterator.From(Open(PythonOperations.Iterate(new PythonList(values, isTuple: true), scope.Budget)), scope.Budget);

    /// <summary>Whether it is a collection or lazy sequence: no text and no dict.</summary>
    internal static bool IsIterable(object? value) => YaqlKinds.Contains(YaqlKinds.Iterable, YaqlKinds.Of(value));

    private static void DeclareChanges(YaqlDeclarations to)
    {
        YaqlParameter count = new YaqlParameter("count", Integer).Or(1L);
        to.Method("delete", [("collection", Iterable), ("position", Integer), count], static (YaqlScope s, object?[] a) =>
            PythonIterator.From(Replace(s, a[0], Position(a[1]), Position(a[2]), null), s.Budget));
        to.Method("replace", [("collection", Iterable), ("position", Integer), ("value", Any), count], static (YaqlScope s, object?[] a) =>
            PythonIterator.From(Replace(s, a[0], Position(a[1]), Position(a[3]), PythonList.Tuple(a[2])), s.Budget));
        to.Method(
            "replaceMany",
            [("collection", Iterable), ("position", Integer), ("values", Iterable), count],
            static (YaqlScope s, object?[] a) =>
                PythonIterator.From(Replace(s, a[0], Position(a[1]), Position(a[3]), a[2]), s.Budget));
        to.Method("insert", [("collection", IterableNoSet), ("position", Integer), ("value", Any)], static (YaqlScope s, object?[] a) =>
            PythonIterator.From(Insert(s, a[0], Position(a[1]), PythonList.Tuple(a[2]), isBeforeStart: false), s.Budget));
        to.Method("insert", [("collection", Sequence), ("position", Integer), ("value", Any)], InsertIntoList);
        to.Method("insertMany", [("collection", Iterable), ("position", Integer), ("values", Iterable)], static (YaqlScope s, object?[] a) =>
            PythonIterator.From(Insert(s, a[0], Position(a[1]), a[2], isBeforeStart: true), s.Budget));
    }

    private static int Position(object? value) => PythonOperations.ToBound(value!);

    private static IEnumerable<object?> Open(PythonIterator items)
    {
        while (items.TryNext(out var item))
        {
            if (item is not PythonIterator inner)
            {
                yield return item;
                continue;
            }

            foreach (var deeper in Open(inner.GetIterator()))
            {
                yield return deeper;
            }
        }
    }

    private static IEnumerable<object?> Flatten(YaqlScope scope, object? sequence)
    {
        EvaluationBudget.EnsureStack();
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            if (!IsIterable(item))
            {
                yield return item;
                continue;
            }

            foreach (var deeper in Flatten(scope, item))
            {
                yield return deeper;
            }
        }
    }

    private static object Combine(YaqlScope scope, object? left, object? right) => (left, right) switch
    {
        (PythonList { IsTuple: true } a, PythonList { IsTuple: true } b) => PythonOperations.Concatenate(a, b, scope.Budget),
        (PythonSet a, PythonSet b) => PythonOperations.Union(a, b, scope.Budget),
        _ => SelectionFunctions.Chain(scope, [left, right]),
    };

    /// <summary>The items without those at some places (a negative count is all the rest), others in their place once.</summary>
    private static IEnumerable<object?> Replace(YaqlScope scope, object? sequence, long position, long count, object? values)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var isReplaced = values is null;
        for (var place = 0L; items.TryNext(out var item); place++)
        {
            if (place < position || (count >= 0 && place >= position + count))
            {
                yield return item;
                continue;
            }

            if (isReplaced)
            {
                continue;
            }

            isReplaced = true;
            foreach (var replacement in Walk(scope, values))
            {
                yield return replacement;
            }
        }
    }

    private static IEnumerable<object?> Insert(YaqlScope scope, object? sequence, long position, object? values, bool isBeforeStart)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        if (isBeforeStart && position < 0)
        {
            foreach (var value in Walk(scope, values))
            {
                yield return value;
            }
        }

        var last = -1L;
        while (items.TryNext(out var item))
        {
            if (++last == position)
            {
                foreach (var value in Walk(scope, values))
                {
                    yield return value;
                }
            }

            yield return item;
        }

        if (position > last)
        {
            foreach (var value in Walk(scope, values))
            {
                yield return value;
            }
        }
    }

    private static IEnumerable<object?> Walk(YaqlScope scope, object? values)
    {
        var items = PythonOperations.Iterate(values, scope.Budget);
        while (items.TryNext(out var item))
        {
            yield return item;
        }
    }

    private static PythonList InsertIntoList(YaqlScope scope, object?[] arguments)
    {
        var source = (PythonList)arguments[0]!;
        scope.Budget.AllocateList(source.Count);
        var copy = new PythonList(source.ToArray(), isTuple: false);
        var position = PythonOperations.ToIndex(arguments[1]!);
        position = position < 0 ? Math.Max(0, position + copy.Count) : Math.Min(position, copy.Count);
        copy.Insert(position, arguments[2], scope.Budget);
        return copy;
    }
}
