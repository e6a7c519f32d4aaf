using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's methods that change small letters to capitals and back.</summary>
internal static class StringCases
{
    internal static string Fold(string text) => PythonText.ToLower(text).Replace("ß", "ss", StringComparison.Ordinal);

    internal static string Capitalize(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var width = PythonText.WidthAt(text, 0);
        return FirstOf(text[..width]) + PythonText.ToLower(text[width..]);
    }

    internal static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var follows = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isCased = StringTests.IsCased(rune);
            result.Append(!isCased ? rune.ToString() : follows ? PythonText.ToLower(rune.ToString()) : FirstOf(rune.ToString()));
            follows = isCased;
        }

        return result.ToString();
    }

    internal static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(Rune.IsUpper(rune) ? PythonText.ToLower(rune.ToString())
                : Rune.IsLower(rune) ? PythonText.ToUpper(rune.ToString())
                : rune.ToString());
        }

        return result.ToString();
    }

    // The form at the head of a word has one capital where the whole in capitals has several.
    private static string FirstOf(string character) => PythonText.ToUpper(character) is { Length: > 1 } several && several.Length > character.Length
        ? several[..1] + PythonText.ToLower(several[1..])
        : PythonText.ToUpper(character);
}
