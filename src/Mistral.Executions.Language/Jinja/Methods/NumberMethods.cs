using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The attributes of Python's <c>int</c> and <c>float</c>.</summary>
internal static class NumberMethods
{
    private static readonly FrozenDictionary<string, JinjaFunction> OfInteger = new[]
    {
        JinjaFunction.Of("bit_length", "self, /", static (_, a) => PythonOperations.Box((long)BigInteger.Abs(Integer(a)).GetBitLength())),
        JinjaFunction.Of("bit_count", "self, /", static (_, a) => PythonOperations.Box((long)BigInteger.PopCount(BigInteger.Abs(Integer(a))))),
        JinjaFunction.Of("conjugate", "self, /", static (_, a) => PythonOperations.Box(Integer(a))),
        JinjaFunction.Of("as_integer_ratio", "self, /", static (_, a) => PythonList.Tuple(PythonOperations.Box(Integer(a)), PythonOperations.Box(1))),
        JinjaFunction.Of("to_bytes", "self, length=1, byteorder='big', signed=False", ToBytes),
    }.ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, JinjaFunction> OfFloat = new[]
    {
        JinjaFunction.Of("is_integer", "self, /", static (_, a) => PythonOperations.Box(double.IsInteger((double)a[0]!))),
        JinjaFunction.Of("conjugate", "self, /", static (_, a) => a[0]),
        JinjaFunction.Of("as_integer_ratio", "self, /", static (_, a) => Ratio((double)a[0]!)),
        JinjaFunction.Of("hex", "self, /", static (_, a) => Hexadecimal((double)a[0]!)),
    }.ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    internal static object? Attribute(object value, string name) => (value, name) switch
    {
        (double, "real") => value,
        (double, "imag") => 0.0,
        (double, _) => JinjaMembers.Method(OfFloat, value, name),
        (_, "real" or "numerator") => PythonOperations.Plus(value),
        (_, "imag") => PythonOperations.Box(0),
        (_, "denominator") => PythonOperations.Box(1),
        _ => JinjaMembers.Method(OfInteger, value, name),
    };

    private static BigInteger Integer(object?[] arguments) => PythonOperations.ToBigInteger(arguments[0]!);

    private static PythonBytes ToBytes(JinjaScope scope, object?[] arguments)
    {
        var (value, length, isSigned) = (Integer(arguments), JinjaText.RequireInteger(arguments[1]), PythonOperations.IsTrue(arguments[3]));
        if (value.Sign < 0 && !isSigned)
        {
            throw PythonErrorException.Overflow("can't convert negative int to unsigned");
        }

        var isBig = JinjaText.Require(arguments[2]) switch
        {
            "big" => true,
            "little" => false,
            _ => throw PythonErrorException.Value("byteorder must be either 'little' or 'big'"),
        };
        var bytes = value.ToByteArray(!isSigned, isBig);
        bytes = value.IsZero ? [] : bytes;
        if (length < 0 || bytes.Length > length)
        {
            throw PythonErrorException.Overflow("int too big to convert");
        }

        scope.Budget.Allocate(length);
        var result = new byte[length];
        Array.Fill(result, (byte)(value.Sign < 0 ? 0xFF : 0));
        bytes.CopyTo(result, isBig ? length - bytes.Length : 0);
        return new(result);
    }

    private static PythonList Ratio(double value)
    {
        if (!double.IsFinite(value))
        {
            throw double.IsNaN(value)
                ? PythonErrorException.Value("cannot convert NaN to integer ratio")
                : PythonErrorException.Overflow("cannot convert Infinity to integer ratio");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = new BigInteger((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52)) * (bits < 0 ? -1 : 1);
        var shift = Math.Max(exponent, 1) - 1075;
        var denominator = shift < 0 ? BigInteger.One << -shift : BigInteger.One;
        var numerator = shift > 0 ? mantissa << shift : mantissa;
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return PythonList.Tuple(PythonOperations.Box(numerator / divisor), PythonOperations.Box(denominator / divisor));
    }

    private static string Hexadecimal(double value)
    {
        if (!double.IsFinite(value))
        {
            return PythonOperations.FloatText(value);
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var sign = bits < 0 ? "-" : string.Empty;
        var fraction = bits & ((1L << 52) - 1);
        return value == 0
            ? sign + "0x0.0p+0"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sign}0x{(exponent == 0 ? 0 : 1)}.{fraction:x13}p{Math.Max(exponent, 1) - 1023:+0;-0;+0}");
    }
}
