using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mistral.Executions.Language.Values;

/// <summary>Capitals and small letters, with the letters that have several for one (Unicode's special casing).</summary>
internal static partial class PythonText
{
    // A letter, then what it is in capitals.
    private const string SeveralCapitals =
        "ßSS ŉʼN ǰJ\u030C ΐΙ\u0308\u0301 ΰΥ\u0308\u0301 ևԵՒ ẖH\u0331 ẗT\u0308 ẘW\u030A ẙY\u030A ẚAʾ ὐΥ\u0313 ὒΥ\u0313\u0300 ὔΥ\u0313\u0301 ὖΥ\u0313\u0342 ᾶΑ\u0342 ᾷΑ\u0342Ι ῆΗ\u0342 ῇΗ\u0342Ι ῒΙ\u0308\u0300 ΐΙ\u0308\u0301 "
        + "ῖΙ\u0342 ῗΙ\u0308\u0342 ῢΥ\u0308\u0300 ΰΥ\u0308\u0301 ῤΡ\u0313 ῦΥ\u0342 ῧΥ\u0308\u0342 ῶΩ\u0342 ῷΩ\u0342Ι ﬀFF ﬁFI ﬂFL ﬃFFI ﬄFFL ﬅST ﬆST ﬓՄՆ ﬔՄԵ ﬕՄԻ ﬖՎՆ ﬗՄԽ";

    // Greek letters with an iota below, which stands behind the capital, and those capitals.
    private const string IotaLetters = "ᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫᾬᾭᾮᾯᾲᾳᾴᾼῂῃῄῌῲῳῴῼ";
    private const string IotaCapitals = "ἈἉἊἋἌἍἎἏἈἉἊἋἌἍἎἏἨἩἪἫἬἭἮἯἨἩἪἫἬἭἮἯὨὩὪὫὬὭὮὯὨὩὪὫὬὭὮὯᾺΑΆΑῊΗΉΗῺΩΏΩ";

    // Letters by Unicode's properties Other_Lowercase and Other_Uppercase, first and last of each range.
    private const string OtherSmall =
        "\u00AA\u00AA\u00BA\u00BA\u02B0\u02B8\u02C0\u02C1\u02E0\u02E4\u0345\u0345\u037A\u037A\u1D2C\u1D6A\u1D78\u1D78\u1D9B\u1DBF"
        + "\u2071\u2071\u207F\u207F\u2090\u209C\u2170\u217F\u24D0\u24E9\u2C7C\u2C7D\uA69C\uA69D\uA770\uA770\uA7F8\uA7F9\uAB5C\uAB5F";

    private const string IgnoredBySigma = "'.:·’‘․﹒︓＇．：";

    private static readonly Dictionary<char, string> Capitals = CreateCapitals();

