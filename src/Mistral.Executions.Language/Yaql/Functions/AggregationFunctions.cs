using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Queries that walk a sequence to give one value.</summary>
internal static class AggregationFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter[] one = [("collection", Iterable)];
        YaqlParameter[] predicated = [("collection", Iterable), ("predicate", Lambda)];
        YaqlParameter[] maybePredicated = [("collection", Iterable), new YaqlParameter("predicate", Lambda).Or(null)];
        to.Extension("any", maybePredicated, static (s, items, predicate) =>
            PythonOperations.Box(Place(s, items, i => predicate is null || ((YaqlLambda)predicate).IsTrue(i)) >= 0));
        to.Extension("all", maybePredicated, static (s, items, predicate) => PythonOperations.Box(
            Place(s, items, i => !(predicate is null ? PythonOperations.IsTrue(i) : ((YaqlLambda)predicate).IsTrue(i))) < 0));
        to.Extension("len", [("collection", Iterator)], static (s, items) => Count(s, items));
        to.Method("count", one, static (s, items) => Count(s, items));
        to.Method("indexOf", [("collection", Iterable), ("item", Any)], static (s, items, item) =>
            PythonOperations.Box(Place(s, items, i => PythonOperations.AreEqual(i, item, s.Budget))));
        to.Method("lastIndexOf", [("collection", Iterable), ("item", Any)], static (s, items, item) =>
            PythonOperations.Box(LastPlace(s, items, i => PythonOperations.AreEqual(i, item, s.Budget))));
        to.Method("indexWhere", predicated, static (s, items, predicate) =>
            PythonOperations.Box(Place(s, items, ((YaqlLambda)predicate!).IsTrue)));
        to.Method("lastIndexWhere", predicated, static (s, items, predicate) =>
            PythonOperations.Box(LastPlace(s, items, ((YaqlLambda)predicate!).IsTrue)));
        DeclareChoices(to, one);
        DeclareFolds(to);
    }

    private static void DeclareChoices(YaqlDeclarations to, YaqlParameter[] one)
    {
        YaqlParameter[] defaulted = [("collection", Iterable), new YaqlParameter("default", Any).OrMissing()];
        to.Method("first", defaulted, static (s, items, fallback) =>
            PythonOperations.Iterate(items, s.Budget).TryNext(out var item) ? item : OrElse(fallback));
        to.Method("last", defaulted, Last);
        to.Method("single", one, static (s, sequence) =>
        {
            var items = PythonOperations.Iterate(sequence, s.Budget);
            if (!items.TryNext(out var item))
            {
                throw Stopped("the collection is empty");
            }

            return items.TryNext(out _) ? throw Stopped("the collection has more than one item") : item;
        });
    }

    private static void DeclareFolds(YaqlDeclarations to)
    {
        YaqlParameter[] initial = [("collection", Iterable), new YaqlParameter("initial", Any).OrMissing()];
        to.Method("sum", initial, static (s, items, seed) => FoldBy(s, items, "#operator_+", seed));
        to.Method("max", initial, static (s, items, seed) => FoldBy(s, items, "max", seed));
        to.Method("min", initial, static (s, items, seed) => FoldBy(s, items, "min", seed));
        YaqlParameter[] selected = [("collection", Iterable), ("selector", Lambda), new YaqlParameter("seed", Any).OrMissing()];
        foreach (var name in (string[])["aggregate", "reduce"])
        {
            to.Method(name, selected, static (YaqlScope s, object?[] a) => Fold(s, a[0], ((YaqlLambda)a[1]!).Invoke, a[2]));
        }

        to.Method("accumulate", selected, static (YaqlScope s, object?[] a) =>
            PythonIterator.From(Accumulate(s, a[0], (YaqlLambda)a[1]!, a[2]), s.Budget));
    }

    private static bool IsMissing(object? value) => ReferenceEquals(value, YaqlLeftOut.Value);

    private static object? OrElse(object? fallback) => IsMissing(fallback) ? throw Stopped("the collection is empty") : fallback;

    private static PythonErrorException Stopped(string reason) => new("StopIteration", reason);

    private static object Count(YaqlScope scope, object? sequence)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var count = 0L;
        while (items.TryNext(out _))
        {
            count++;
        }

        return PythonOperations.Box(count);
    }

    private static int Place(YaqlScope scope, object? sequence, Func<object?, bool> isFound)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        for (var place = 0; items.TryNext(out var item); place++)
        {
            if (isFound(item))
            {
                return place;
            }
        }

        return -1;
    }

    private static int LastPlace(YaqlScope scope, object? sequence, Func<object?, bool> isFound)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var last = -1;
        for (var place = 0; items.TryNext(out var item); place++)
        {
            last = isFound(item) ? place : last;
        }

        return last;
    }

    private static object? Last(YaqlScope scope, object? sequence, object? fallback)
    {
        if (sequence is PythonList list)
        {
            return list.Count == 0 ? OrElse(fallback) : list[list.Count - 1];
        }

        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var last = fallback;
        while (items.TryNext(out var item))
        {
            last = item;
        }

        return OrElse(last);
    }

    private static object? FoldBy(YaqlScope scope, object? sequence, string function, object? seed)
    {
        var site = scope.Evaluation.SiteOf(function, 2);
        return Fold(scope, sequence, (total, item) => site.InvokeWith(scope, total, item), seed);
    }

    private static object? Fold(YaqlScope scope, object? sequence, Func<object?, object?, object?> step, object? seed)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var total = seed;
        if (IsMissing(seed) && !items.TryNext(out total))
        {
            throw PythonErrorException.Type("an empty collection has no total without an initial value");
        }

        while (items.TryNext(out var item))
        {
            total = step(total, item);
        }

        return total;
    }

    private static IEnumerable<object?> Accumulate(YaqlScope scope, object? sequence, YaqlLambda selector, object? seed)
    {
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        var total = seed;
        if (IsMissing(seed) && !items.TryNext(out total))
        {
            throw PythonErrorException.Type("accumulate() of an empty sequence needs an initial value");
        }

        yield return total;
        while (items.TryNext(out var item))
        {
            total = selector.Invoke(total, item);
            yield return total;
        }
    }
}
