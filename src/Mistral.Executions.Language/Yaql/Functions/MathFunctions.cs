using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Numbers.</summary>
internal static class MathFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter[] operands = [("left", Number), ("right", Number)];
        to.Function("#operator_+", operands, static (s, left, right) => PythonOperations.Add(left, right, s.Budget));
        to.Function("#operator_-", operands, static (s, left, right) => PythonOperations.Subtract(left, right, s.Budget));
        to.Function("#operator_*", operands, static (s, left, right) => PythonOperations.Multiply(left, right, s.Budget));
        to.Function("#operator_/", operands, static (s, left, right) => left is double || right is double
            ? PythonOperations.TrueDivide(left, right)
            : PythonOperations.FloorDivide(left, right, s.Budget));
        to.Function("#operator_mod", operands, static (s, left, right) => PythonOperations.Modulo(left, right, s.Budget));
        to.Function("#unary_operator_+", [("op", Number)], static (_, value) => PythonOperations.Plus(value));
        to.Function("#unary_operator_-", [("op", Number)], static (_, value) => PythonOperations.Negate(value));
        to.Function("abs", [("op", Number)], static (_, value) => PythonOperations.Absolute(value));
        to.Function("int", [("value", Any)], static (s, value) =>
            value is null ? PythonOperations.Box(0) : PythonOperations.ToInteger(value, s.Budget));
        to.Function("float", [("value", Any)], static (s, value) => value is null ? 0.0 : PythonOperations.ToFloat(value, s.Budget));
        to.Function("sign", [("num", Number)], static (_, value) =>
            PythonOperations.Box(Math.Sign(PythonOperations.CompareNumbers(value!, 0L) ?? 0)));
        to.Function("round", [("number", Number), new YaqlParameter("ndigits", Integer).Or(0L)], static (s, number, digits) =>
            PythonOperations.Round(number!, digits!, s.Budget));
        to.Function("pow", [("a", Number), ("b", Number), new YaqlParameter("c", NumberOrNone).Or(null)], static (YaqlScope s, object?[] a) =>
            a[2] is null ? PythonOperations.Power(a[0], a[1], s.Budget) : PythonOperations.Power(a[0]!, a[1]!, a[2]!, s.Budget));
        to.Function("hex", [("num", NumberOrNone)], static (_, value) => Hexadecimal(value));
        to.Function("isInteger", [("value", Any)], static (_, value) => PythonOperations.Box(value is long or BigInteger));
        to.Function("isNumber", [("value", Any)], static (_, value) => PythonOperations.Box(value is long or double or BigInteger));
        DeclareBits(to);
        DeclareExtremes(to);
        to.Function("random", [], static (YaqlScope s, object?[] _) => (RandomBits(s) >> 11) * (1.0 / (1ul << 53)));
        to.Function("random", [("from", Any), ("to", Any)], RandomBetween);
    }

    private static void DeclareBits(YaqlDeclarations to)
    {
        YaqlParameter[] operands = [("left", Integer), ("right", Integer)];
        to.Function("bitwiseAnd", operands, static (_, left, right) => left is bool a && right is bool b
            ? PythonOperations.Box(a & b)
            : PythonOperations.Box(Whole(left) & Whole(right)));
        to.Function("bitwiseOr", operands, static (_, left, right) => left is bool a && right is bool b
            ? PythonOperations.Box(a | b)
            : PythonOperations.Box(Whole(left) | Whole(right)));
        to.Function("bitwiseXor", operands, static (_, left, right) => left is bool a && right is bool b
            ? PythonOperations.Box(a ^ b)
            : PythonOperations.Box(Whole(left) ^ Whole(right)));
        to.Function("bitwiseNot", [("arg", Integer)], static (_, value) => PythonOperations.Box(-Whole(value) - 1));
        YaqlParameter[] shift = [("value", Integer), ("bitsNumber", Integer)];
        to.Function("shiftBitsLeft", shift, static (s, value, bits) =>
        {
            var count = ShiftCount(bits);
            s.Budget.AllocateInteger(Whole(value).IsZero ? 0 : Whole(value).GetBitLength() + (long)count);
            return PythonOperations.Box(Whole(value).IsZero ? BigInteger.Zero : Whole(value) << count);
        });
        to.Function("shiftBitsRight", shift, static (_, value, bits) => PythonOperations.Box(Whole(value) >> ShiftCount(bits)));
    }

    private static void DeclareExtremes(YaqlDeclarations to)
    {
        YaqlParameter[] operands = [("a", Any), ("b", Any)];
        to.Function("max", operands, static (s, a, b) => IsGreater(s, b, a) ? b : a);
        to.Function("min", operands, static (s, a, b) => IsGreater(s, b, a) ? a : b);
    }

    private static bool IsGreater(YaqlScope scope, object? left, object? right) =>
        PythonOperations.IsTrue(scope.Evaluation.SiteOf("#operator_>", 2).InvokeWith(scope, left, right));

    private static BigInteger Whole(object? value) => PythonOperations.ToBigInteger(value!);

    private static int ShiftCount(object? bits)
    {
        var count = PythonOperations.ToBound(bits!);
        return count >= 0 ? count : throw PythonErrorException.Value("negative shift count");
    }

    private static string Hexadecimal(object? value)
    {
        if (!PythonOperations.IsInteger(value))
        {
            throw PythonErrorException.Type($"'{PythonOperations.TypeName(value)}' object cannot be interpreted as an integer");
        }

        var number = Whole(value);
        var digits = BigInteger.Abs(number).ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return (number.Sign < 0 ? "-0x" : "0x") + (digits.Length == 0 ? "0" : digits);
    }

    private static object RandomBetween(YaqlScope scope, object? from, object? to)
    {
        if (!PythonOperations.IsInteger(from) || !PythonOperations.IsInteger(to))
        {
            throw PythonErrorException.Type("random() takes integers");
        }

        var width = Whole(to) - Whole(from) + 1;
        return width.Sign > 0
            ? PythonOperations.Box(Whole(from) + (((BigInteger)RandomBits(scope) * width) >> 64))
            : throw PythonErrorException.Value($"empty range for random({from}, {to})");
    }

    // An expression has one source of chance, the ids of its decision, so that deciding again gives the same.
    private static ulong RandomBits(YaqlScope scope)
    {
        Span<byte> bytes = stackalloc byte[16];
        scope.Evaluation.Context.NewId().TryWriteBytes(bytes);
        var bits = BitConverter.ToUInt64(bytes) ^ (BitConverter.ToUInt64(bytes[8..]) * 0x9E3779B97F4A7C15);
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
