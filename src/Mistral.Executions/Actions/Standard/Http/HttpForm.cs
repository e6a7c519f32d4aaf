using System.Text;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>Writes pairs of names and values as queries and forms have them.</summary>
internal static class HttpForm
{
    /// <summary>Writes an object or a list of pairs. A list as value gives its name several times; null gives nothing.</summary>
    /// <exception cref="ActionFailedException">The value is something else.</exception>
    public static string Encode(string parameter, JsonData pairs)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in PairsOf(parameter, pairs))
        {
            IEnumerable<JsonData> values = value.Kind == JsonKind.Array ? value.AsArray() : [value];
            foreach (var single in values.Where(single => !single.IsNull))
            {
                if (text.Length > 0)
                {
                    text.Append('&');
                }

                text.Append(Escaped(name)).Append('=').Append(Escaped(TextOf(single)));
            }
        }

        return text.ToString();
    }

    /// <summary>The value as Python writes it into a text.</summary>
    public static string TextOf(JsonData value) => value.Kind switch
    {
        JsonKind.String => value.AsString(),
        JsonKind.Boolean => value.AsBoolean() ? "True" : "False",
        _ => value.ToString(),
    };

    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static IEnumerable<KeyValuePair<string, JsonData>> PairsOf(string parameter, JsonData pairs) => pairs.Kind switch
    {
        JsonKind.Object => pairs.AsObject(),
        JsonKind.Array when pairs.AsArray().All(pair => pair.Kind == JsonKind.Array && pair.AsArray().Count == 2) =>
            pairs.AsArray().Select(pair => KeyValuePair.Create(TextOf(pair[0]), pair[1])),
        _ => throw new ActionFailedException($"The parameter '{parameter}' must be a text, an object or a list of pairs, but is {pairs.Kind}"),
    };
}
