namespace Mistral.Executions.Language.Values;

internal static partial class PythonText
{
    /// <summary>Python's <c>split()</c>: at a separator, or at runs of white space when it is null.</summary>
    internal static PythonList Split(string text, string? separator, int maximum, EvaluationBudget budget)
    {
        budget.Handle(text.Length);
        var parts = PythonList.NewList();
        if (separator is null)
        {
            SplitAtSpace(text, maximum, parts, budget);
            return parts;
        }

        RequireSeparator(separator);
        var place = 0;
        while (maximum != 0)
        {
            var found = text.IndexOf(separator, place, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            AddPart(parts, text[place..found], budget);
            place = found + separator.Length;
            maximum--;
        }

        AddPart(parts, text[place..], budget);
        return parts;
    }

    /// <summary>Python's <c>rsplit()</c>.</summary>
    internal static PythonList SplitFromEnd(string text, string? separator, int maximum, EvaluationBudget budget)
    {
        budget.Handle(text.Length);
        var parts = new List<string>();
        if (separator is null)
        {
            SplitAtSpaceFromEnd(text, maximum, parts);
        }
        else
        {
            RequireSeparator(separator);
            var end = text.Length;
            while (maximum != 0)
            {
                var found = text.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal);
                if (found < 0)
                {
                    break;
                }

                parts.Add(text[(found + separator.Length)..end]);
                end = found;
                maximum--;
            }

            parts.Add(text[..end]);
        }

        var list = PythonList.NewList();
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            AddPart(list, parts[i], budget);
        }

        return list;
    }

    private static void SplitAtSpace(string text, int maximum, PythonList parts, EvaluationBudget budget)
    {
        var place = 0;
        while (true)
        {
            while (place < text.Length && IsSpace(text[place]))
            {
                place++;
            }

            if (place == text.Length)
            {
                return;
            }

            if (maximum-- == 0)
            {
                AddPart(parts, text[place..], budget);
                return;
            }

            var start = place;
            while (place < text.Length && !IsSpace(text[place]))
            {
                place++;
            }

            AddPart(parts, text[start..place], budget);
        }
    }

    private static void SplitAtSpaceFromEnd(string text, int maximum, List<string> parts)
    {
        var end = text.Length;
        while (true)
        {
            while (end > 0 && IsSpace(text[end - 1]))
            {
                end--;
            }

            if (end == 0)
            {
                return;
            }

            if (maximum-- == 0)
            {
                parts.Add(text[..end]);
                return;
            }

            var start = end;
            while (start > 0 && !IsSpace(text[start - 1]))
            {
                start--;
            }

            parts.Add(text[start..end]);
            end = start;
        }
    }

    private static void AddPart(PythonList parts, string part, EvaluationBudget budget)
    {
        budget.Allocate(part.Length);
        parts.Add(part, budget);
    }

    private static void RequireSeparator(string separator)
    {
        if (separator.Length == 0)
        {
            throw PythonErrorException.Value("empty separator");
        }
    }
}
