namespace Mistral.Executions.Language.Values;

/// <summary>
/// A Python list or tuple. One made over a <see cref="JsonList"/> reads from it and copies nothing until it is changed.
/// </summary>
internal sealed class PythonList
{
    private JsonList? _json;
    private object?[] _items;
    private int _count;

    /// <summary>Takes the items over: the caller must not change them any more.</summary>
    internal PythonList(object?[] items, bool isTuple)
        : this(items, items.Length, isTuple)
    {
    }

    internal PythonList(object?[] items, int count, bool isTuple) => (_items, _count, IsTuple) = (items, count, isTuple);

    internal PythonList(JsonList json, bool isTuple) => (_json, _items, _count, IsTuple) = (json, [], json.Count, isTuple);

    internal static PythonList EmptyTuple { get; } = new([], isTuple: true);

    internal bool IsTuple { get; }

    /// <summary>The names of a named tuple's items.</summary>
    internal IReadOnlyList<string>? ItemNames { get; init; }

    /// <summary>Whether it still reads from JSON, so that another made over the same JSON would not see a change of this one.</summary>
    internal bool IsView => _json is not null;

    internal int Count => _count;

    /// <summary>The JSON that it reads from, while it does.</summary>
    internal JsonList? Json => _json;

    internal object? this[int index] => _json is null ? _items[index] : PythonOperations.ToValue(_json[index], IsTuple);

    internal static PythonList NewList() => new([], isTuple: false);

    internal static PythonList Tuple(params object?[] items) => new(items, isTuple: true);

    internal static PythonList List(params object?[] items) => new(items, isTuple: false);

    /// <summary>Appends to a list that is being built, or that the language lets change.</summary>
    internal void Add(object? item, EvaluationBudget budget)
    {
        budget.Allocate(1);
        Materialize();
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, _count * 2));
        }

        _items[_count++] = item;
    }

    internal void Set(int index, object? item) => Materialize()[index] = item;

    internal void Insert(int index, object? item, EvaluationBudget budget)
    {
        Add(null, budget);
        budget.Handle(_count - index);
        Array.Copy(_items, index, _items, index + 1, _count - 1 - index);
        _items[index] = item;
    }

    internal void RemoveAt(int index, EvaluationBudget budget)
    {
        Materialize();
        budget.Handle(_count - index);
        _count--;
        Array.Copy(_items, index + 1, _items, index, _count - index);
        _items[_count] = null;
    }

    internal void Clear() => (_json, _items, _count) = (null, [], 0);

    /// <summary>The items in a new array with that much room before and after them.</summary>
    internal object?[] ToArray(int before = 0, int after = 0)
    {
        var items = new object?[before + _count + after];
        if (_json is null)
        {
            Array.Copy(_items, 0, items, before, _count);
        }
        else
        {
            for (var i = 0; i < _count; i++)
            {
                items[before + i] = PythonOperations.ToValue(_json[i], IsTuple);
            }
        }

        return items;
    }

    /// <summary>The items from one place up to another, as the same type.</summary>
    internal PythonList Range(int start, int end, EvaluationBudget budget)
    {
        var count = Math.Max(0, end - start);
        budget.AllocateList(count);
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = this[start + i];
        }

        return new(items, IsTuple);
    }

    private object?[] Materialize()
    {
        if (_json is not null)
        {
            _items = ToArray();
            _json = null;
        }

        return _items;
    }
}
