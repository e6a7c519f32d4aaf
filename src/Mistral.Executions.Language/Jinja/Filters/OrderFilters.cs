using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters that compare items: order, extremes, groups and doubles.</summary>
internal static class OrderFilters
{
    private static readonly string[] GroupNames = ["grouper", "list"];

    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("sort", "value, reverse=False, case_sensitive=False, attribute=None", Sort),
        JinjaFunction.Of("dictsort", "value, case_sensitive=False, by='key', reverse=False", SortDictionary),
        JinjaFunction.Of("min", "value, case_sensitive=False, attribute=None", static (scope, a) => Extreme(scope, a, PythonComparison.Less)),
        JinjaFunction.Of("max", "value, case_sensitive=False, attribute=None", static (scope, a) => Extreme(scope, a, PythonComparison.Greater)),
        JinjaFunction.Of("unique", "value, case_sensitive=False, attribute=None", static (scope, a) => PythonIterator.From(Unique(scope, a), scope.Budget)),
        JinjaFunction.Of("groupby", "value, attribute, default=None, case_sensitive=False", GroupBy),
    ];

    private static object? Key(object? value, bool isCaseSensitive) =>
        isCaseSensitive ? JinjaText.Plain(value) : JinjaText.TryGet(value) is { } text ? PythonText.ToLower(text) : value;

    private static object?[] Collect(object? value, JinjaScope scope) =>
        PythonOperations.Collect(JinjaOperators.Iterate(value, scope.Budget), isTuple: false, scope.Budget).ToArray();

    private static object? Sort(JinjaScope scope, object?[] arguments)
    {
        var isCaseSensitive = PythonOperations.IsTrue(arguments[2]);
        var getters = ItemGetter.All(arguments[3]);
        var items = Collect(arguments[0], scope);
        var isReversed = JinjaText.RequireInteger(arguments[1]) != 0;
        if (getters.Length == 1)
        {
            var single = Array.ConvertAll(items, item => Key(getters[0].Get(item, scope), isCaseSensitive));
            return new PythonList(Ordered(items, single, isReversed, scope), isTuple: false);
        }

        var keys = Array.ConvertAll(items, item => (object?)PythonList.List(Array.ConvertAll(getters, g =>
        {
            scope.Budget.Allocate(1);
            return Key(g.Get(item, scope), isCaseSensitive);
        })));
        return new PythonList(PythonOrder.Sort(items, keys, isReversed, scope.Budget), isTuple: false);
    }

    // Equal keys need no order, as several attributes in a list need none: two times nothing can be sorted.
    private static object?[] Ordered(object?[] items, object?[] keys, bool isReversed, JinjaScope scope) =>
        PythonOrder.Sort(items, keys, isReversed, scope.Budget, (left, right) =>
            !JinjaOperators.AreEqual(left, right, scope.Budget) && JinjaOperators.Compare(left, right, PythonComparison.Less, scope.Budget));

    private static object?[] OrderedAll(object?[] items, object?[] keys, bool isReversed, JinjaScope scope) =>
        PythonOrder.Sort(items, keys, isReversed, scope.Budget, (left, right) =>
            JinjaOperators.Compare(left, right, PythonComparison.Less, scope.Budget));

    private static object? SortDictionary(JinjaScope scope, object?[] arguments)
    {
        var isByValue = JinjaText.TryGet(arguments[2]) switch
        {
            "key" => false,
            "value" => true,
            _ => throw new PythonErrorException("FilterArgumentError", "a dict is sorted by 'key' or by 'value'"),
        };
        JinjaOperators.RequireDefined(arguments[0]);
        var dictionary = arguments[0] as PythonDictionary
            ?? throw new PythonErrorException("AttributeError", $"'{PythonOperations.TypeName(arguments[0])}' object has no attribute 'items'");
        var items = new object?[dictionary.Count];
        var keys = new object?[dictionary.Count];
        scope.Budget.Allocate(dictionary.Count);
        for (var i = 0; i < items.Length; i++)
        {
            var (key, value) = dictionary.At(i);
            items[i] = PythonList.Tuple(key, value);
            keys[i] = Key(isByValue ? value : key, PythonOperations.IsTrue(arguments[1]));
        }

        return new PythonList(OrderedAll(items, keys, JinjaText.RequireInteger(arguments[3]) != 0, scope), isTuple: false);
    }

    private static object? Extreme(JinjaScope scope, object?[] arguments, PythonComparison comparison)
    {
        var isCaseSensitive = PythonOperations.IsTrue(arguments[1]);
        var getter = ItemGetter.Of(arguments[2]);
        var items = JinjaOperators.Iterate(arguments[0], scope.Budget);
        if (!items.TryNext(out var best))
        {
            return JinjaUndefined.Because("there is no least or greatest item: the sequence is empty");
        }

        var bestKey = Key(getter.Get(best, scope), isCaseSensitive);
        while (items.TryNext(out var item))
        {
            var key = Key(getter.Get(item, scope), isCaseSensitive);
            if (JinjaOperators.Compare(key, bestKey, comparison, scope.Budget))
            {
                (best, bestKey) = (item, key);
            }
        }

        return best;
    }

    private static IEnumerable<object?> Unique(JinjaScope scope, object?[] arguments)
    {
        var isCaseSensitive = PythonOperations.IsTrue(arguments[1]);
        var getter = ItemGetter.Of(arguments[2]);
        var seen = new PythonSet(isFrozen: false, scope.Budget);
        var items = JinjaOperators.Iterate(arguments[0], scope.Budget);
        while (items.TryNext(out var item))
        {
            if (seen.Add(Key(getter.Get(item, scope), isCaseSensitive)))
            {
                yield return item;
            }
        }
    }

    private static object? GroupBy(JinjaScope scope, object?[] arguments)
    {
        var isCaseSensitive = PythonOperations.IsTrue(arguments[3]);
        var getter = ItemGetter.Of(arguments[1], arguments[2]);
        var items = Collect(arguments[0], scope);
        var keys = Array.ConvertAll(items, i => Key(getter.Get(i, scope), isCaseSensitive));
        var sorted = OrderedAll(items, keys, isReversed: false, scope);
        var groups = PythonList.NewList();
        PythonList? members = null;
        object? current = null;
        foreach (var item in sorted)
        {
            var key = Key(getter.Get(item, scope), isCaseSensitive);
            if (members is null || !JinjaOperators.AreEqual(key, current, scope.Budget))
            {
                (members, current) = (PythonList.NewList(), key);
                var shown = isCaseSensitive ? key : getter.Get(item, scope);
                groups.Add(new PythonList([shown, members], isTuple: true) { ItemNames = GroupNames }, scope.Budget);
            }

            members.Add(item, scope.Budget);
        }

        return groups;
    }
}
