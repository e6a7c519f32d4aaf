using System.Numerics;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    /// <summary>Python's <c>**</c>.</summary>
    internal static object Power(object? left, object? right, EvaluationBudget budget)
    {
        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Unsupported("** or pow()", left, right);
        }

        if (IsFloat(left, right) || ToBigInteger(right!).Sign < 0)
        {
            return FloatPower(ToDouble(left!), ToDouble(right!));
        }

        var (value, exponent) = (ToBigInteger(left!), ToBigInteger(right!));
        if (value.IsZero || value.IsOne || exponent.IsZero)
        {
            return Box(exponent.IsZero ? BigInteger.One : value);
        }

        if (value == BigInteger.MinusOne)
        {
            return Box(exponent.IsEven ? 1 : -1);
        }

        budget.AllocateInteger((long)BigInteger.Min((value.GetBitLength() - 1) * exponent, long.MaxValue));
        return Box(BigInteger.Pow(value, (int)exponent));
    }

    /// <summary>Python's <c>pow</c> with three integers: the power, modulo the last one.</summary>
    internal static object Power(object left, object right, object modulus, EvaluationBudget budget)
    {
        if (!IsInteger(left) || !IsInteger(right) || !IsInteger(modulus))
        {
            throw PythonErrorException.Type("pow() 3rd argument not allowed unless all arguments are integers");
        }

        var (value, exponent, divisor) = (ToBigInteger(left), ToBigInteger(right), ToBigInteger(modulus));
        if (divisor.IsZero)
        {
            throw PythonErrorException.Value("pow() 3rd argument cannot be 0");
        }

        if (exponent.Sign < 0)
        {
            value = Inverse(value, divisor);
            exponent = -exponent;
        }

        var words = 1 + (divisor.GetBitLength() / 64);
        budget.Handle(exponent.GetBitLength() * words * words);
        return Modulo(Box(BigInteger.ModPow(value, exponent, divisor)), modulus, budget);
    }

    private static object FloatPower(double value, double exponent)
    {
        if (value == 0 && exponent < 0)
        {
            throw PythonErrorException.ZeroDivision("0.0 cannot be raised to a negative power");
        }

        if (value < 0 && double.IsFinite(value) && double.IsFinite(exponent) && Math.Floor(exponent) != exponent)
        {
            return new PythonComplex(Complex.Pow(value, exponent));
        }

        var result = Math.Pow(value, exponent);
        return double.IsInfinity(result) && double.IsFinite(value) && double.IsFinite(exponent)
            ? throw PythonErrorException.Overflow("(34, 'Numerical result out of range')")
            : result;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (BigInteger.Remainder(value, modulus), modulus, BigInteger.One, BigInteger.Zero);
        while (!b.IsZero)
        {
            var quotient = BigInteger.Divide(a, b);
            (a, b) = (b, a - (quotient * b));
            (x, y) = (y, x - (quotient * y));
        }

        return BigInteger.Abs(a).IsOne
            ? x * a.Sign
            : throw PythonErrorException.Value("base is not invertible for the given modulus");
    }
}
