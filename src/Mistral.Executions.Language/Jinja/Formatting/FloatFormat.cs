using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Floats with a number of digits, rounded as Python rounds: over the exact value, half to even.</summary>
internal static class FloatFormat
{
    private const int MaximumPrecision = 10_000;

    /// <summary>The absolute value in one of the forms <c>e</c>, <c>f</c> and <c>g</c>; <c>r</c> is <c>g</c> that always shows it is a float.</summary>
    internal static string Format(double value, char form, int precision, bool keepsPoint, EvaluationBudget budget)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : "inf";
        }

        if (precision > MaximumPrecision)
        {
            throw PythonErrorException.Value($"a precision above {MaximumPrecision} is not supported");
        }

        budget.Allocate(precision + 32);
        value = Math.Abs(value);
        switch (form)
        {
            case 'f':
                return Fixed(value, precision, keepsPoint);
            case 'e':
                return Exponential(value, precision, keepsPoint);
            default:
                return General(value, Math.Max(1, precision), form == 'r', keepsPoint);
        }
    }

    private static string Fixed(double value, int precision, bool keepsPoint)
    {
        var digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        var whole = digits[..^precision];
        return precision > 0 ? $"{whole}.{digits[^precision..]}" : keepsPoint ? whole + "." : whole;
    }

    private static string Exponential(double value, int precision, bool keepsPoint)
    {
        var (digits, exponent) = Significant(value, precision + 1);
        var mantissa = precision > 0 ? $"{digits[0]}.{digits[1..]}" : keepsPoint ? digits + "." : digits;
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string General(double value, int precision, bool showsFloat, bool keepsPoint)
    {
        var (_, exponent) = Significant(value, precision);
        if (exponent < -4 || exponent >= precision - (showsFloat ? 1 : 0))
        {
            var text = Exponential(value, precision - 1, keepsPoint);
            var place = text.IndexOf('e', StringComparison.Ordinal);
            return keepsPoint ? text : Trim(text[..place]) + text[place..];
        }

        var plain = Fixed(value, Math.Max(0, precision - 1 - exponent), keepsPoint);
        plain = keepsPoint ? plain : Trim(plain);
        return showsFloat && !plain.Contains('.', StringComparison.Ordinal) ? plain + ".0" : plain;
    }

    private static string Trim(string digits) =>
        digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    /// <summary>So many significant digits, and the exponent of the first.</summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
            {
                return (digits, exponent);
            }

            // The logarithm was off by one, or rounding made one digit more.
            exponent += digits.Length > count ? 1 : -1;
        }
    }

    /// <summary>The value times a power of ten, rounded half to even.</summary>
    private static BigInteger Scaled(double value, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = new BigInteger((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52));
        var shift = Math.Max(exponent, 1) - 1075;
        var numerator = (places > 0 ? mantissa * BigInteger.Pow(10, places) : mantissa) << Math.Max(0, shift);
        var denominator = (places < 0 ? BigInteger.Pow(10, -places) : BigInteger.One) << Math.Max(0, -shift);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var order = (remainder * 2).CompareTo(denominator);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
