using System.Globalization;
using System.Text;

namespace Mistral.Executions.Diagrams;

/// <summary>Writes texts that can hold any character into a diagram.</summary>
internal static class DiagramText
{
    private const int LongestLine = 60;

    /// <summary>Text for Mermaid: what could mean something to it, to Markdown or to HTML is written as the number of its character.</summary>
    public static string Mermaid(string text)
    {
        var written = new StringBuilder();
        var isFirst = true;
        foreach (var rune in Shorten(text).EnumerateRunes())
        {
            // A text that begins with a digit can be taken for a numbered list.
            if ((Rune.IsLetterOrDigit(rune) && !(isFirst && Rune.IsDigit(rune))) || (!isFirst && (rune.Value is ' ' or ',' or '-' or '(' or ')' or '/' or '×' or '…')))
            {
                written.Append(rune);
            }
            else
            {
                written.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }

            isFirst = false;
        }

        return written.ToString();
    }

    /// <summary>Text between quotes for Graphviz.</summary>
    public static string Dot(string text) =>
        Shorten(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Shorten(string text)
    {
        var written = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++length > LongestLine)
            {
                return written.Append('…').ToString();
            }

            written.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
        }

        return written.ToString();
    }
}
