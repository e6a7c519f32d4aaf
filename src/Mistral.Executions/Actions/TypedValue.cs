using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mistral.Executions.Actions;

/// <summary>Values of the host's own types as JSON, and back.</summary>
internal static class TypedValue
{
    internal const string NeedsReflection = "The type is read and written by reflection. Use the overload with a JsonTypeInfo where code is trimmed or compiled ahead of time.";

    /// <summary>How types are read and written where the host says nothing else: names in snake_case, as workflows have them.</summary>
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    public static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonDataReader.MaximumDepth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>How that type is read and written.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    /// <summary>Writes a value of the host's, at most so many bytes of it.</summary>
    /// <exception cref="ActionFailedException">It has no JSON form, or a larger one.</exception>
    public static JsonData ToData<T>(T value, JsonTypeInfo<T> type, int maximumBytes)
    {
        switch (value)
        {
            case JsonData data:
                return JsonMeasure.Checked(data, maximumBytes);
            case JsonMap map:
                return JsonMeasure.Checked(map, maximumBytes);
            case JsonList list:
                return JsonMeasure.Checked(list, maximumBytes);
        }

        var buffer = new BoundedBuffer(maximumBytes);
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, JsonDataReader.WriterOptions))
            {
                JsonSerializer.Serialize(writer, value, type);
            }

            return JsonData.Parse(buffer.Written);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new ActionFailedException($"The result, a {type.Type}, cannot be written as JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a value of the host's.</summary>
    /// <exception cref="ActionFailedException">The data do not fit the type.</exception>
    public static T FromInput<T>(JsonMap input, JsonTypeInfo<T> type)
    {
        if (input is T untyped)
        {
            return untyped;
        }

        try
        {
            return JsonSerializer.Deserialize(((JsonData)input).ToUtf8(), type)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new ActionFailedException($"The input cannot be read as {type.Type}: {exception.Message}", exception);
        }
    }

    /// <summary>The parameters of an action with that input: the properties that JSON can set.</summary>
    /// <exception cref="ArgumentException">The type can never be read from a JSON object.</exception>
    public static ActionParameters ParametersOf(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable || Type.GetTypeCode(type.Type) != TypeCode.Object)
        {
            throw new ArgumentException($"An action cannot have {type.Type} as its input: the input of an action is an object with a member for each parameter.");
        }

        if (type.Kind != JsonTypeInfoKind.Object || type.Properties.Any(property => property.IsExtensionData))
        {
            return ActionParameters.Any;
        }

        var settable = type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null).ToList();
        var required = settable.Where(IsRequired).Select(property => property.Name);
        var optional = settable.Where(property => !IsRequired(property)).Select(property => property.Name);
        return ActionParameters.Of(required, optional);
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };
}
