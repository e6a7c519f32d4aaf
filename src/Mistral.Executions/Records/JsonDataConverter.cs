using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>Lets System.Text.Json read and write a <see cref="JsonData"/> inside of another type: any JSON value.</summary>
public sealed class JsonDataConverter : JsonConverter<JsonData>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override JsonData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonDataReader.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonData value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        value.WriteTo(writer);
    }
}
