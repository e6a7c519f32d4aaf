using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mistral.Executions;

public readonly partial struct JsonData
{
    /// <summary>
    /// A C# value as JSON. Without options, names are in snake_case, enumerations are text, and <see cref="double"/>,
    /// <see cref="float"/> and <see cref="decimal"/> stay floats.
    /// </summary>
    /// <typeparam name="T">The type; for <see cref="object"/> the type of the value counts, so anonymous objects work.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="options">How it is written; <see langword="null"/> for what the library does everywhere.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="JsonException">The value cannot be written as JSON, such as one with a cycle.</exception>
    /// <exception cref="NotSupportedException">Values of that type have no JSON form.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public static JsonData FromObject<T>(T value, JsonSerializerOptions? options = null) => value switch
    {
        JsonData data => data,
        JsonMap map => map,
        JsonList list => list,
        _ => Parse(JsonSerializer.SerializeToUtf8Bytes(value, options ?? JsonConversion.Options)),
    };

    /// <summary>A C# value as JSON, without reflection.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">How it is written, from a <c>JsonSerializerContext</c>.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="JsonException">The value cannot be written as JSON, such as one with a cycle.</exception>
    public static JsonData FromObject<T>(T value, JsonTypeInfo<T> typeInfo) => Parse(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>
    /// This JSON as a C# value. Without options, names are in snake_case, enumerations are text, and a parameter of the
    /// constructor without a default must be there.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">How it is read; <see langword="null"/> for what the library does everywhere.</param>
    /// <returns>The value; <see langword="null"/> for JSON <c>null</c>.</returns>
    /// <exception cref="JsonException">This JSON is not of that type; the message names the place.</exception>
    /// <exception cref="NotSupportedException">Values of that type cannot be read from JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public T? ToObject<T>(JsonSerializerOptions? options = null) =>
        typeof(T) == typeof(JsonData) || typeof(T) == typeof(object)
            ? (T)(object)this
            : JsonSerializer.Deserialize<T>(ToUtf8(), options ?? JsonConversion.Options);

    /// <summary>This JSON as a C# value, without reflection.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="typeInfo">How it is read, from a <c>JsonSerializerContext</c>.</param>
    /// <returns>The value; <see langword="null"/> for JSON <c>null</c>.</returns>
    /// <exception cref="JsonException">This JSON is not of that type; the message names the place.</exception>
    public T? ToObject<T>(JsonTypeInfo<T> typeInfo) => JsonSerializer.Deserialize(ToUtf8(), typeInfo);
}
