namespace Mistral.Executions.Decisions;

/// <summary>Merges objects as Mistral does.</summary>
internal static class JsonMaps
{
    /// <summary><paramref name="left"/> with the members of <paramref name="right"/>, objects in both merged member by member.</summary>
    public static JsonMap MergeDeep(JsonMap left, JsonMap right)
    {
        var merged = left;
        foreach (var (name, value) in right)
        {
            merged = merged.With(name, value.Kind == JsonKind.Object && merged.TryGetValue(name, out var mine) && mine.Kind == JsonKind.Object
                ? MergeDeep(mine.AsObject(), value.AsObject())
                : value);
        }

        return merged;
    }
}
