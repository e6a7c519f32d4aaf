using System.Numerics;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    internal static bool IsNumber(object? value) => value is long or double or bool or BigInteger;

    internal static bool IsInteger(object? value) => value is long or bool or BigInteger;

    internal static object Add(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long x && right is long y)
        {
            var sum = unchecked(x + y);
            return ((x ^ sum) & (y ^ sum)) < 0 ? (BigInteger)x + y : Box(sum);
        }

        if (IsNumber(left) && IsNumber(right))
        {
            return IsFloat(left, right) ? ToDouble(left!) + ToDouble(right!) : Integer(left!, right!, BigInteger.Add, budget);
        }

        switch (left)
        {
            case string text when right is string other:
                budget.Allocate(text.Length + (long)other.Length);
                return string.Concat(text, other);
            case PythonList list when right is PythonList other && list.IsTuple == other.IsTuple:
                return Concatenate(list, other, budget);
        }

        throw Unsupported("+", left, right);
    }

    internal static object Subtract(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long x && right is long y)
        {
            var difference = unchecked(x - y);
            return ((x ^ y) & (x ^ difference)) < 0 ? (BigInteger)x - y : Box(difference);
        }

        if (IsNumber(left) && IsNumber(right))
        {
            return IsFloat(left, right) ? ToDouble(left!) - ToDouble(right!) : Integer(left!, right!, BigInteger.Subtract, budget);
        }

        if (left is PythonSet leftSet && AsSet(right, budget) is { } rightSet)
        {
            return Difference(leftSet, rightSet, budget);
        }

        throw Unsupported("-", left, right);
    }

    internal static object Multiply(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long x && right is long y)
        {
            var high = Math.BigMul(x, y, out var low);
            return (high == 0 && low >= 0) || (high == -1 && low < 0) ? Box(low) : (BigInteger)x * y;
        }

        if (IsNumber(left) && IsNumber(right))
        {
            if (IsFloat(left, right))
            {
                return ToDouble(left!) * ToDouble(right!);
            }

            var (a, b) = (ToBigInteger(left!), ToBigInteger(right!));
            budget.AllocateInteger(a.GetBitLength() + b.GetBitLength());
            return Box(a * b);
        }

        return (left, right) switch
        {
            (string text, _) when IsInteger(right) => Repeat(text, right!, budget),
            (_, string text) when IsInteger(left) => Repeat(text, left!, budget),
            (PythonList list, _) when IsInteger(right) => Repeat(list, right!, budget),
            (_, PythonList list) when IsInteger(left) => Repeat(list, left!, budget),
            _ => throw Unsupported("*", left, right),
        };
    }

    /// <summary>Python's <c>/</c>: always a float.</summary>
    internal static object TrueDivide(object? left, object? right)
    {
        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Unsupported("/", left, right);
        }

        if (IsFloat(left, right))
        {
            var divisor = ToDouble(right!);
            return divisor == 0 ? throw PythonErrorException.ZeroDivision("float division by zero") : ToDouble(left!) / divisor;
        }

        var (a, b) = (ToBigInteger(left!), ToBigInteger(right!));
        return b.IsZero ? throw PythonErrorException.ZeroDivision("division by zero") : Quotient(a, b);
    }

    /// <summary>Python's <c>//</c>: rounded down.</summary>
    internal static object FloorDivide(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long x && right is long y && y is not 0 and not -1)
        {
            var quotient = x / y;
            return Box(x % y != 0 && (x < 0) != (y < 0) ? quotient - 1 : quotient);
        }

        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Unsupported("//", left, right);
        }

        if (IsFloat(left, right))
        {
            var divisor = ToDouble(right!);
            if (divisor == 0)
            {
                throw PythonErrorException.ZeroDivision("float floor division by zero");
            }

            var dividend = ToDouble(left!);
            var quotient = (dividend - FloorModulo(dividend, divisor)) / divisor;
            var floor = Math.Floor(quotient);
            return quotient - floor > 0.5 ? floor + 1 : floor;
        }

        var (a, b) = (ToBigInteger(left!), ToBigInteger(right!));
        if (b.IsZero)
        {
            throw PythonErrorException.ZeroDivision("integer division or modulo by zero");
        }

        budget.AllocateInteger(a.GetBitLength());
        var whole = BigInteger.DivRem(a, b, out var remainder);
        return Box(!remainder.IsZero && remainder.Sign != b.Sign ? whole - 1 : whole);
    }

    /// <summary>Python's <c>%</c> over numbers: what is left has the sign of the divisor.</summary>
    internal static object Modulo(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long x && right is long y && y is not 0 and not -1)
        {
            var rest = x % y;
            return Box(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest);
        }

        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Unsupported("%", left, right);
        }

        if (IsFloat(left, right))
        {
            var divisor = ToDouble(right!);
            return divisor == 0
                ? throw PythonErrorException.ZeroDivision("float modulo")
                : FloorModulo(ToDouble(left!), divisor);
        }

        var (a, b) = (ToBigInteger(left!), ToBigInteger(right!));
        if (b.IsZero)
        {
            throw PythonErrorException.ZeroDivision("integer division or modulo by zero");
        }

        budget.AllocateInteger(a.GetBitLength());
        var remainder = BigInteger.Remainder(a, b);
        return Box(!remainder.IsZero && remainder.Sign != b.Sign ? remainder + b : remainder);
    }

    internal static object Negate(object? value) => value switch
    {
        long integer when integer != long.MinValue => Box(-integer),
        double number => -number,
        long or bool or BigInteger => Box(-ToBigInteger(value)),
        PythonTimeSpan span => new PythonTimeSpan(-span.Microseconds),
        _ => throw PythonErrorException.Type($"bad operand type for unary -: '{TypeName(value)}'"),
    };

    internal static object Plus(object? value) => value switch
    {
        bool boolean => Box(boolean ? 1 : 0),
        long or double or BigInteger or PythonTimeSpan => value,
        _ => throw PythonErrorException.Type($"bad operand type for unary +: '{TypeName(value)}'"),
    };

    internal static object Absolute(object? value) => value switch
    {
        long integer when integer != long.MinValue => Box(Math.Abs(integer)),
        double number => Math.Abs(number),
        long or bool or BigInteger => Box(BigInteger.Abs(ToBigInteger(value))),
        PythonTimeSpan span => new PythonTimeSpan(Int128.Abs(span.Microseconds)),
        _ => throw PythonErrorException.Type($"bad operand type for abs(): '{TypeName(value)}'"),
    };

    /// <summary>Any integer, a bool included, as one of any size.</summary>
    internal static BigInteger ToBigInteger(object value) => value switch
    {
        long integer => integer,
        bool boolean => boolean ? 1 : 0,
        _ => (BigInteger)value,
    };

    /// <summary>Any number as a float.</summary>
    /// <exception cref="PythonErrorException">The integer is too large (OverflowError).</exception>
    internal static double ToDouble(object value) => value switch
    {
        double number => number,
        long integer => integer,
        bool boolean => boolean ? 1 : 0,
        _ => Quotient((BigInteger)value, BigInteger.One),
    };

    /// <summary>An integer that says how many or which, cut to what a place can be.</summary>
    /// <exception cref="PythonErrorException">It has more than 64 bits (OverflowError).</exception>
    internal static int ToIndex(object value) => value is BigInteger
        ? throw PythonErrorException.Overflow("cannot fit 'int' into an index-sized integer")
        : ToBound(value);

    /// <summary>An integer of any size that is compared with places, cut to what a place can be.</summary>
    internal static int ToBound(object value) => value switch
    {
        long integer => (int)Math.Clamp(integer, int.MinValue, int.MaxValue),
        bool boolean => boolean ? 1 : 0,
        BigInteger big => big.Sign < 0 ? int.MinValue : int.MaxValue,
        _ => throw PythonErrorException.Type($"'{TypeName(value)}' object cannot be interpreted as an integer"),
    };

    private static object AsNumber(object value) => value is bool boolean ? (boolean ? 1L : 0L) : value;

    private static bool IsFloat(object? left, object? right) => left is double || right is double;

    private static double FloorModulo(double left, double right)
    {
        var rest = left % right;
        if (rest == 0)
        {
            return Math.CopySign(0, right);
        }

        return (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static object Integer(object left, object right, Func<BigInteger, BigInteger, BigInteger> operation, EvaluationBudget budget)
    {
        var (a, b) = (ToBigInteger(left), ToBigInteger(right));
        budget.AllocateInteger(Math.Max(a.GetBitLength(), b.GetBitLength()) + 1);
        return Box(operation(a, b));
    }

    /// <summary>The quotient of two integers, rounded correctly.</summary>
    private static double Quotient(BigInteger left, BigInteger right)
    {
        if (left.IsZero)
        {
            return 0;
        }

        // 66 bits of quotient, the last one sticky, leave the only rounding to the conversion below.
        var negative = left.Sign != right.Sign;
        var (a, b) = (BigInteger.Abs(left), BigInteger.Abs(right));
        var shift = (int)(66 - a.GetBitLength() + b.GetBitLength());
        var quotient = shift >= 0
            ? BigInteger.DivRem(a << shift, b, out var remainder)
            : BigInteger.DivRem(a, b << -shift, out remainder);
        if (!remainder.IsZero)
        {
            quotient |= 1;
        }

        var result = Math.ScaleB(RoundToDouble(quotient, ref shift), -shift);
        if (double.IsInfinity(result))
        {
            throw PythonErrorException.Overflow("integer division result too large for a float");
        }

        return negative ? -result : result;
    }

    private static double RoundToDouble(BigInteger quotient, ref int shift)
    {
        // Where the result is subnormal fewer than 53 bits are kept, and rounding twice would be wrong.
        var excess = (int)quotient.GetBitLength() - 53;
        var lowest = -1074 + shift;
        var drop = Math.Max(excess, lowest);
        if (drop <= 0)
        {
            return (double)quotient;
        }

        var kept = quotient >> drop;
        var rest = quotient - (kept << drop);
        var half = BigInteger.One << (drop - 1);
        if (rest > half || (rest == half && !kept.IsEven))
        {
            kept += 1;
        }

        shift -= drop;
        return (double)kept;
    }

    private static string Repeat(string text, object times, EvaluationBudget budget)
    {
        var count = Math.Max(0, ToIndex(times));
        budget.Allocate((long)text.Length * count);
        return text.Length == 0 ? text : string.Create(text.Length * count, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i += source.Length)
            {
                source.CopyTo(target[i..]);
            }
        });
    }

    private static PythonList Repeat(PythonList list, object times, EvaluationBudget budget)
    {
        var count = Math.Max(0, ToIndex(times));
        budget.AllocateList((long)list.Count * count);
        var source = list.ToArray();
        var items = new object?[list.Count == 0 ? 0 : source.Length * count];
        for (var i = 0; i < items.Length; i += source.Length)
        {
            source.CopyTo(items, i);
        }

        return new(items, list.IsTuple);
    }

    private static PythonErrorException Unsupported(string symbol, object? left, object? right) =>
        PythonErrorException.Type($"unsupported operand type(s) for {symbol}: '{TypeName(left)}' and '{TypeName(right)}'");
}
