using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>
/// The variables of a branch, with how often each was published on the way: a persistent map, so that a step shares all
/// that it does not publish. See "Publishing variables" and the context versioning of Mistral.
/// </summary>
internal sealed class DataContext
{
    public static readonly DataContext Empty = new();

    // Both are null while nothing was published, so that a workflow without variables needs none of their code.
    private readonly ImmutableSortedDictionary<string, JsonData>? _values;

    // How often a value was published, by its path; objects are counted by their members.
    private readonly ImmutableSortedDictionary<string, int>? _versions;

    private DataContext()
    {
    }

    private DataContext(ImmutableSortedDictionary<string, JsonData> values, ImmutableSortedDictionary<string, int> versions) =>
        (_values, _versions) = (values, versions);

    public IEnumerable<string> Names => _values?.Keys ?? [];

    private ImmutableSortedDictionary<string, JsonData> Values => _values ?? None.Values;

    private ImmutableSortedDictionary<string, int> Versions => _versions ?? None.Versions;

    public bool TryGetValue(string name, out JsonData value)
    {
        value = default;
        return _values is not null && _values.TryGetValue(name, out value);
    }

    public DataContext Publish(JsonMap published)
    {
        if (published.Count == 0)
        {
            return this;
        }

        var versions = Versions;
        Count(published, null, ref versions);
        var values = Values;
        foreach (var (name, value) in published.Span)
        {
            values = values.SetItem(name, value);
        }

        return new(values, versions);
    }

    /// <summary>
    /// Brings branches together: objects member by member; of two values the one that was published more often wins, and
    /// on a tie that of the branch whose task was created last. Of tasks that the routes of one task lead to, the first in
    /// the definition is created last, as in Mistral.
    /// </summary>
    /// <param name="branches">The branches, in the order in which their tasks were created.</param>
    public static DataContext Merge(IReadOnlyList<DataContext> branches)
    {
        if (branches.Count == 0)
        {
            return Empty;
        }

        var merged = branches[^1];
        for (var i = 0; i < branches.Count - 1; i++)
        {
            merged = merged.MergedWith(branches[i]);
        }

        return merged;
    }

    public JsonMap ToMap() => _values is null ? JsonMap.Empty : JsonMap.Create(_values);

    public JsonMap ToSnapshot() => JsonMap.Create(
        ("values", ToMap()),
        ("versions", JsonMap.Create(Versions.Select(v => KeyValuePair.Create(v.Key, (JsonData)v.Value)))));

    public static DataContext FromSnapshot(JsonMap snapshot)
    {
        var values = None.Values.ToBuilder();
        foreach (var (name, value) in snapshot["values"].AsObject().Span)
        {
            values[name] = value;
        }

        var versions = None.Versions.ToBuilder();
        foreach (var (path, version) in snapshot["versions"].AsObject().Span)
        {
            versions[path] = (int)version.AsInteger();
        }

        return new(values.ToImmutable(), versions.ToImmutable());
    }

    private static void Count(JsonMap published, string? prefix, ref ImmutableSortedDictionary<string, int> versions)
    {
        foreach (var (name, value) in published.Span)
        {
            var path = prefix is null ? name : $"{prefix}.{name}";
            if (value.Kind == JsonKind.Object)
            {
                Count(value.AsObject(), path, ref versions);
            }
            else
            {
                versions = versions.SetItem(path, versions.GetValueOrDefault(path) + 1);
            }
        }
    }

    private DataContext MergedWith(DataContext other)
    {
        if (ReferenceEquals(this, other) || other._values is null)
        {
            return this;
        }

        if (_values is null)
        {
            return other;
        }

        var values = _values;
        foreach (var (name, theirs) in other._values)
        {
            var merged = values.TryGetValue(name, out var ours) ? Choose(ours, theirs, name, other) : theirs;
            values = values.SetItem(name, merged);
        }

        var versions = Versions;
        foreach (var (path, version) in other.Versions)
        {
            if (version > versions.GetValueOrDefault(path))
            {
                versions = versions.SetItem(path, version);
            }
        }

        return new(values, versions);
    }

    private JsonData Choose(JsonData ours, JsonData theirs, string path, DataContext other)
    {
        if (ours.Kind != JsonKind.Object || theirs.Kind != JsonKind.Object)
        {
            return other.Versions.GetValueOrDefault(path) > Versions.GetValueOrDefault(path) ? theirs : ours;
        }

        var merged = ours.AsObject();
        foreach (var (name, value) in theirs.AsObject().Span)
        {
            merged = merged.With(name, merged.TryGetValue(name, out var mine) ? Choose(mine, value, $"{path}.{name}", other) : value);
        }

        return merged;
    }

    private static class None
    {
        public static readonly ImmutableSortedDictionary<string, JsonData> Values = ImmutableSortedDictionary.Create<string, JsonData>(StringComparer.Ordinal);

        public static readonly ImmutableSortedDictionary<string, int> Versions = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
    }
}
