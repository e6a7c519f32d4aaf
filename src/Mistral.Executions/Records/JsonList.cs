using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>An immutable JSON array.</summary>
[JsonConverter(typeof(JsonListConverter))]
public sealed class JsonList : IReadOnlyList<JsonData>, IEquatable<JsonList>
{
    private readonly JsonData[] _elements;

    private JsonList(JsonData[] elements) => _elements = elements;

    /// <summary>The array without elements.</summary>
    public static JsonList Empty { get; } = new([]);

    /// <summary>How many elements there are.</summary>
    public int Count => _elements.Length;

    /// <summary>The element at that place.</summary>
    /// <param name="index">The place, from zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public JsonData this[int index] =>
        (uint)index < (uint)_elements.Length
            ? _elements[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The JSON array has {_elements.Length} elements.");

    /// <summary>An array of these elements.</summary>
    /// <param name="elements">The elements, in order.</param>
    /// <returns>The array.</returns>
    public static JsonList Create(IEnumerable<JsonData> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return FromArray([.. elements]);
    }

    /// <inheritdoc cref="Create(IEnumerable{JsonData})"/>
    public static JsonList Create(params ReadOnlySpan<JsonData> elements) => FromArray(elements.ToArray());

    /// <inheritdoc/>
    public IEnumerator<JsonData> GetEnumerator() => ((IEnumerable<JsonData>)_elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same elements in the same order.</summary>
    /// <param name="other">The other array.</param>
    /// <returns><see langword="true"/> when they have.</returns>
    public bool Equals(JsonList? other) =>
        ReferenceEquals(this, other) || (other is not null && _elements.AsSpan().SequenceEqual(other._elements));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var element in _elements)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }

    /// <summary>The array as JSON text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ((JsonData)this).ToString();

    /// <summary>Takes the array over: the caller must not change it any more.</summary>
    internal static JsonList FromArray(JsonData[] elements) => elements.Length == 0 ? Empty : new(elements);

    internal ReadOnlySpan<JsonData> Span => _elements;

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var element in _elements)
        {
            element.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
