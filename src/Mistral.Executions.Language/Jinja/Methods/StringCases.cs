using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's methods that change small letters to capitals and back.</summary>
internal static class StringCases
{
    internal static string Capitalize(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var width = PythonText.WidthAt(text, 0);
        return PythonText.ToTitle(text[..width]) + PythonText.ToLower(text, width);
    }

    internal static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var follows = false;
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(follows ? PythonText.ToLower(text, place, rune.Utf16SequenceLength) : PythonText.ToTitle(rune.ToString()));
            follows = PythonText.IsCased(rune);
            place += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }

    internal static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(PythonText.IsUpper(rune) ? PythonText.ToLower(text, place, rune.Utf16SequenceLength)
                : PythonText.IsLower(rune) ? PythonText.ToUpper(rune.ToString())
                : rune.ToString());
            place += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }
}
