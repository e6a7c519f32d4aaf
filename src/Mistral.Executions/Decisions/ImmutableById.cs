using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions.Decisions;

/// <summary>
/// Values by id, as an immutable value. A tree has few of each kind, which are looked through in an array: that takes a
/// third of the room of a hash trie, and less time. Many are a trie.
/// </summary>
internal readonly struct ImmutableById<T> : IEquatable<ImmutableById<T>>
    where T : class
{
    private const int Few = 8;

    // An array of pairs, a trie, or null when there is none.
    private readonly object? _values;

    private ImmutableById(object? values) => _values = values;

    public int Count => _values switch
    {
        null => 0,
        KeyValuePair<string, T>[] few => few.Length,
        _ => ((ImmutableDictionary<string, T>)_values).Count,
    };

    public IEnumerable<T> Values => _values is KeyValuePair<string, T>[] few
        ? Array.ConvertAll(few, static p => p.Value)
        : ((ImmutableDictionary<string, T>?)_values)?.Values ?? [];

    public T this[string id] => Find(id) ?? throw new KeyNotFoundException($"Nothing with the id '{id}' is at hand.");

    public bool Contains(string id) => Find(id) is not null;

    public bool TryGetValue(string id, [NotNullWhen(true)] out T? value)
    {
        value = Find(id);
        return value is not null;
    }

    public T? Find(string id)
    {
        if (_values is KeyValuePair<string, T>[] few)
        {
            return PlaceOf(few, id) is var place and >= 0 ? few[place].Value : null;
        }

        return _values is null ? null : ((ImmutableDictionary<string, T>)_values).GetValueOrDefault(id);
    }

    /// <summary>The same with that value.</summary>
    public ImmutableById<T> With(string id, T value)
    {
        if (_values is ImmutableDictionary<string, T> many)
        {
            return new(many.SetItem(id, value));
        }

        var few = (KeyValuePair<string, T>[]?)_values ?? [];
        var place = PlaceOf(few, id);
        if (place < 0 && few.Length == Few)
        {
            return new(ImmutableDictionary.CreateRange(StringComparer.Ordinal, few).Add(id, value));
        }

        var next = new KeyValuePair<string, T>[place < 0 ? few.Length + 1 : few.Length];
        few.CopyTo(next, 0);
        next[place < 0 ? few.Length : place] = new(id, value);
        return new(next);
    }

    /// <summary>The same without the value of that id, if it has one.</summary>
    public ImmutableById<T> Without(string id)
    {
        if (_values is ImmutableDictionary<string, T> many)
        {
            return new(many.Remove(id));
        }

        if (_values is not KeyValuePair<string, T>[] few || PlaceOf(few, id) is not (>= 0 and var place))
        {
            return this;
        }

        if (few.Length == 1)
        {
            return default;
        }

        var next = new KeyValuePair<string, T>[few.Length - 1];
        few.AsSpan(0, place).CopyTo(next);
        few.AsSpan(place + 1).CopyTo(next.AsSpan(place));
        return new(next);
    }

    public bool Equals(ImmutableById<T> other) => ReferenceEquals(_values, other._values);

    public override bool Equals(object? obj) => obj is ImmutableById<T> other && Equals(other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_values);

    private static int PlaceOf(KeyValuePair<string, T>[] few, string id)
    {
        for (var place = 0; place < few.Length; place++)
        {
            if (string.Equals(few[place].Key, id, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return -1;
    }
}
