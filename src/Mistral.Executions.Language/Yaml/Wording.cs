namespace Mistral.Executions.Language.Yaml;

/// <summary>How faults name values and attributes.</summary>
internal static class Wording
{
    private const int LongestQuote = 60;

    public static string Shorten(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";

    /// <summary>What a value is, for "expected … but found …".</summary>
    public static string Found(JsonData data) => data.Kind switch
    {
        JsonKind.Null => "nothing",
        JsonKind.Boolean => data.AsBoolean() ? "true" : "false",
        JsonKind.Integer or JsonKind.Float => $"the number {Shorten(data.ToString())}",
        JsonKind.String => data.AsString() is { Length: > 0 } text ? $"the text '{Shorten(text)}'" : "an empty text",
        JsonKind.Array => data.AsArray().Count == 0 ? "an empty list" : "a list",
        _ => data.AsObject().Count == 0 ? "an empty mapping" : "a mapping",
    };

    /// <summary>The end of a sentence about a name that is not known: the nearest of those that are, or all of them.</summary>
    public static string Instead(string name, IReadOnlyList<string> known) => NearestName.Of(name, known) is { } nearest
        ? $"; did you mean '{nearest}'?"
        : $"; known are {string.Join(", ", known)}.";
}
