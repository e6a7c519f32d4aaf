using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// The types of plain scalars as YAML 1.1 has them, which is what Mistral's reader follows: <c>yes</c> is true,
/// <c>017</c> is fifteen, <c>1:30</c> is ninety. Dates stay text.
/// </summary>
internal static class ScalarResolver
{
    /// <summary>How many characters a number may have; what is longer is text.</summary>
    public const int MaximumNumberLength = 4_300;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789_");

    /// <summary>The value of a plain scalar.</summary>
    /// <exception cref="FormatException">It is a number that has no JSON form.</exception>
    public static JsonData Resolve(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        return text[0] switch
        {
            '~' or 'n' or 'N' or 'y' or 'Y' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' => ResolveWord(text),
            (>= '0' and <= '9') or '-' or '+' or '.' when text.Length <= MaximumNumberLength => ResolveNumber(text) ?? text,
            _ => text,
        };
    }

    private static JsonData? ResolveNumber(string text)
    {
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var negative = text[0] == '-';
        return ResolveInteger(digits, negative) ?? ResolveFloat(digits, negative, text);
    }

    private static JsonData ResolveWord(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => default,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => text,
    };

    private static JsonData? ResolveInteger(ReadOnlySpan<char> digits, bool negative)
    {
        BigInteger? value = digits switch
        {
            "0" => BigInteger.Zero,
            ['0', 'b', .. var rest] => ParseDigits(rest, 2),
            ['0', 'x', .. var rest] => ParseDigits(rest, 16),
            ['0', .. var rest] => ParseDigits(rest, 8),
            [>= '1' and <= '9', ..] when digits.Contains(':') => ParseSexagesimal(digits),
            [>= '1' and <= '9', ..] => ParseDigits(digits, 10),
            _ => null,
        };
        return value is null ? default(JsonData?) : negative ? -value.Value : value.Value;
    }

    private static BigInteger? ParseDigits(ReadOnlySpan<char> digits, int radix)
    {
        BigInteger? value = null;
        foreach (var character in digits)
        {
            if (character == '_')
            {
                continue;
            }

            var digit = DigitOf(character);
            if (digit >= radix)
            {
                return null;
            }

            value = ((value ?? 0) * radix) + digit;
        }

        return value;
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => int.MaxValue,
    };

    private static BigInteger? ParseSexagesimal(ReadOnlySpan<char> text)
    {
        var value = BigInteger.Zero;
        var first = true;
        foreach (var range in text.Split(':'))
        {
            var part = text[range];
            var valid = first ? !part.ContainsAnyExcept(Digits) : IsSixtieth(part);
            if (!valid || ParseDigits(part, 10) is not { } number)
            {
                return null;
            }

            value = (value * 60) + number;
            first = false;
        }

        return value;
    }

    private static bool IsSixtieth(ReadOnlySpan<char> part) => part is [>= '0' and <= '9'] or [>= '0' and <= '5', >= '0' and <= '9'];

    private static JsonData? ResolveFloat(ReadOnlySpan<char> digits, bool negative, string text)
    {
        var signed = digits.Length < text.Length;
        if (digits is ".inf" or ".Inf" or ".INF" || (!signed && digits is ".nan" or ".NaN" or ".NAN"))
        {
            throw new FormatException($"The number {text} has no JSON form.");
        }

        if (digits.Contains(':'))
        {
            return ResolveSexagesimalFloat(digits, negative);
        }

        if (!IsFloat(digits, mayStartWithPoint: !signed))
        {
            return null;
        }

        var number = double.Parse(digits.ToString().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? negative ? -number : number
            : throw new FormatException("The number is larger than a float can hold.");
    }

    // digits "." digits exponent, the part before or after the point may be missing; the exponent has a sign.
    private static bool IsFloat(ReadOnlySpan<char> text, bool mayStartWithPoint)
    {
        var point = text.IndexOf('.');
        if (point < 0 || (point == 0 && !mayStartWithPoint))
        {
            return false;
        }

        var whole = text[..point];
        var fraction = text[(point + 1)..];
        var exponent = fraction.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            var power = fraction[(exponent + 1)..];
            fraction = fraction[..exponent];
            if (power is not ['+' or '-', _, ..] || power[1..].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return !whole.ContainsAnyExcept(Digits)
            && !fraction.ContainsAnyExcept(Digits)
            && (point > 0 ? char.IsAsciiDigit(whole[0]) : fraction is [>= '0' and <= '9', ..]);
    }

    private static JsonData? ResolveSexagesimalFloat(ReadOnlySpan<char> digits, bool negative)
    {
        var point = digits.IndexOf('.');
        if (point < 0 || !char.IsAsciiDigit(digits[0]) || ParseSexagesimal(digits[..point]) is not { } whole)
        {
            return null;
        }

        var fraction = digits[(point + 1)..];
        if (fraction.ContainsAnyExcept(Digits))
        {
            return null;
        }

        var seconds = (double)whole + double.Parse($"0.{fraction}0".Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return negative ? -seconds : seconds;
    }
}
