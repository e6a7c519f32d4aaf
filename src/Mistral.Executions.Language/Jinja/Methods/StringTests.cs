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
        Each("isdigit", static r => CharUnicodeInfo.GetDigitValue(r.ToString(), 0) >= 0),
        Each("isnumeric", IsNumeric),
        Each("isspace", static r => r.IsBmp && PythonText.IsSpace((char)r.Value)),
        JinjaFunction.Of("isascii", "self, /", static (scope, a) => PythonOperations.Box(Ascii.IsValid(StringMethods.Scanned(a, scope)))),
        JinjaFunction.Of("isprintable", "self, /", static (scope, a) =>
            PythonOperations.Box(StringMethods.Scanned(a, scope).EnumerateRunes().All(static r => PythonText.IsPrintable(r.Value)))),
        JinjaFunction.Of("isidentifier", "self, /", static (scope, a) => PythonOperations.Box(IsIdentifier(StringMethods.Scanned(a, scope)))),
        JinjaFunction.Of("islower", "self, /", static (scope, a) => PythonOperations.Box(IsLower(StringMethods.Scanned(a, scope)))),
        JinjaFunction.Of("isupper", "self, /", static (scope, a) => PythonOperations.Box(IsUpper(StringMethods.Scanned(a, scope)))),
        JinjaFunction.Of("istitle", "self, /", static (scope, a) => PythonOperations.Box(IsTitle(StringMethods.Scanned(a, scope)))),
    ];

    internal static bool IsLower(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.Any(PythonText.IsLower) && !runes.Any(static r => PythonText.IsUpper(r) || PythonText.IsTitleCase(r));
    }

    internal static bool IsUpper(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.Any(PythonText.IsUpper) && !runes.Any(static r => PythonText.IsLower(r) || PythonText.IsTitleCase(r));
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    private static bool IsNumeric(Rune rune) => !CharUnicodeInfo.GetNumericValue(rune.ToString(), 0).Equals(-1);

    private static bool IsTitle(string text)
    {
        var (isTitle, follows) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (PythonText.IsLower(rune) ? !follows : (PythonText.IsUpper(rune) || PythonText.IsTitleCase(rune)) && follows)
            {
                return false;
            }

            follows = PythonText.IsCased(rune);
            isTitle |= follows;
        }

        return isTitle;
    }

    private static bool IsIdentifier(string text)
    {
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!(isFirst ? BeginsIdentifier(rune) : ContinuesIdentifier(rune)))
            {
                return false;
            }

            isFirst = false;
        }

        return !isFirst;
    }

    // Unicode's XID_Start: letters, and those letters left out that other forms of the same text would not begin with.
    private static bool BeginsIdentifier(Rune rune) => rune.Value is '_' or 0x1885 or 0x1886 or 0x2118 or 0x212E
        || ((Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber) && !ContinuesOnly(rune) && rune.Value is not (
            0x37A or 0x2E2F or (>= 0xFC5E and <= 0xFC63) or 0xFDFA or 0xFDFB
            or 0xFE70 or 0xFE72 or 0xFE74 or 0xFE76 or 0xFE78 or 0xFE7A or 0xFE7C or 0xFE7E));

    // Unicode's XID_Continue.
    private static bool ContinuesIdentifier(Rune rune) => BeginsIdentifier(rune) || ContinuesOnly(rune)
        || rune.Value is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    private static bool ContinuesOnly(Rune rune) => rune.Value is 0xE33 or 0xEB3 or 0xFF9E or 0xFF9F;

    private static JinjaFunction Each(string name, Func<Rune, bool> test) => JinjaFunction.Of(name, "self, /", (scope, a) =>
    {
        var text = StringMethods.Scanned(a, scope);
        return PythonOperations.Box(text.Length > 0 && text.EnumerateRunes().All(test));
    });
}
