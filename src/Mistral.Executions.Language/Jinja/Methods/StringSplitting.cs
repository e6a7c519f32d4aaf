using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>splitlines</c>.</summary>
internal static class StringSplitting
{
    internal static PythonList Lines(string text, bool keepsEnds, EvaluationBudget budget)
    {
        budget.Allocate(text.Length);
        var lines = PythonList.NewList();
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            while (end < text.Length && !IsEnd(text[end]))
            {
                end++;
            }

            var next = end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
            lines.Add(text[start..(keepsEnds ? next : end)], budget);
            start = next;
        }

        return lines;
    }

    private static bool IsEnd(char character) => character is >= '\n' and <= '\r' or >= '\x1c' and <= '\x1e' or '\x85' or '\u2028' or '\u2029';
}
