using System.Text.Json;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>One file: what an outside user did to the real engine, what the actions answered, and what came of it.</summary>
internal sealed class Scenario
{
    private readonly JsonElement _root;

    private Scenario(string id, JsonElement root) => (Id, _root) = (id, root);

    /// <summary>The name of the file without its ending.</summary>
    public string Id { get; }

    public JsonElement Final => _root.GetProperty("final");

    public IEnumerable<JsonElement> Steps => _root.GetProperty("steps").EnumerateArray();

    public IEnumerable<JsonElement> Script => _root.GetProperty("script").EnumerateArray();

    public IEnumerable<JsonElement> Actions => _root.GetProperty("actions").EnumerateArray();

    public IEnumerable<string> Quirks => _root.TryGetProperty("quirks", out var quirks) ? quirks.EnumerateArray().Select(q => q.GetString()!) : [];

    /// <summary>An option of Mistral that changes what is seen and that this engine does not have; <see langword="null"/> when there is none.</summary>
    public string? ForeignOption
    {
        get
        {
            foreach (var option in _root.GetProperty("config").EnumerateObject())
            {
                var isNeutral = option.Name is "context_versioning.hash_version_keys" or "executor.type"
                    || (option.Name == "engine.merge_strategy" && option.Value.ValueEquals("replace"));
                if (!isNeutral)
                {
                    return option.Name;
                }
            }

            return null;
        }
    }

    public static Scenario Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 512 });
        return new(Path.GetFileNameWithoutExtension(file), document.RootElement.Clone());
    }
}
