using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>Lets System.Text.Json read and write a <see cref="JsonMap"/> inside of another type: a JSON object.</summary>
public sealed class JsonMapConverter : JsonConverter<JsonMap>
{
    /// <inheritdoc/>
    public override JsonMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonDataReader.Read(ref reader) is { Kind: JsonKind.Object } map ? map.AsObject() : throw new JsonException("A JSON object was expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonMap value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        value.WriteTo(writer);
    }
}
