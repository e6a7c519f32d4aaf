using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>What <c>orderBy</c> gives: sorted, stably, when it is walked for the first time, by as many keys as were added until then.</summary>
internal sealed class YaqlOrdering(object? source, YaqlScope scope) : PythonIterable
{
    private readonly List<(YaqlLambda Selector, bool IsAscending)> _fields = [];
    private Item[]? _sorted;

    internal override string TypeName => "OrderingIterable";

    internal override PythonIterator GetIterator() => PythonIterator.From(Walk(), scope.Budget);

    internal YaqlOrdering By(YaqlLambda selector, bool isAscending)
    {
        _fields.Add((selector, isAscending));
        return this;
    }

    // A key is worked out when it is compared for the first time.
    private sealed class Item(object? value)
    {
        private readonly List<object?> _keys = [];

        internal object? Value => value;

        internal object? Key(int field, YaqlLambda selector)
        {
            if (_keys.Count == field)
            {
                _keys.Add(selector.Invoke(value));
            }

            return _keys[field];
        }
    }

    private IEnumerable<object?> Walk()
    {
        _sorted ??= Sort();
        foreach (var item in _sorted)
        {
            yield return item.Value;
        }
    }

    private Item[] Sort()
    {
        var items = new List<Item>();
        var walk = PythonOperations.Iterate(source, scope.Budget);
        while (walk.TryNext(out var value))
        {
            scope.Budget.Allocate(1);
            items.Add(new(value));
        }

        Item[] sorted = [.. items];
        MergeSort(sorted, new Item[sorted.Length], 0, sorted.Length);
        return sorted;
    }

    private void MergeSort(Item[] items, Item[] buffer, int start, int end)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = start + ((end - start) / 2);
        MergeSort(items, buffer, start, middle);
        MergeSort(items, buffer, middle, end);
        Array.Copy(items, start, buffer, start, middle - start);
        var (left, right) = (start, middle);
        for (var target = start; left < middle; target++)
        {
            items[target] = right < end && Compare(items[right], buffer[left]) < 0 ? items[right++] : buffer[left++];
        }
    }

    private int Compare(Item left, Item right)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            var (selector, isAscending) = _fields[i];
            var (a, b) = (left.Key(i, selector), right.Key(i, selector));
            var order = Holds("#operator_<", a, b) ? -1 : Holds("#operator_>", a, b) ? 1 : 0;
            if (order != 0)
            {
                return isAscending ? order : -order;
            }
        }

        return 0;
    }

    private bool Holds(string comparison, object? left, object? right) =>
        PythonOperations.IsTrue(scope.Evaluation.SiteOf(comparison, 2).InvokeWith(scope, left, right));
}