    /// <summary>Python's <c>upper()</c>.</summary>
    internal static string ToUpper(string text)
    {
        var capitals = text.ToUpperInvariant();
        if (Ascii.IsValid(text))
        {
            return capitals;
        }

        // The simple mapping has changed neither the number of units nor the letters that need another one, except those
        // with an iota, which are in the table as capitals too.
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Capitals.TryGetValue(text[i], out var several))
            {
                result.Append(several);
            }
            else
            {
                result.Append(capitals[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>Python's <c>lower()</c>, of the text from a place on.</summary>
    internal static string ToLower(string text, int start = 0)
    {
        var letters = text.ToLowerInvariant();
        if (!text.AsSpan(start).ContainsAny('İ', 'Σ'))
        {
            return letters[start..];
        }

        var result = new StringBuilder(text.Length);
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is 'İ' or 'Σ')
            {
                result.Append(ToLower(text, i, 1));
            }
            else
            {
                result.Append(letters[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>The code point of that width at that place as a small letter, which for a sigma depends on those around it.</summary>
    internal static string ToLower(string text, int place, int width) => text[place] switch
    {
        'İ' => "i\u0307",
        'Σ' => IsFinal(text, place) ? "ς" : "σ",
        _ => text.Substring(place, width).ToLowerInvariant(),
    };

    /// <summary>Python's <c>casefold()</c>.</summary>
    internal static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.ToString();
            result.Append(rune.Value switch
            {
                'ı' or (>= 0x13A0 and <= 0x13F5) => letter,
                (>= 0xAB70 and <= 0xABBF) or (>= 0x13F8 and <= 0x13FD) => ToUpper(letter),
                _ => SmallLetters(ToUpper(SmallLetters(letter))),
            });
        }

        return result.ToString();
    }

    /// <summary>A code point as it stands at the head of a word: with one capital where it has several.</summary>
    internal static string ToTitle(string letter)
    {
        if (letter[0] is >= 'ა' and <= 'ჿ' or 'ŉ')
        {
            return letter[0] == 'ŉ' ? "ʼN" : letter;
        }

        // One letter may have an iota below as a capital too; else the iota stays below what it was below.
        var simple = letter.ToUpperInvariant();
        if (IotaLetters.Contains(simple[0], StringComparison.Ordinal) && IsTitleCase(new Rune(simple[0])))
        {
            return simple;
        }

        var capitals = ToUpper(letter);
        return capitals switch
        {
            _ when capitals.Length > 1 && capitals[^1] == 'Ι' => capitals[..^1] + "\u0345",
            "Ǆ" => "ǅ",
            "Ǉ" => "ǈ",
            "Ǌ" => "ǋ",
            "Ǳ" => "ǲ",
            _ when capitals.Length > letter.Length => capitals[0] + SmallLetters(capitals[1..]),
            _ => capitals,
        };
    }

    internal static bool IsLower(Rune rune) => Rune.IsLower(rune) || (rune.IsBmp
        ? IsInRanges((char)rune.Value, OtherSmall)
        : rune.Value is 0x10780 or (>= 0x10783 and <= 0x10785) or (>= 0x10787 and <= 0x107B0) or (>= 0x107B2 and <= 0x107BA));

    internal static bool IsUpper(Rune rune) => Rune.IsUpper(rune) || rune.Value is (>= 0x2160 and <= 0x216F) or (>= 0x24B6 and <= 0x24CF)
        or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    internal static bool IsTitleCase(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    internal static bool IsCased(Rune rune) => IsLower(rune) || IsUpper(rune) || IsTitleCase(rune);

    private static string SmallLetters(string letters) => letters.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);

    // A sigma ends a word when a letter stands before it and none behind it, whatever marks are between.
    private static bool IsFinal(string text, int place)
    {
        var before = place;
        Rune letter = default;
        while (before > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, before), out letter, out var width) == OperationStatus.Done
            && IsIgnoredBySigma(letter))
        {
            before -= width;
        }

        if (before == 0 || !IsCased(letter))
        {
            return false;
        }

        var after = place + 1;
        while (after < text.Length && Rune.DecodeFromUtf16(text.AsSpan(after), out letter, out var width) == OperationStatus.Done
            && IsIgnoredBySigma(letter))
        {
            after += width;
        }

        return after == text.Length || !IsCased(letter);
    }

    private static bool IsIgnoredBySigma(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (rune.IsBmp && IgnoredBySigma.Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsInRanges(char character, string ranges)
    {
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (character >= ranges[i] && character <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<char, string> CreateCapitals()
    {
        var capitals = new Dictionary<char, string> { ['ı'] = "I", ['ſ'] = "S", ['\u0345'] = "Ι" };
        foreach (var entry in SeveralCapitals.Split(' '))
        {
            capitals[entry[0]] = entry[1..];
        }

        for (var i = 0; i < IotaLetters.Length; i++)
        {
            capitals[IotaLetters[i]] = IotaCapitals[i] + "Ι";
        }

        return capitals;
    }
}
