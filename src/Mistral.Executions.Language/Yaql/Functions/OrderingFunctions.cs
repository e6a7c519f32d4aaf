using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Sorting and grouping.</summary>
internal static class OrderingFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter[] unordered = [("collection", Iterable), ("selector", Lambda)];
        YaqlParameter[] ordered = [("collection", Ordering), ("selector", Lambda)];
        to.Method("orderBy", unordered, static (s, items, selector) =>
            new YaqlOrdering(items, s).By((YaqlLambda)selector!, isAscending: true));
        to.Method("orderByDescending", unordered, static (s, items, selector) =>
            new YaqlOrdering(items, s).By((YaqlLambda)selector!, isAscending: false));
        to.Method("thenBy", ordered, static (_, items, selector) =>
            ((YaqlOrdering)items!).By((YaqlLambda)selector!, isAscending: true));
        to.Method("thenByDescending", ordered, static (_, items, selector) =>
            ((YaqlOrdering)items!).By((YaqlLambda)selector!, isAscending: false));
        to.Method(
            "groupBy",
            [
                ("collection", Iterable),
                ("keySelector", Lambda),
                new YaqlParameter("valueSelector", Lambda).Or(null),
                new YaqlParameter("aggregator", Lambda).Or(null),
            ],
            GroupBy);
    }

    private static PythonIterator GroupBy(YaqlScope scope, object?[] arguments)
    {
        var (keys, values, aggregator) = ((YaqlLambda)arguments[1]!, (YaqlLambda?)arguments[2], (YaqlLambda?)arguments[3]);
        var groups = new PythonDictionary(isFrozen: false, scope.Budget);
        var items = PythonOperations.Iterate(arguments[0], scope.Budget);
        while (items.TryNext(out var item))
        {
            var value = values is null ? item : values.Invoke(item);
            var key = keys.Invoke(item);
            if (!groups.TryGet(key, out var group, scope.Budget))
            {
                group = PythonList.NewList();
                groups.Set(key, group, scope.Budget);
            }

            ((PythonList)group!).Add(value, scope.Budget);
        }

        return PythonIterator.From(Aggregated(scope, groups, aggregator), scope.Budget, "map");
    }

    private static IEnumerable<object?> Aggregated(YaqlScope scope, PythonDictionary groups, YaqlLambda? aggregator)
    {
        var aggregation = aggregator is null ? null : new Aggregation(scope, aggregator);
        for (var i = 0; i < groups.Count; i++)
        {
            var (key, values) = groups.At(i);
            yield return aggregation is null ? PythonList.Tuple(key, values) : aggregation.Apply(key, (PythonList)values!);
        }
    }

    /// <summary>
    /// The aggregator gets the values of a group. Older expressions have one that takes the pair of key and values: when
    /// the first way fails as such a one would, that is tried.
    /// </summary>
    private sealed class Aggregation(YaqlScope scope, YaqlLambda aggregator)
    {
        private PythonErrorException? _failure;
        private bool _mayFallBack = true;

        internal object? Apply(object? key, PythonList values)
        {
            var depth = scope.Budget.DepthLeft;
            if (_failure is null)
            {
                try
                {
                    var result = aggregator.Invoke(values);
                    _mayFallBack = _mayFallBack && values.Count == 2 && result is PythonList { Count: 2 } pair
                        && PythonOperations.AreEqual(pair[0], values[0], scope.Budget);
                    return PythonList.Tuple(key, result);
                }
                catch (PythonErrorException error) when (
                    error.Kind is YaqlErrors.NoMatchingFunction or YaqlErrors.NoMatchingMethod or "IndexError")
                {
                    scope.Budget.DepthLeft = depth;
                    _failure = error;
                }
            }

            return _mayFallBack && TryPair(key, values) is { } older ? older : throw _failure;
        }

        private object? TryPair(object? key, PythonList values)
        {
            var depth = scope.Budget.DepthLeft;
            try
            {
                var result = aggregator.Invoke(PythonList.Tuple(key, values));
                return PythonOperations.TryLength(result) == 2 ? result : null;
            }
            catch (PythonErrorException)
            {
                // The failure of the first way says more to whoever wrote the expression.
                scope.Budget.DepthLeft = depth;
                return null;
            }
        }
    }
}
