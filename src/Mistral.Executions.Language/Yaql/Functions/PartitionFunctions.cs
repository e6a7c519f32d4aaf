using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Cutting sequences into parts, and merging dicts.</summary>
internal static class PartitionFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Method("slice", [("collection", Iterable), ("length", Integer)], static (s, items, length) =>
            PythonIterator.From(Slice(s, items, PythonOperations.ToIndex(length!)), s.Budget));
        to.Method("splitWhere", [("collection", Iterable), ("predicate", Lambda)], static (s, items, predicate) =>
            PythonIterator.From(SplitWhere(s, items, (YaqlLambda)predicate!), s.Budget));
        to.Method("sliceWhere", [("collection", Iterable), ("predicate", Lambda)], static (s, items, predicate) =>
            PythonIterator.From(SliceWhere(s, items, (YaqlLambda)predicate!), s.Budget));
        to.Method("splitAt", [("collection", Iterable), ("index", Integer)], static (s, items, index) =>
        {
            var list = ListFunctions.ToTuple(s, items);
            return PythonList.List(
                PythonOperations.Slice(list, null, index, null, s.Budget), PythonOperations.Slice(list, index, null, null, s.Budget));
        });
        to.Method(
            "mergeWith",
            [
                ("dict", Dictionary),
                ("another", Dictionary),
                new YaqlParameter("listMerger", Lambda).Or(null),
                new YaqlParameter("itemMerger", Lambda).Or(null),
                new YaqlParameter("maxLevels", Integer).Or(0L),
            ],
            static (YaqlScope s, object?[] a) => new Merger(s, (YaqlLambda?)a[2], (YaqlLambda?)a[3])
                .Merge((PythonDictionary)a[0]!, (PythonDictionary)a[1]!, PythonOperations.ToBound(a[4]!)));
        to.Function("isIterable", [("value", Any)], static (_, value) => PythonOperations.Box(ListFunctions.IsIterable(value)));
    }

    private static IEnumerable<object?> Slice(YaqlScope scope, object? sequence, int length)
    {
        if (length < 0)
        {
            throw PythonErrorException.Value("the length of a slice must not be negative");
        }

        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (true)
        {
            var part = new PythonList([], 0, isTuple: true);
            while (part.Count < length && items.TryNext(out var item))
            {
                part.Add(item, scope.Budget);
            }

            if (part.Count == 0)
            {
                yield break;
            }

            yield return part;
        }
    }

    private static IEnumerable<object?> SplitWhere(YaqlScope scope, object? sequence, YaqlLambda predicate)
    {
        var list = ListFunctions.ToTuple(scope, sequence);
        var start = 0;
        for (var end = 0; end < list.Count; end++)
        {
            if (predicate.IsTrue(list[end]))
            {
                yield return list.Range(start, end, scope.Budget);
                start = end + 1;
            }
        }

        if (start != list.Count)
        {
            yield return list.Range(start, list.Count, scope.Budget);
        }
    }

    private static IEnumerable<object?> SliceWhere(YaqlScope scope, object? sequence, YaqlLambda predicate)
    {
        var list = ListFunctions.ToTuple(scope, sequence);
        var start = 0;
        object? last = null;
        for (var end = 0; end < list.Count; end++)
        {
            var current = predicate.Invoke(list[end]);
            if (end > 0 && !PythonOperations.AreEqual(current, last, scope.Budget))
            {
                yield return list.Range(start, end, scope.Budget);
                start = end;
            }

            last = current;
        }

        if (start != list.Count)
        {
            yield return list.Range(start, list.Count, scope.Budget);
        }
    }

    private sealed class Merger(YaqlScope scope, YaqlLambda? listMerger, YaqlLambda? itemMerger)
    {
        internal PythonDictionary Merge(PythonDictionary left, PythonDictionary right, int maximumLevels)
        {
            EvaluationBudget.EnsureStack();
            var result = left.Copy(isFrozen: false, scope.Budget);
            for (var i = 0; i < left.Count; i++)
            {
                var (key, own) = left.At(i);
                if (right.TryGet(key, out var theirs, scope.Budget))
                {
                    result.Set(key, Merged(own, theirs, maximumLevels), scope.Budget);
                }
            }

            for (var i = 0; i < right.Count; i++)
            {
                var (key, theirs) = right.At(i);
                if (!result.Contains(key, scope.Budget))
                {
                    result.Set(key, theirs, scope.Budget);
                }
            }

            return result;
        }

        private object? Merged(object? own, object? theirs, int maximumLevels)
        {
            if (maximumLevels != 1 && theirs is PythonDictionary theirDictionary)
            {
                return own is PythonDictionary dictionary
                    ? Merge(dictionary, theirDictionary, maximumLevels == 0 ? 0 : maximumLevels - 1)
                    : throw Different(own, theirs);
            }

            if (maximumLevels != 1 && theirs is PythonList theirList)
            {
                return own is PythonList list ? MergedLists(list, theirList) : throw Different(own, theirs);
            }

            return itemMerger is null ? theirs : itemMerger.Invoke(own, theirs);
        }

        private object? MergedLists(PythonList own, PythonList theirs)
        {
            if (listMerger is not null)
            {
                return listMerger.Invoke(own, theirs);
            }

            var both = PythonOperations.Iterate(PythonOperations.Add(own, theirs, scope.Budget), scope.Budget);
            var distinct = PythonSet.From(both, isFrozen: false, scope.Budget);
            return PythonOperations.Collect(PythonOperations.Iterate(distinct, scope.Budget), isTuple: true, scope.Budget);
        }

        private static PythonErrorException Different(object? own, object? theirs) => PythonErrorException.Type(
            $"a value of type {PythonOperations.TypeName(own)} cannot be merged with one of type {PythonOperations.TypeName(theirs)}");
    }
}
