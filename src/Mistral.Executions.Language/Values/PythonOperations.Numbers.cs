using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    // A text that reads within one step.
    private const int SmallDigits = 32;

    private const int GroupDigits = 18;

    /// <summary>Python's <c>int()</c> of one argument.</summary>
    /// <exception cref="PythonErrorException">The value is no integer (ValueError), can be none (TypeError) or has no end (OverflowError).</exception>
    internal static object ToInteger(object? value, EvaluationBudget budget) => value switch
    {
        long or BigInteger => value,
        bool boolean => Box(boolean ? 1 : 0),
        double number => Truncate(number),
        string text => TryParseInteger(text, 10, budget)
            ?? throw PythonErrorException.Value($"invalid literal for int() with base 10: {Represent(text, budget)}"),
        _ => throw PythonErrorException.Type(
            $"int() argument must be a string, a bytes-like object or a real number, not '{TypeName(value)}'"),
    };

    /// <summary>Python's <c>float()</c>.</summary>
    /// <exception cref="PythonErrorException">The text is no number (ValueError), or the value can be none (TypeError).</exception>
    internal static double ToFloat(object? value, EvaluationBudget budget)
    {
        if (value is string text)
        {
            return TryParseFloat(text, budget)
                ?? throw PythonErrorException.Value($"could not convert string to float: {Represent(text, budget)}");
        }

        return IsNumber(value)
            ? ToDouble(value!)
            : throw PythonErrorException.Type($"float() argument must be a string or a real number, not '{TypeName(value)}'");
    }

    /// <summary>The float without its fraction, as an integer.</summary>
    internal static object Truncate(double number)
    {
        if (double.IsNaN(number))
        {
            throw PythonErrorException.Value("cannot convert float NaN to integer");
        }

        return double.IsInfinity(number)
            ? throw PythonErrorException.Overflow("cannot convert float infinity to integer")
            : Box(new BigInteger(Math.Truncate(number)));
    }

    /// <summary>The integer that a text holds, with underscores, signs and white space as Python takes them; null for none.</summary>
    internal static object? TryParseInteger(string text, int radix, EvaluationBudget budget)
    {
        if (text.Length > SmallDigits)
        {
            budget.AllocateInteger(4L * text.Length);
            budget.Handle(4L * text.Length);
        }

        return TryParseInteger(text, radix);
    }

    /// <summary>The same, for a text that is known to be short.</summary>
    internal static object? TryParseInteger(string text, int radix)
    {
        var trimmed = PythonText.Strip(text, null);
        var negative = trimmed.StartsWith('-');
        var digits = trimmed.AsSpan(negative || trimmed.StartsWith('+') ? 1 : 0);
        if (digits.Length > 2 && digits[0] == '0' && Prefix(radix) is { } prefix && (digits[1] | 0x20) == prefix)
        {
            digits = digits[2] == '_' ? digits[3..] : digits[2..];
        }

        if (digits.Length == 0 || digits[0] == '_' || digits[^1] == '_')
        {
            return null;
        }

        if (radix == 10 && digits.Length > MaximumDigits)
        {
            throw TooManyDigits();
        }

        // Each group that fits a machine word costs one pass over what there is; decimal digits are read at once.
        var decimals = radix == 10 && digits.Length > GroupDigits ? new StringBuilder(digits.Length) : null;
        var value = BigInteger.Zero;
        long group = 0;
        long scale = 1;
        var afterUnderscore = false;
        foreach (var character in digits)
        {
            if (character == '_')
            {
                if (afterUnderscore)
                {
                    return null;
                }

                afterUnderscore = true;
                continue;
            }

            afterUnderscore = false;
            var digit = DigitOf(character);
            if (digit < 0 || digit >= radix)
            {
                return null;
            }

            if (decimals is not null)
            {
                decimals.Append((char)('0' + digit));
                continue;
            }

            group = (group * radix) + digit;
            scale *= radix;
            if (scale > long.MaxValue / 64)
            {
                value = (value * scale) + group;
                (group, scale) = (0, 1);
            }
        }

        value = decimals is null ? (value * scale) + group : BigInteger.Parse(decimals.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        return Box(negative ? -value : value);
    }

    /// <summary>The float that a text holds, as Python reads it; null for none.</summary>
    internal static double? TryParseFloat(string text, EvaluationBudget budget)
    {
        if (text.Length > SmallDigits)
        {
            budget.Change(text.Length);
        }

        return TryParseFloat(text);
    }

    /// <summary>The same, for a text that is known to be short.</summary>
    internal static double? TryParseFloat(string text)
    {
        var trimmed = PythonText.Strip(text, null);
        var unsigned = trimmed.StartsWith('-') || trimmed.StartsWith('+') ? trimmed[1..] : trimmed;
        double? special = unsigned.ToUpperInvariant() switch
        {
            "INF" or "INFINITY" => double.PositiveInfinity,
            "NAN" => double.NaN,
            _ => null,
        };
        if (special is not null)
        {
            return trimmed.StartsWith('-') ? -special : special;
        }

        var plain = new StringBuilder(trimmed.Length);
        for (var i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] == '_')
            {
                if (i == 0 || i + 1 == trimmed.Length || !char.IsDigit(trimmed[i - 1]) || !char.IsDigit(trimmed[i + 1]))
                {
                    return null;
                }

                continue;
            }

            plain.Append(char.IsDigit(trimmed[i]) ? (char)('0' + DigitOf(trimmed[i])) : trimmed[i]);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var candidate = plain.ToString();
        return candidate.AsSpan().IndexOfAnyInRange('0', '9') >= 0
            && double.TryParse(candidate, Style, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    /// <summary>Python's <c>round()</c> with a number of digits: half to even, over the exact value.</summary>
    internal static object Round(object number, object digits, EvaluationBudget budget)
    {
        // More places than any number has make no difference.
        const int MostPlaces = 1_000_000;
        var places = digits switch
        {
            long some => (int)Math.Clamp(some, -MostPlaces, MostPlaces),
            BigInteger big => big.Sign * MostPlaces,
            _ => ToIndex(digits),
        };
        if (number is not double value)
        {
            return places >= 0 ? (number is bool boolean ? Box(boolean ? 1 : 0) : number) : RoundInteger(ToBigInteger(number), places);
        }

        // A float has no digits beyond these, and none before those.
        if (!double.IsFinite(value) || places > 323)
        {
            return value;
        }

        if (places < -308)
        {
            return Math.CopySign(0, value);
        }

        budget.Handle(64);
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        var mantissa = new BigInteger((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52));
        var shift = Math.Max(exponent, 1) - 1075;
        var numerator = mantissa * (places > 0 ? BigInteger.Pow(10, places) : 1) * (shift > 0 ? BigInteger.Pow(2, shift) : 1);
        var denominator = (places < 0 ? BigInteger.Pow(10, -places) : 1) * (shift < 0 ? BigInteger.Pow(2, -shift) : 1);
        var rounded = DivideHalfEven(numerator, denominator);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rounded}E{-places}");
        var result = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(result)
            ? throw PythonErrorException.Overflow("rounded value too large to represent")
            : Math.CopySign(result, value);
    }

    /// <summary>The value of a decimal digit of any script, or of a Latin letter as a digit of a larger base; -1 for none.</summary>
    internal static int DigitOf(char character)
    {
        if (char.IsAsciiDigit(character))
        {
            return character - '0';
        }

        if (char.IsAsciiLetter(character))
        {
            return (character | 0x20) - 'a' + 10;
        }

        return CharUnicodeInfo.GetDecimalDigitValue(character);
    }

    private static object RoundInteger(BigInteger value, int places)
    {
        // Beyond its digits every integer rounds to zero.
        if (-(long)places > (value.GetBitLength() / 3) + 2)
        {
            return Box(0);
        }

        var unit = BigInteger.Pow(10, -places);
        return Box(DivideHalfEven(value, unit) * unit);
    }

    private static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var order = (BigInteger.Abs(remainder) * 2).CompareTo(denominator);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + numerator.Sign : quotient;
    }

    private static int? Prefix(int radix) => radix switch { 16 => 'x', 8 => 'o', 2 => 'b', _ => null };
}
