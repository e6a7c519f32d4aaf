using System.Runtime.CompilerServices;

namespace Mistral.Executions.Language.Values;

/// <summary>
/// A Python dict: keys in the order they came, compared as Python does. One made over a <see cref="JsonMap"/> reads from
/// it and copies nothing until it is changed. A frozen one can be a key itself.
/// </summary>
internal sealed class PythonDictionary
{
    private JsonMap? _json;
    private IExpressionContext? _variables;
    private OrderedDictionary<object, object?>? _items;

    internal PythonDictionary(JsonMap json, bool isFrozen) => (_json, IsFrozen) = (json, isFrozen);

    /// <summary>The variables in scope as a dict; one variable is looked up without making the others.</summary>
    internal PythonDictionary(IExpressionContext variables, bool isFrozen) => (_variables, IsFrozen) = (variables, isFrozen);

    internal PythonDictionary(bool isFrozen, EvaluationBudget budget) =>
        (_items, IsFrozen) = (new(budget.KeyComparer), isFrozen);

    internal bool IsFrozen { get; }

    /// <summary>Whether it still reads from JSON, so that another made over the same JSON would not see a change of this one.</summary>
    internal bool IsView => _items is null;

    internal int Count => Json?.Count ?? _items!.Count;

    /// <summary>The JSON that it reads from, while it does.</summary>
    internal JsonMap? Json
    {
        get
        {
            if (_variables is not null)
            {
                _json = JsonMap.Create(NamedVariables(_variables));
                _variables = null;
            }

            return _json;
        }
    }

    internal bool TryGet(object? key, out object? value, EvaluationBudget budget)
    {
        if (_items is not null)
        {
            return _items.TryGetValue(PythonKeyComparer.Wrap(key), out value);
        }

        if (key is string name)
        {
            budget.Scan(name);
            if (_variables is null ? _json!.TryGetValue(name, out var json) : _variables.TryGetVariable(name, out json))
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
        if (_items is null)
        {
            var (name, json) = Json!.Span[place];
            return new(name, PythonOperations.ToValue(json, IsFrozen));
        }

        var (key, value) = _items.GetAt(place);
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
        var source = Json!;
        budget.AllocateList(source.Count);
        _items = new(source.Count, budget.KeyComparer);
        foreach (var (name, json) in source.Span)
        {
            _items[name] = PythonOperations.ToValue(json, IsFrozen);
        }

        _json = null;
        return _items;
    }

    private static IEnumerable<KeyValuePair<string, JsonData>> NamedVariables(IExpressionContext variables)
    {
        foreach (var name in variables.VariableNames)
        {
            if (variables.TryGetVariable(name, out var value))
            {
                yield return new(name, value);
            }
        }
    }
}
