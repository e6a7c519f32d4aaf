namespace Mistral.Executions.Language.Yaml;

/// <summary>A value of a document with its place. What an alias repeats is one node in several places of the tree.</summary>
internal abstract class DocumentNode
{
    private protected DocumentNode(SourcePlace place, JsonData data, int size) => (Place, Data, Size) = (place, data, size);

    public SourcePlace Place { get; }

    /// <summary>The value as JSON.</summary>
    public JsonData Data { get; }

    /// <summary>How many values this is with all that is in it.</summary>
    public int Size { get; }

    /// <summary>The node for a value that stands nowhere, or somewhere inside a text.</summary>
    public static DocumentNode From(JsonData data, SourcePlace place) => data.Kind switch
    {
        JsonKind.Object => new MappingNode(place, [.. data.AsObject().Select(m => new MappingEntry(m.Key, place, From(m.Value, place)))]),
        JsonKind.Array => new SequenceNode(place, [.. data.AsArray().Select(e => From(e, place))]),
        _ => new ScalarNode(place, data),
    };
}

/// <summary>A text, number, boolean or null.</summary>
internal sealed class ScalarNode(SourcePlace place, JsonData data) : DocumentNode(place, data, 1);

/// <summary>A list.</summary>
internal sealed class SequenceNode(SourcePlace place, DocumentNode[] items)
    : DocumentNode(place, JsonList.FromArray([.. items.Select(i => i.Data)]), 1 + items.Sum(i => i.Size))
{
    public IReadOnlyList<DocumentNode> Items => items;
}

/// <summary>A member of a mapping, with the place of its name.</summary>
internal sealed record MappingEntry(string Name, SourcePlace NamePlace, DocumentNode Value);

/// <summary>A mapping; no two of its members have one name.</summary>
internal sealed class MappingNode(SourcePlace place, MappingEntry[] entries)
    : DocumentNode(
        place,
        JsonMap.FromMembers([.. entries.Select(e => KeyValuePair.Create(e.Name, e.Value.Data))]),
        1 + entries.Sum(e => e.Value.Size))
{
    private Dictionary<string, MappingEntry>? _byName;

    public IReadOnlyList<MappingEntry> Entries => entries;

    public MappingEntry? Find(string name) =>
        (_byName ??= entries.ToDictionary(e => e.Name, StringComparer.Ordinal)).GetValueOrDefault(name);

    /// <summary>This mapping with the members of another merged in: mappings member by member, of all else the other's wins.</summary>
    public MappingNode MergedWith(MappingNode other)
    {
        var merged = new OrderedDictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            merged[entry.Name] = entry;
        }

        foreach (var entry in other.Entries)
        {
            merged[entry.Name] = merged.TryGetValue(entry.Name, out var own) && own.Value is MappingNode left && entry.Value is MappingNode right
                ? entry with { Value = left.MergedWith(right) }
                : entry;
        }

        return new(Place, [.. merged.Values]);
    }
}
