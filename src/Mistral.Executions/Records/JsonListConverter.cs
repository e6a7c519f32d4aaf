using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>Lets System.Text.Json read and write a <see cref="JsonList"/> inside of another type: a JSON array.</summary>
public sealed class JsonListConverter : JsonConverter<JsonList>
{
    /// <inheritdoc/>
    public override JsonList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonDataReader.Read(ref reader) is { Kind: JsonKind.Array } list ? list.AsArray() : throw new JsonException("A JSON array was expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonList value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
