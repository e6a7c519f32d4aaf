using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The methods of Python's <c>str</c> that say what characters a text has.</summary>
internal static class StringTests
{
    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        Each("isalpha", IsLetter),
        Each("isalnum", static r => IsLetter(r) || IsNumeric(r)),
        Each("isdecimal", static r => Rune.GetUnicodeCategory(r) == UnicodeCategory.DecimalDigitNumber),
        Each("isdigit", static r => r.IsBmp && CharUnicodeInfo.GetDigitValue((char)r.Value) >= 0),
        Each("isnumeric", IsNumeric),
        Each("isspace", static r => r.IsBmp && PythonText.IsSpace((char)r.Value)),
        JinjaFunction.Of("isascii", "self, /", static (_, a) => PythonOperations.Box(Ascii.IsValid(StringMethods.Self(a)))),
        JinjaFunction.Of("isprintable", "self, /", static (_, a) =>
            PythonOperations.Box(StringMethods.Self(a).EnumerateRunes().All(static r => PythonText.IsPrintable(r.Value)))),
        JinjaFunction.Of("isidentifier", "self, /", static (_, a) => PythonOperations.Box(IsIdentifier(StringMethods.Self(a)))),
        JinjaFunction.Of("islower", "self, /", static (_, a) => PythonOperations.Box(IsLower(StringMethods.Self(a)))),
        JinjaFunction.Of("isupper", "self, /", static (_, a) => PythonOperations.Box(IsUpper(StringMethods.Self(a)))),
        JinjaFunction.Of("istitle", "self, /", static (_, a) => PythonOperations.Box(IsTitle(StringMethods.Self(a)))),
    ];

    internal static bool IsLower(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.Any(Rune.IsLower) && !runes.Any(static r => Rune.IsUpper(r) || IsTitleCase(r));
    }

    internal static bool IsUpper(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.Any(Rune.IsUpper) && !runes.Any(static r => Rune.IsLower(r) || IsTitleCase(r));
    }

    internal static bool IsCased(Rune rune) => Rune.IsUpper(rune) || Rune.IsLower(rune) || IsTitleCase(rune);

    private static bool IsTitleCase(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    private static bool IsNumeric(Rune rune) => CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) >= 0;

    private static bool IsTitle(string text)
    {
        var (isTitle, follows) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLower(rune) ? !follows : (Rune.IsUpper(rune) || IsTitleCase(rune)) && follows)
            {
                return false;
            }

            follows = IsCased(rune);
            isTitle |= follows;
        }

        return isTitle;
    }

    private static bool IsIdentifier(string text)
    {
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '_' && !Rune.IsLetter(rune) && (isFirst || !Rune.IsLetterOrDigit(rune)))
            {
                return false;
            }

            isFirst = false;
        }

        return !isFirst;
    }

    private static JinjaFunction Each(string name, Func<Rune, bool> test) => JinjaFunction.Of(name, "self, /", (scope, a) =>
    {
        var text = StringMethods.Self(a);
        scope.Budget.Handle(text.Length);
        return PythonOperations.Box(text.Length > 0 && text.EnumerateRunes().All(test));
    });
}
