using System.Runtime.CompilerServices;

namespace Mistral.Executions.Language.Values;

/// <summary>
/// A Python dict: keys in the order they came, compared as Python does. One made over a <see cref="JsonMap"/> reads from
/// it and copies nothing until it is changed. A frozen one can be a key itself.
/// </summary>
internal sealed class PythonDictionary
{
    private JsonMap? _json;
    private OrderedDictionary<object, object?>? _items;

    internal PythonDictionary(JsonMap json, bool isFrozen) => (_json, IsFrozen) = (json, isFrozen);

    internal PythonDictionary(bool isFrozen, EvaluationBudget budget) =>
        (_items, IsFrozen) = (new(budget.KeyComparer), isFrozen);

    internal bool IsFrozen { get; }

    /// <summary>Whether it still reads from JSON, so that another made over the same JSON would not see a change of this one.</summary>
    internal bool IsView => _json is not null;

    internal int Count => _json?.Count ?? _items!.Count;

    internal bool TryGet(object? key, out object? value, EvaluationBudget budget)
    {
        if (_json is null)
        {
            return _items!.TryGetValue(PythonKeyComparer.Wrap(key), out value);
        }

        if (key is string name)
        {
            if (_json.TryGetValue(name, out var json))
            {
                value = PythonOperations.ToValue(json, IsFrozen);
                return true;
            }
        }
        else
        {
            // An unhashable key is an error even where no key can be equal to it.
            PythonOperations.Hash(key, budget);
        }

        value = null;
        return false;
    }

    internal bool Contains(object? key, EvaluationBudget budget) => TryGet(key, out _, budget);

    internal KeyValuePair<object?, object?> At(int place)
    {
        if (_json is not null)
        {
            var (name, json) = _json.Span[place];
            return new(name, PythonOperations.ToValue(json, IsFrozen));
        }

        var (key, value) = _items!.GetAt(place);
        return new(PythonKeyComparer.Unwrap(key), value);
    }

    /// <summary>Sets a key of a dict that is being built, or that the language lets change.</summary>
    internal void Set(object? key, object? value, EvaluationBudget budget)
    {
        budget.Allocate(1);
        Materialize(budget)[PythonKeyComparer.Wrap(key)] = value;
    }

    internal bool Remove(object? key, EvaluationBudget budget)
    {
        // Taking an entry out moves all later ones.
        budget.Handle(Count);
        return Materialize(budget).Remove(PythonKeyComparer.Wrap(key));
    }

    internal PythonDictionary Copy(bool isFrozen, EvaluationBudget budget)
    {
        var copy = new PythonDictionary(isFrozen, budget);
        copy.SetAll(this, budget);
        return copy;
    }

    internal void SetAll(PythonDictionary other, EvaluationBudget budget)
    {
        for (var i = 0; i < other.Count; i++)
        {
            var (key, value) = other.At(i);
            Set(key, value, budget);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OrderedDictionary<object, object?> Materialize(EvaluationBudget budget) => _items ?? Copied(budget);

    private OrderedDictionary<object, object?> Copied(EvaluationBudget budget)
    {
        budget.Allocate(_json!.Count);
        _items = new(_json.Count, budget.KeyComparer);
        foreach (var (name, json) in _json.Span)
        {
            _items[name] = PythonOperations.ToValue(json, IsFrozen);
        }

        _json = null;
        return _items;
    }
}
