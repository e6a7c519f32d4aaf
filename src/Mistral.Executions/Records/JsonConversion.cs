using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>How C# values become JSON and back, everywhere in the library where a caller says nothing else.</summary>
internal static class JsonConversion
{
    public const string Warning =
        "The members of the type are found by reflection. In a trimmed or natively compiled application use the overload with a JsonTypeInfo.";

    /// <summary>What to throw where JSON was to be read as a type and is not of it. It says which JSON, and does not show it: it can be a secret.</summary>
    public static JsonException Unfit<T>(string what, JsonData value, JsonException cause) =>
        new($"{what} cannot be read as {typeof(T).Name}: it is of the kind {value.Kind}. {cause.Message}", cause.Path, cause.LineNumber, cause.BytePositionInLine, cause);

    [RequiresUnreferencedCode(Warning)]
    [RequiresDynamicCode(Warning)]
    private static class Reflection
    {
        public static readonly JsonSerializerOptions Options = Create();

        private static JsonSerializerOptions Create()
        {
            var options = new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                MaxDepth = JsonDataReader.MaximumDepth,
                RespectRequiredConstructorParameters = true,
                Converters =
                {
                    new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
                    new BigIntegerConverter(),
                    new DoubleConverter(),
                    new SingleConverter(),
                    new DecimalConverter(),
                },
            };
            options.MakeReadOnly(populateMissingResolver: true);
            return options;
        }
    }

    public static JsonSerializerOptions Options
    {
        [RequiresUnreferencedCode(Warning)]
        [RequiresDynamicCode(Warning)]
        get => Reflection.Options;
    }
}
