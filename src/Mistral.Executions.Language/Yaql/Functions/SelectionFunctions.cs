using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using Mistral.Executions.Language.Yaql.Syntax;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Queries that choose, map and chain the items of a sequence, lazily.</summary>
internal static class SelectionFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        foreach (var name in (string[])["where", "filter"])
        {
            to.Method(name, [("collection", Iterable), ("predicate", Lambda)], static (s, items, predicate) =>
                new Filter(PythonOperations.Iterate(items, s.Budget), (YaqlLambda)predicate!, s.Budget));
        }

        foreach (var name in (string[])["select", "map"])
        {
            to.Method(name, [("collection", Iterable), ("selector", Lambda)], static (s, items, selector) =>
                new Map(PythonOperations.Iterate(items, s.Budget), (YaqlLambda)selector!, s.Budget));
        }

        foreach (var name in (string[])["limit", "take"])
        {
            to.Method(name, [("collection", Iterable), ("count", Integer)], static (s, items, count) =>
                PythonIterator.From(Part(s, items, 0, Count(count)), s.Budget, "itertools.islice"));
        }

        to.Method("skip", [("collection", Iterable), ("count", Integer)], static (s, items, count) =>
            PythonIterator.From(Part(s, items, Count(count), long.MaxValue), s.Budget, "itertools.islice"));
        to.Function("#operator_.", [("collection", Iterable), ("attribute", KeywordNode)], Attribute);
        to.Extension("append", [("collection", Iterable)], static (YaqlScope s, object?[] a) =>
            Chain(s, [a[0], new PythonList(a[1..], isTuple: true)]), rest: Any);
        to.Extension("concat", [], static (YaqlScope s, object?[] a) => Chain(s, a), rest: Iterable);
        to.Extension(
            "distinct",
            [("collection", Iterable), new YaqlParameter("keySelector", Lambda).Or(null)],
            static (s, items, selector) => PythonIterator.From(Distinct(s, items, (YaqlLambda?)selector), s.Budget));
        to.Extension(
            "enumerate",
            [("collection", Iterable), new YaqlParameter("start", IntegerOrNone).Or(0L)],
            static (s, items, start) => PythonIterator.From(Enumerate(s, items, start), s.Budget));
        to.Method("selectMany", [("collection", Iterable), ("selector", Lambda)], static (s, items, selector) =>
            PythonIterator.From(SelectMany(s, items, (YaqlLambda)selector!), s.Budget));
        to.Method("takeWhile", [("collection", Iterable), ("predicate", Lambda)], static (s, items, predicate) =>
            PythonIterator.From(TakeWhile(s, items, (YaqlLambda)predicate!), s.Budget, "itertools.takewhile"));
        to.Method("skipWhile", [("collection", Iterable), ("predicate", Lambda)], static (s, items, predicate) =>
            PythonIterator.From(SkipWhile(s, items, (YaqlLambda)predicate!), s.Budget, "itertools.dropwhile"));
        to.Method("reverse", [("collection", Iterable)], static (s, items) =>
            PythonIterator.From(Reverse(ListFunctions.ToTuple(s, items)), s.Budget, "reversed"));
        to.Method("memorize", [("collection", Iterable)], static (s, items) =>
            items is PythonIterator iterator ? new YaqlMemorized(iterator, s.Budget) : items);
        to.Method("defaultIfEmpty", [("collection", Iterable), ("default", Iterable)], DefaultIfEmpty);
        to.Method("zip", [], static (YaqlScope s, object?[] a) => PythonIterator.From(Zip(s, a), s.Budget, "zip"), rest: Iterable);
        to.MethodOfNames("zipLongest", Iterable, static (s, a, named) =>
            PythonIterator.From(ZipLongest(s, a, named), s.Budget, "itertools.zip_longest"));
        to.Method(
            "join",
            [("collection1", Iterable), ("collection2", Iterable), ("predicate", Lambda), ("selector", Lambda)],
            static (YaqlScope s, object?[] a) =>
                PythonIterator.From(Join(s, a[0], a[1], (YaqlLambda)a[2]!, (YaqlLambda)a[3]!), s.Budget));
    }

    internal static PythonIterator Chain(YaqlScope scope, object?[] sequences) =>
        PythonIterator.From(Chained(scope, sequences), scope.Budget, "itertools.chain");

    private static int Count(object? count) => PythonOperations.ToIndex(count!) is var number and >= 0
        ? number
        : throw PythonErrorException.Value("the number of items must not be negative");

    private static IEnumerable<object?> Part(YaqlScope scope, object? sequence, long skip, long count)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        for (; skip > 0; skip--)
        {
            if (!items.TryNext(out _))
            {
                yield break;
            }
        }

        for (; count > 0 && items.TryNext(out var item); count--)
        {
            yield return item;
        }
    }

    private static PythonIterator Attribute(YaqlScope scope, object? sequence, object? name)
    {
        var node = (YaqlNode)name!;
        var site = new YaqlCallSite("#operator_.", [YaqlArgument.Value, YaqlArgument.Of(node)], isMethod: false);
        return PythonIterator.From(Attributes(scope, sequence, site, node), scope.Budget, "map");
    }

    private static IEnumerable<object?> Attributes(YaqlScope scope, object? sequence, YaqlCallSite site, YaqlNode name)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            yield return site.InvokeWith(scope, item, name);
        }
    }

    private static IEnumerable<object?> Chained(YaqlScope scope, object?[] sequences)
    {
        foreach (var sequence in sequences)
        {
            var items = PythonOperations.Iterate(sequence, scope.Budget);
            while (items.TryNext(out var item))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<object?> Distinct(YaqlScope scope, object? sequence, YaqlLambda? selector)
    {
        var seen = new PythonSet(isFrozen: false, scope.Budget);
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            if (seen.Add(selector is null ? item : selector.Invoke(item)))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<object?> Enumerate(YaqlScope scope, object? sequence, object? start)
    {
        var place = start is null
            ? throw PythonErrorException.Type("'NoneType' object cannot be interpreted as an integer")
            : PythonOperations.Plus(start);
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            yield return PythonList.List(place, item);
            place = PythonOperations.Add(place, 1L, scope.Budget);
        }
    }

    private static IEnumerable<object?> SelectMany(YaqlScope scope, object? sequence, YaqlLambda selector)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            var inner = selector.Invoke(item);
            if (!ListFunctions.IsIterable(inner))
            {
                yield return inner;
                continue;
            }

            var parts = PythonOperations.Iterate(inner, scope.Budget);
            while (parts.TryNext(out var part))
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<object?> TakeWhile(YaqlScope scope, object? sequence, YaqlLambda predicate)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item) && predicate.IsTrue(item))
        {
            yield return item;
        }
    }

    private static IEnumerable<object?> SkipWhile(YaqlScope scope, object? sequence, YaqlLambda predicate)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var isSkipping = true;
        while (items.TryNext(out var item))
        {
            isSkipping = isSkipping && predicate.IsTrue(item);
            if (!isSkipping)
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<object?> Reverse(PythonList list)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            yield return list[i];
        }
    }

    private static object? DefaultIfEmpty(YaqlScope scope, object? items, object? fallback)
    {
        if (items is not PythonIterator iterator)
        {
            return PythonOperations.TryLength(items) == 0 ? fallback : items;
        }

        var memorized = new YaqlMemorized(iterator, scope.Budget);
        return memorized.GetIterator().TryNext(out _) ? memorized : fallback;
    }

    private static IEnumerable<object?> Zip(YaqlScope scope, object?[] sequences)
    {
        var walks = Array.ConvertAll(sequences, i => PythonOperations.Iterate(i, scope.Budget));
        while (walks.Length > 0)
        {
            var items = new object?[walks.Length];
            scope.Budget.Allocate(items.Length);
            for (var i = 0; i < walks.Length; i++)
            {
                if (!walks[i].TryNext(out items[i]))
                {
                    yield break;
                }
            }

            yield return new PythonList(items, isTuple: true);
        }
    }

    private static IEnumerable<object?> ZipLongest(
        YaqlScope scope, object?[] sequences, IReadOnlyList<KeyValuePair<string, object?>> named)
    {
        var filler = named.FirstOrDefault(static n => n.Key == "default").Value;
        var walks = Array.ConvertAll<object?, PythonIterator?>(sequences, i => PythonOperations.Iterate(i, scope.Budget));
        while (true)
        {
            var items = new object?[walks.Length];
            scope.Budget.Allocate(items.Length);
            for (var i = 0; i < walks.Length; i++)
            {
                if (walks[i]?.TryNext(out items[i]) is not true)
                {
                    (walks[i], items[i]) = (null, filler);
                }
            }

            if (Array.TrueForAll(walks, static w => w is null))
            {
                yield break;
            }

            yield return new PythonList(items, isTuple: true);
        }
    }

    private static IEnumerable<object?> Join(YaqlScope scope, object? left, object? right, YaqlLambda predicate, YaqlLambda selector)
    {
        var inner = right is PythonIterator iterator ? new YaqlMemorized(iterator, scope.Budget) : right;
        var items = PythonOperations.Iterate(left, scope.Budget);
        while (items.TryNext(out var item))
        {
            var others = PythonOperations.Iterate(inner, scope.Budget);
            while (others.TryNext(out var other))
            {
                if (PythonOperations.IsTrue(predicate.Invoke(item, other)))
                {
                    yield return selector.Invoke(item, other);
                }
            }
        }
    }

    private sealed class Filter(PythonIterator items, YaqlLambda predicate, EvaluationBudget budget) : PythonIterator(budget)
    {
        internal override string TypeName => "filter";

        protected override bool Advance(out object? item)
        {
            while (items.TryNext(out item))
            {
                if (predicate.IsTrue(item))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Map(PythonIterator items, YaqlLambda selector, EvaluationBudget budget) : PythonIterator(budget)
    {
        internal override string TypeName => "map";

        protected override bool Advance(out object? item)
        {
            if (!items.TryNext(out var source))
            {
                item = null;
                return false;
            }

            item = selector.Invoke(source);
            return true;
        }
    }
}
