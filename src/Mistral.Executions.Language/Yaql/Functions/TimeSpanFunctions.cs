using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Durations.</summary>
internal static class TimeSpanFunctions
{
    private const double PerSecond = PythonTimeSpan.MicrosecondsPerSecond;

    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter Unit(string name, YaqlParameterType type) => new YaqlParameter(name, type).Or(0L);
        to.Function(
            "timespan",
            [
                Unit("days", Integer),
                Unit("hours", Integer),
                Unit("minutes", Integer),
                Unit("seconds", StrictInteger),
                Unit("milliseconds", StrictInteger),
                Unit("microseconds", StrictInteger),
            ],
            static (YaqlScope _, object?[] a) => Build(a));
        to.Function("isTimespan", [("value", Any)], static (_, value) => PythonOperations.Box(value is PythonTimeSpan));
        to.Property("microseconds", Duration, static (_, span) => PythonOperations.Box((System.Numerics.BigInteger)Of(span)));
        to.Property("milliseconds", Duration, static (_, span) => (double)Of(span) / 1000);
        to.Property("seconds", Duration, static (_, span) => (double)Of(span) / PerSecond);
        to.Property("minutes", Duration, static (_, span) => (double)Of(span) / (60 * PerSecond));
        to.Property("hours", Duration, static (_, span) => (double)Of(span) / (3600 * PerSecond));
        to.Property("days", Duration, static (_, span) => (double)Of(span) / PythonTimeSpan.MicrosecondsPerDay);
        YaqlParameter[] spans = [("ts1", Duration), ("ts2", Duration)];
        to.Function("#operator_+", spans, static (_, left, right) => new PythonTimeSpan(Of(left) + Of(right)));
        to.Function("#operator_-", spans, static (_, left, right) => new PythonTimeSpan(Of(left) - Of(right)));
        to.Function("#operator_/", spans, static (_, left, right) => PythonOperations.TrueDivide((double)Of(left), (double)Of(right)));
        to.Function("#operator_*", [("ts", Duration), ("n", Number)], static (s, span, number) => Times(s, span, number));
        to.Function("#operator_*", [("n", Number), ("ts", Duration)], static (s, number, span) => Times(s, span, number));
        to.Function("#operator_/", [("ts", Duration), ("n", Number)], static (_, span, number) =>
            FromNumber(PythonOperations.TrueDivide(PythonOperations.Box((System.Numerics.BigInteger)Of(span)), number)));
        to.Function("#unary_operator_+", [("ts", Duration)], static (_, span) => span);
        to.Function("#unary_operator_-", [("ts", Duration)], static (_, span) => new PythonTimeSpan(-Of(span)));
    }

    /// <summary>The timespan of so many microseconds, a fraction rounded half to even.</summary>
    internal static PythonTimeSpan FromNumber(object number)
    {
        if (number is double value)
        {
            if (double.IsNaN(value))
            {
                throw PythonErrorException.Value("cannot convert float NaN to integer");
            }

            return Math.Abs(value) < 1e30
                ? new((Int128)Math.Round(value, MidpointRounding.ToEven))
                : throw PythonErrorException.Overflow("the timespan is too long");
        }

        var whole = PythonOperations.ToBigInteger(number);
        return whole.GetBitLength() < 100 ? new((Int128)whole) : throw PythonErrorException.Overflow("the timespan is too long");
    }

    private static Int128 Of(object? span) => ((PythonTimeSpan)span!).Microseconds;

    private static PythonTimeSpan Times(YaqlScope scope, object? span, object? number) =>
        FromNumber(PythonOperations.Multiply(PythonOperations.Box((System.Numerics.BigInteger)Of(span)), number, scope.Budget));

    private static PythonTimeSpan Build(object?[] arguments)
    {
        ReadOnlySpan<long> units = [PythonTimeSpan.MicrosecondsPerDay, 3_600_000_000, 60_000_000, 1_000_000, 1000, 1];
        var total = System.Numerics.BigInteger.Zero;
        for (var i = 0; i < units.Length; i++)
        {
            total += PythonOperations.ToBigInteger(arguments[i]!) * units[i];
        }

        return FromNumber(PythonOperations.Box(total));
    }
}
