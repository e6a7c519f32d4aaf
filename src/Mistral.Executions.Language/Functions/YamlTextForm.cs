namespace Mistral.Executions.Language.Functions;

/// <summary>In which forms a text can be written in YAML's block style.</summary>
internal readonly record struct YamlTextForm(bool CanBePlain, bool CanBeSingleQuoted, bool HasBreaks)
{
    internal static YamlTextForm Of(string text)
    {
        if (text.Length == 0)
        {
            return new(false, true, false);
        }

        var isIndicator = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        var (hasBreaks, isSpecial, hasSpaceBeforeBreak, hasSpaceAfterBreak) = (false, false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var follows = i == 0 || IsBlank(text[i - 1]);
            var precedes = i + 1 == text.Length || IsBlank(text[i + 1]);
            isIndicator |= i == 0 ? IsLeading(character, precedes) : (character == ':' && precedes) || (character == '#' && follows);
            hasBreaks |= character is '\n' or '\x85' or '\u2028' or '\u2029';
            isSpecial |= character is not ('\n' or >= ' ' and <= '~');
            hasSpaceBeforeBreak |= character == '\n' && i > 0 && text[i - 1] == ' ';
            hasSpaceAfterBreak |= character == ' ' && i > 0 && text[i - 1] == '\n';
        }

        var hasOuterBlank = text[0] is ' ' or '\n' || text[^1] is ' ' or '\n';
        var canBeSingleQuoted = !isSpecial && !hasSpaceBeforeBreak && !hasSpaceAfterBreak;
        return new(canBeSingleQuoted && !isIndicator && !hasBreaks && !hasOuterBlank, canBeSingleQuoted, hasBreaks);
    }

    private static bool IsLeading(char character, bool precedesBlank) =>
        "#,[]{}&*!|>'\"%@`".Contains(character, StringComparison.Ordinal) || (character is '?' or ':' or '-' && precedesBlank);

    private static bool IsBlank(char character) => character is '\0' or ' ' or '\t' or '\r' or '\n' or '\x85' or '\u2028' or '\u2029';
}
