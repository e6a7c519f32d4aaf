using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's methods that make a text as long as wanted.</summary>
internal static class StringPadding
{
    internal static string Center(string text, int width, string fill, EvaluationBudget budget)
    {
        var missing = (long)width - PythonText.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        var left = (missing / 2) + (missing & width & 1);
        return Repeat(fill, left, budget) + text + Repeat(fill, missing - left, budget);
    }

    internal static string Left(string text, int width, string fill, EvaluationBudget budget) =>
        text + Repeat(fill, (long)width - PythonText.Length(text), budget);

    internal static string Right(string text, int width, string fill, EvaluationBudget budget) =>
        Repeat(fill, (long)width - PythonText.Length(text), budget) + text;

    internal static string ZeroFill(string text, int width, EvaluationBudget budget)
    {
        var zeros = Repeat("0", (long)width - PythonText.Length(text), budget);
        return text.StartsWith('+') || text.StartsWith('-') ? text[0] + zeros + text[1..] : zeros + text;
    }

    internal static string ExpandTabs(string text, int size, EvaluationBudget budget)
    {
        var result = new StringBuilder(text.Length);
        var column = 0;
        foreach (var character in text)
        {
            if (character == '\t')
            {
                var width = size > 0 ? size - (column % size) : 0;
                result.Append(Repeat(" ", width, budget));
                column += width;
                continue;
            }

            result.Append(character);
            column = character is '\n' or '\r' ? 0 : column + (char.IsLowSurrogate(character) ? 0 : 1);
        }

        budget.Allocate(text.Length);
        return result.ToString();
    }

    private static string Repeat(string fill, long count, EvaluationBudget budget)
    {
        if (count <= 0)
        {
            return string.Empty;
        }

        budget.Allocate(count * fill.Length);
        return fill.Length == 1 ? new string(fill[0], (int)count) : string.Concat(Enumerable.Repeat(fill, (int)count));
    }
}
