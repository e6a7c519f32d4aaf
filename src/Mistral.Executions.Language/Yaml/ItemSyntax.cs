using System.Text.Json;

namespace Mistral.Executions.Language.Yaml;

/// <summary>One line of <c>with-items</c>: <c>name in collection</c>. See "Processing collections using 'with-items'" in Mistral's description of the workflow language.</summary>
/// <param name="Name">The variable that holds the item.</param>
/// <param name="Collection">A list, or the text of an expression.</param>
internal sealed record ItemSyntax(string Name, JsonData Collection)
{
    /// <summary>Takes a line apart.</summary>
    /// <returns>The parts; <see langword="null"/> when the line has another form.</returns>
    /// <exception cref="JsonException">The collection is a list, but no JSON.</exception>
    public static ItemSyntax? Parse(string text)
    {
        var start = SkipSpace(text, 0);
        var end = start;
        while (end < text.Length && (text[end] == '-' || InlineParameters.IsWordCharacter(text[end])))
        {
            end++;
        }

        var name = text[start..end];
        var word = SkipSpace(text, end);
        if (name.Length > 0 && text.AsSpan(word).StartsWith("in") && FindCollection(text, SkipSpace(text, word + 2)) is { } collection)
        {
            return new(name, collection);
        }

        // "xin [1, 2]": the name may touch the word.
        return name.Length > 2 && name.EndsWith("in", StringComparison.Ordinal) && FindCollection(text, word) is { } touching
            ? new(name[..^2], touching)
            : null;
    }

    private static JsonData? FindCollection(string text, int start)
    {
        var rest = text.AsSpan(start);
        var lineEnd = rest.IndexOf('\n');
        var line = lineEnd < 0 ? rest : rest[..lineEnd];
        if (line is ['[', ..])
        {
            var length = line.LastIndexOf(']') + 1;
            return length < 3 ? default(JsonData?) : JsonData.Parse(line[..length].ToString());
        }

        var close = line switch
        {
            ['{', '{', ..] => line[2..].IndexOf("}}"),
            ['<', '%', ..] => line[2..].IndexOf("%>"),
            _ => -1,
        };
        return close < 0 ? default(JsonData?) : line[..(close + 4)].ToString();
    }

    private static int SkipSpace(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }
}
