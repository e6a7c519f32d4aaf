using System.Text.Json;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>Reads what a scenario file says.</summary>
internal static class Json
{
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static JsonData Data(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? JsonData.Parse(value.GetRawText()) : default;

    public static JsonMap Map(this JsonElement element, string name) =>
        element.Data(name) is { Kind: JsonKind.Object } data ? data.AsObject() : JsonMap.Empty;
}
