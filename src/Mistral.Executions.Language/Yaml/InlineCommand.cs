using System.Buffers;

namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// A name with parameters in one line, as <c>std.echo output="hi" times=3</c>. See "Input syntax" in Mistral's
/// description of the workflow language.
/// </summary>
/// <param name="Name">The name of the action, workflow, task or command; may be an expression.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record InlineCommand(string Name, JsonMap Parameters)
{
    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f\v=(\"");

    /// <summary>Takes a line apart. Without a space it is a name and nothing else.</summary>
    /// <returns>The command; <see langword="null"/> when the line starts with neither a name nor an expression.</returns>
    public static InlineCommand? Parse(string text)
    {
        if (!text.Contains(' ', StringComparison.Ordinal))
        {
            return new(text, JsonMap.Empty);
        }

        var length = NameLength(text);
        return length == 0 ? null : new(text[..length], InlineParameters.Parse(text));
    }

    /// <summary>Takes a route apart, which can have its parameter in parentheses too: <c>fail(msg="why")</c>.</summary>
    /// <inheritdoc cref="Parse"/>
    public static InlineCommand? ParseRoute(string text) =>
        !text.Contains(' ', StringComparison.Ordinal) && text.IndexOf('(', StringComparison.Ordinal) is var open and > 0
            ? new(text[..open], InlineParameters.Parse(text))
            : Parse(text);

    // A word of letters, digits and dots with what follows up to a space, parenthesis, quote or equals sign; or an expression.
    private static int NameLength(string text)
    {
        if (InlineParameters.IsWordCharacter(text[0]) || text[0] == '.')
        {
            var end = text.AsSpan().IndexOfAny(NameEnd);
            return end < 0 ? text.Length : end;
        }

        var lineEnd = text.IndexOf('\n', StringComparison.Ordinal);
        var line = text.AsSpan(0, lineEnd < 0 ? text.Length : lineEnd);
        var close = line switch
        {
            ['<', '%', ..] => line[2..].IndexOf("%>"),
            ['{', '{', ..] => line[2..].LastIndexOf("}}"),
            ['{', '%', ..] => line[2..].LastIndexOf("%}"),
            _ => -1,
        };
        return close < 0 ? 0 : close + 4;
    }
}
