namespace Mistral.Executions.Language.Values;

/// <summary>A Python set or frozenset. It keeps the order in which its items came, so that the same input gives the same output.</summary>
internal sealed class PythonSet(bool isFrozen, EvaluationBudget budget)
{
    private readonly OrderedDictionary<object, object?> _items = new(budget.KeyComparer);

    internal bool IsFrozen { get; } = isFrozen;

    internal int Count => _items.Count;

    internal object? this[int place] => PythonKeyComparer.Unwrap(_items.GetAt(place).Key);

    internal bool Contains(object? item) => _items.ContainsKey(PythonKeyComparer.Wrap(item));

    internal bool Add(object? item)
    {
        budget.Allocate(1);
        return _items.TryAdd(PythonKeyComparer.Wrap(item), null);
    }

    internal bool Remove(object? item)
    {
        budget.Handle(Count);
        return _items.Remove(PythonKeyComparer.Wrap(item));
    }

    internal static PythonSet From(PythonIterator items, bool isFrozen, EvaluationBudget budget)
    {
        var set = new PythonSet(isFrozen, budget);
        while (items.TryNext(out var item))
        {
            set.Add(item);
        }

        return set;
    }

    internal bool IsSubsetOf(PythonSet other)
    {
        if (Count > other.Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!other.Contains(this[i]))
            {
                return false;
            }
        }

        return true;
    }
}
