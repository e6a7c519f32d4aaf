using System.Net;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>HTML turned back into text.</summary>
internal static class HtmlText
{
    /// <summary>The text without comments and tags, with single spaces, entities replaced.</summary>
    internal static string StripTags(string html, EvaluationBudget budget)
    {
        budget.Allocate(html.Length);
        var text = Without(Without(html, "<!--", "-->"), "<", ">");
        return Unescape(string.Join(' ', PythonText.Split(text, null, -1, budget).ToArray()), budget);
    }

    internal static string Unescape(string html, EvaluationBudget budget)
    {
        budget.Allocate(html.Length);
        return WebUtility.HtmlDecode(html);
    }

    /// <summary>The text without what stands from a start to the next end; what has no end stays.</summary>
    private static string Without(string text, string start, string end)
    {
        var result = new StringBuilder(text.Length);
        var place = 0;
        while (true)
        {
            var from = text.IndexOf(start, place, StringComparison.Ordinal);
            var to = from < 0 ? -1 : text.IndexOf(end, from + start.Length, StringComparison.Ordinal);
            if (to < 0)
            {
                return result.Append(text, place, text.Length - place).ToString();
            }

            result.Append(text, place, from - place);
            place = to + end.Length;
        }
    }
}
