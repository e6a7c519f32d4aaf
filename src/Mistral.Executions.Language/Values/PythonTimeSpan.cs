using System.Globalization;

namespace Mistral.Executions.Language.Values;

/// <summary>Python's <c>timedelta</c>: a whole number of microseconds, less than a thousand million days.</summary>
internal sealed class PythonTimeSpan
{
    internal const long MicrosecondsPerSecond = 1_000_000;
    internal const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;
    private const long MaximumDays = 999_999_999;

    internal PythonTimeSpan(Int128 microseconds)
    {
        Microseconds = microseconds;
        if (Days < -MaximumDays || Days > MaximumDays)
        {
            throw PythonErrorException.Overflow($"days={Days}; must have magnitude <= {MaximumDays}");
        }
    }

    internal static PythonTimeSpan Zero { get; } = new(0);

    internal Int128 Microseconds { get; }

    /// <summary>Whole days, rounded down, so that what is left is never negative.</summary>
    internal Int128 Days => FloorDivide(Microseconds, MicrosecondsPerDay);

    internal double TotalSeconds => (double)Microseconds / MicrosecondsPerSecond;

    internal static Int128 FloorDivide(Int128 left, Int128 right)
    {
        var (quotient, remainder) = Int128.DivRem(left, right);
        return remainder != 0 && (remainder < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    internal string Represent()
    {
        var days = Days;
        var rest = (long)(Microseconds - (days * MicrosecondsPerDay));
        var parts = new List<string>(3);
        if (days != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"days={days}"));
        }

        if (rest / MicrosecondsPerSecond != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"seconds={rest / MicrosecondsPerSecond}"));
        }

        if (rest % MicrosecondsPerSecond != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"microseconds={rest % MicrosecondsPerSecond}"));
        }

        return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
    }

    public override string ToString()
    {
        var days = Days;
        var rest = (long)(Microseconds - (days * MicrosecondsPerDay));
        var seconds = rest / MicrosecondsPerSecond;
        var fraction = rest % MicrosecondsPerSecond;
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        if (fraction != 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $".{fraction:000000}");
        }

        return days == 0
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{days} day{(days == 1 || days == -1 ? string.Empty : "s")}, {text}");
    }
}
