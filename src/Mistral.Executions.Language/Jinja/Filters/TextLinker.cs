using System.Text;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Makes links of the URLs and mail addresses in an escaped text.</summary>
internal sealed partial class TextLinker
{
    private static readonly (string Open, string Close)[] Brackets = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")];
    private static readonly string[] Heads = ["(", "<", "&lt;"];
    private static readonly string[] Tails = [")", ">", ".", ",", "&gt;"];

    // Looked at only where there is a link.
    private readonly object? _limit;
    private readonly string _attributes;
    private readonly List<string> _schemes;
    private readonly EvaluationBudget _budget;

    internal TextLinker(object? limit, string relations, string? target, List<string> schemes, EvaluationBudget budget)
    {
        (_limit, _schemes, _budget) = (limit, schemes, budget);
        _attributes = $" rel=\"{JinjaMarkup.EscapeText(relations, budget)}\""
            + (string.IsNullOrEmpty(target) ? string.Empty : $" target=\"{JinjaMarkup.EscapeText(target, budget)}\"");
    }

    internal string Link(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        while (start < text.Length)
        {
            var isSpace = PythonText.IsSpace(text[start]);
            var end = start + 1;
            while (end < text.Length && PythonText.IsSpace(text[end]) == isSpace)
            {
                end++;
            }

            var word = isSpace ? text[start..end] : LinkWord(text[start..end]);
            _budget.Allocate(word.Length);
            result.Append(word);
            start = end;
        }

        return result.ToString();
    }

    private string LinkWord(string word)
    {
        var (head, middle, tail) = Split(word);
        if (UrlPattern().IsMatch(middle))
        {
            var isWhole = middle.StartsWith("https://", StringComparison.Ordinal) || middle.StartsWith("http://", StringComparison.Ordinal);
            middle = $"<a href=\"{(isWhole ? string.Empty : "https://")}{middle}\"{_attributes}>{Trim(middle)}</a>";
        }
        else if (middle.StartsWith("mailto:", StringComparison.Ordinal) && MailPattern().IsMatch(middle[7..]))
        {
            middle = $"<a href=\"{middle}\">{middle[7..]}</a>";
        }
        else if (IsMailAddress(middle))
        {
            middle = $"<a href=\"mailto:{middle}\">{middle}</a>";
        }
        else
        {
            foreach (var scheme in _schemes)
            {
                if (middle.Length != scheme.Length && middle.StartsWith(scheme, StringComparison.Ordinal))
                {
                    middle = $"<a href=\"{middle}\"{_attributes}>{middle}</a>";
                }
            }
        }

        return head + middle + tail;
    }

    private static bool IsMailAddress(string text) =>
        text.Contains('@', StringComparison.Ordinal) && !text.StartsWith('@')
        && !text.StartsWith("www.", StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal)
        && MailPattern().IsMatch(text);

    private string Trim(string text)
    {
        if (_limit is null)
        {
            return text;
        }

        var limit = JinjaText.RequireInteger(_limit);
        return PythonText.Length(text) > limit ? PythonText.Slice(text, 0, Math.Max(0, limit)) + "..." : text;
    }

    /// <summary>The word without the brackets and punctuation around it; brackets that it opens are closed inside it.</summary>
    private static (string Head, string Middle, string Tail) Split(string word)
    {
        var start = 0;
        while (Array.Find(Heads, h => word.AsSpan(start).StartsWith(h, StringComparison.Ordinal)) is { } head)
        {
            start += head.Length;
        }

        var end = word.Length;
        while (end > start && Array.Find(Tails, t => word.AsSpan(start, end - start).EndsWith(t, StringComparison.Ordinal)) is { } found)
        {
            end -= found.Length;
        }

        var (middle, tail) = (word[start..end], word[end..]);
        foreach (var (open, close) in Brackets)
        {
            var opened = Count(middle, open);
            if (opened <= Count(middle, close))
            {
                continue;
            }

            for (var moves = Math.Min(opened, Count(tail, close)); moves > 0; moves--)
            {
                var moved = tail.IndexOf(close, StringComparison.Ordinal) + close.Length;
                middle += tail[..moved];
                tail = tail[moved..];
            }
        }

        return (word[..start], middle, tail);
    }

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    [GeneratedRegex(
        @"^(?:(?:https?://|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59})"
        + @"|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)"
        + @"|https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"^\S+@\w[\w.-]*\.\w+$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex MailPattern();
}
