using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>An immutable JSON object; its members keep the order in which they were given.</summary>
[JsonConverter(typeof(JsonMapConverter))]
public sealed class JsonMap : IReadOnlyDictionary<string, JsonData>, IEquatable<JsonMap>
{
    // Small objects are searched from end to end: faster than hashing up to about this size.
    private const int LargestLinear = 8;

    private readonly KeyValuePair<string, JsonData>[] _members;
    private Dictionary<string, int>? _places;

    private JsonMap(KeyValuePair<string, JsonData>[] members) => _members = members;

    /// <summary>The object without members.</summary>
    public static JsonMap Empty { get; } = new([]);

    /// <summary>How many members there are.</summary>
    public int Count => _members.Length;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _members.Select(m => m.Key);

    /// <summary>The values, in order.</summary>
    public IEnumerable<JsonData> Values => _members.Select(m => m.Value);

    /// <summary>The member of that name.</summary>
    /// <param name="key">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public JsonData this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The JSON object has no member '{key}'.");

    /// <summary>An object of these members; of members of one name the last counts, at the place of the first.</summary>
    /// <param name="members">Names and values.</param>
    /// <returns>The object.</returns>
    public static JsonMap Create(IEnumerable<KeyValuePair<string, JsonData>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var list = members as List<KeyValuePair<string, JsonData>> ?? [.. members];
        return FromMembers(list);
    }

    /// <inheritdoc cref="Create(IEnumerable{KeyValuePair{string, JsonData}})"/>
    public static JsonMap Create(params ReadOnlySpan<(string Name, JsonData Value)> members)
    {
        if (members.IsEmpty)
        {
            return Empty;
        }

        var all = new KeyValuePair<string, JsonData>[members.Length];
        for (var place = 0; place < all.Length; place++)
        {
            all[place] = new(members[place].Name, members[place].Value);
        }

        var map = new JsonMap(all);
        return map.HasTwice() ? map.Merged() : map;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => PlaceOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonData value)
    {
        var place = PlaceOf(key);
        value = place >= 0 ? _members[place].Value : default;
        return place >= 0;
    }

    /// <summary>The member of that name, or JSON <c>null</c> when there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value.</returns>
    public JsonData GetOrNull(string name) => TryGetValue(name, out var value) ? value : default;

    /// <summary>This object with one member set: replaced at its place, or added at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The new object.</returns>
    public JsonMap With(string name, JsonData value)
    {
        var place = PlaceOf(name);
        KeyValuePair<string, JsonData>[] members;
        if (place >= 0)
        {
            members = [.. _members];
            members[place] = new(name, value);
        }
        else
        {
            members = [.. _members, new(name, value)];
        }

        return new(members);
    }

    /// <summary>This object with all members of another set.</summary>
    /// <param name="other">Its members win.</param>
    /// <returns>The new object.</returns>
    public JsonMap WithAll(JsonMap other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
        {
            return this;
        }

        return Count == 0 ? other : Create([.. _members, .. other._members]);
    }

    /// <summary>This object without a member.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The new object, or this one when there is no such member.</returns>
    public JsonMap Without(string name) =>
        PlaceOf(name) < 0 ? this : new([.. _members.Where(m => !string.Equals(m.Key, name, StringComparison.Ordinal))]);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonData>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, JsonData>>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same members; their order does not count.</summary>
    /// <param name="other">The other object.</param>
    /// <returns><see langword="true"/> when they have.</returns>
    public bool Equals(JsonMap? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (name, value) in _members)
        {
            if (!other.TryGetValue(name, out var theirs) || !value.Equals(theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (name, value) in _members)
        {
            hash ^= HashCode.Combine(string.GetHashCode(name, StringComparison.Ordinal), value);
        }

        return hash;
    }

    /// <summary>The object as JSON text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ((JsonData)this).ToString();

    internal static JsonMap FromMembers(List<KeyValuePair<string, JsonData>> members)
    {
        if (members.Count == 0)
        {
            return Empty;
        }

        var map = new JsonMap([.. members]);
        return map.HasTwice() ? map.Merged() : map;
    }

    internal ReadOnlySpan<KeyValuePair<string, JsonData>> Span => _members;

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private int PlaceOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_members.Length <= LargestLinear)
        {
            for (var i = 0; i < _members.Length; i++)
            {
                if (string.Equals(_members[i].Key, key, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }

        // Two threads may both build it; both build the same.
        return (_places ??= BuildPlaces()).TryGetValue(key, out var place) ? place : -1;
    }

    private Dictionary<string, int> BuildPlaces()
    {
        var places = new Dictionary<string, int>(_members.Length, StringComparer.Ordinal);
        for (var i = 0; i < _members.Length; i++)
        {
            places[_members[i].Key] = i;
        }

        return places;
    }

    private bool HasTwice()
    {
        if (_members.Length > LargestLinear)
        {
            return (_places = BuildPlaces()).Count != _members.Length;
        }

        for (var i = 1; i < _members.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (string.Equals(_members[i].Key, _members[j].Key, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private JsonMap Merged()
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var merged = new List<KeyValuePair<string, JsonData>>(_members.Length);
        foreach (var member in _members)
        {
            if (places.TryAdd(member.Key, merged.Count))
            {
                merged.Add(member);
            }
            else
            {
                merged[places[member.Key]] = member;
            }
        }

        return new([.. merged]);
    }
}
