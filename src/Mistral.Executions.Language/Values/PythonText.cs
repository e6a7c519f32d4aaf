using System.Globalization;
using System.Text;

namespace Mistral.Executions.Language.Values;

/// <summary>The methods of Python's <c>str</c>, over texts whose places are counted in code points.</summary>
internal static partial class PythonText
{
    /// <summary>Python's <c>len()</c>: code points.</summary>
    internal static int Length(string text)
    {
        var length = text.Length;
        for (var i = FirstPair(text); i >= 0 && i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                length--;
                i++;
            }
        }

        return length;
    }

    /// <summary>How many UTF-16 units the code point at that unit has.</summary>
    internal static int WidthAt(string text, int unit) =>
        char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length && char.IsLowSurrogate(text[unit + 1]) ? 2 : 1;

    /// <summary>The code point of that width at that unit, as a text; ASCII ones are shared.</summary>
    internal static string Unit(string text, int unit, int width) =>
        width == 1 && text[unit] < 128 ? AsciiTexts[text[unit]] : text.Substring(unit, width);

    /// <summary>The code points from one up to another.</summary>
    internal static string Slice(string text, int start, int end)
    {
        if (start >= end)
        {
            return string.Empty;
        }

        var (from, to) = (UnitOf(text, start), UnitOf(text, end));
        return to - from == 1 && text[from] < 128 ? AsciiTexts[text[from]] : text[from..to];
    }

    /// <summary>The unit at which a code point starts.</summary>
    internal static int UnitOf(string text, int point)
    {
        if (FirstPair(text) is var first && (first < 0 || point <= first))
        {
            return Math.Min(point, text.Length);
        }

        var unit = 0;
        for (; point > 0 && unit < text.Length; point--)
        {
            unit += WidthAt(text, unit);
        }

        return unit;
    }

    /// <summary>The code point that starts at a unit.</summary>
    internal static int PointOf(string text, int unit) => Length(unit >= text.Length ? text : text[..unit]);

    /// <summary>The characters, each as a text of its own.</summary>
    internal static List<string> Characters(string text, EvaluationBudget budget)
    {
        budget.AllocateList(text.Length);
        var characters = new List<string>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var width = WidthAt(text, i);
            characters.Add(Unit(text, i, width));
            i += width;
        }

        return characters;
    }

    /// <summary>Orders by code point, which UTF-16 units do not where surrogates meet private use.</summary>
    internal static int Compare(string left, string right)
    {
        var count = Math.Min(left.Length, right.Length);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return Rank(a) - Rank(b);
            }
        }

        return left.Length - right.Length;
    }

    /// <summary>Whether <c>repr()</c> shows the code point as it is.</summary>
    internal static bool IsPrintable(int point) => point == ' ' || CharUnicodeInfo.GetUnicodeCategory(point) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    /// <summary>What <c>str.isspace()</c> holds for.</summary>
    internal static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    /// <summary>Python's <c>strip()</c>; null strips white space.</summary>
    internal static string Strip(string text, string? characters) => StripEnd(StripStart(text, characters), characters);

    internal static string StripStart(string text, string? characters)
    {
        var unit = 0;
        while (unit < text.Length && IsOneOf(text, unit, WidthAt(text, unit), characters))
        {
            unit += WidthAt(text, unit);
        }

        return text[unit..];
    }

    internal static string StripEnd(string text, string? characters)
    {
        var end = text.Length;
        while (end > 0)
        {
            var width = end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? 2 : 1;
            if (!IsOneOf(text, end - width, width, characters))
            {
                break;
            }

            end -= width;
        }

        return text[..end];
    }

    /// <summary>Python's <c>find()</c>: the first place between two places, or -1.</summary>
    internal static int Find(string text, string part, int start, int end)
    {
        var (from, to) = Bounds(text, start, end);
        if (from > to)
        {
            return -1;
        }

        var found = text.IndexOf(part, from, to - from, StringComparison.Ordinal);
        return found < 0 ? -1 : PointOf(text, found);
    }

    /// <summary>Python's <c>rfind()</c>: the last place between two places, or -1.</summary>
    internal static int FindLast(string text, string part, int start, int end)
    {
        var (from, to) = Bounds(text, start, end);
        if (from > to)
        {
            return -1;
        }

        var found = text.AsSpan(from, to - from).LastIndexOf(part, StringComparison.Ordinal);
        return found < 0 ? -1 : PointOf(text, from + found);
    }

    /// <summary>Python's <c>replace()</c>; a negative count replaces all.</summary>
    internal static string Replace(string text, string old, string replacement, int count, EvaluationBudget budget)
    {
        budget.Handle(text.Length);
        if (count == 0)
        {
            return text;
        }

        var result = new StringBuilder();
        var place = 0;
        for (; count != 0; count--)
        {
            // An empty text is found before every character and at the end.
            var found = old.Length == 0 ? place : text.IndexOf(old, place, StringComparison.Ordinal);
            if (found < 0 || (old.Length == 0 && place > text.Length))
            {
                break;
            }

            budget.Allocate(found - place + replacement.Length + 1);
            result.Append(text, place, found - place).Append(replacement);
            place = found + old.Length;
            if (old.Length == 0)
            {
                if (place == text.Length)
                {
                    return result.ToString();
                }

                var width = WidthAt(text, place);
                result.Append(text, place, width);
                place += width;
            }
        }

        return result.Append(text, place, text.Length - place).ToString();
    }

    private static readonly string[] AsciiTexts = CreateAscii();

    private static string[] CreateAscii()
    {
        var texts = new string[128];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = ((char)i).ToString();
        }

        return texts;
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    private static int FirstPair(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF');

    private static (int From, int To) Bounds(string text, int start, int end)
    {
        var length = Length(text);
        start = start < 0 ? Math.Max(0, start + length) : start;
        end = end < 0 ? Math.Max(0, end + length) : Math.Min(end, length);
        return start > length ? (1, 0) : start > end ? (1, 0) : (UnitOf(text, start), UnitOf(text, end));
    }

    private static bool IsOneOf(string text, int unit, int width, string? characters) =>
        characters is null
            ? width == 1 && IsSpace(text[unit])
            : characters.AsSpan().IndexOf(text.AsSpan(unit, width)) >= 0;
}
