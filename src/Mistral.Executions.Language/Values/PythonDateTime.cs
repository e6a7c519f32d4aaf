using System.Globalization;

namespace Mistral.Executions.Language.Values;

/// <summary>Python's <c>datetime</c>: a wall clock time in microseconds, with the offset of its zone or without a zone.</summary>
internal sealed class PythonDateTime
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private PythonDateTime(DateTime wall, PythonTimeSpan? offset) => (Wall, Offset) = (wall, offset);

    /// <summary>The time as the clock on the wall shows it.</summary>
    internal DateTime Wall { get; }

    /// <summary>East of UTC; null for a time without zone.</summary>
    internal PythonTimeSpan? Offset { get; }

    /// <summary>Microseconds since the year 1 began, in UTC where there is a zone.</summary>
    internal Int128 UtcMicroseconds => (Wall.Ticks / TicksPerMicrosecond) - (Offset?.Microseconds ?? 0);

    internal int Microsecond => (int)(Wall.Ticks % TimeSpan.TicksPerSecond / TicksPerMicrosecond);

    internal static PythonDateTime Create(
        long year, long month, long day, long hour, long minute, long second, long microsecond, PythonTimeSpan? offset)
    {
        Require(year is >= 1 and <= 9999, $"year {year} is out of range");
        Require(month is >= 1 and <= 12, "month must be in 1..12");
        Require(day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month), "day is out of range for month");
        Require(hour is >= 0 and <= 23, "hour must be in 0..23");
        Require(minute is >= 0 and <= 59, "minute must be in 0..59");
        Require(second is >= 0 and <= 59, "second must be in 0..59");
        Require(microsecond is >= 0 and <= 999_999, "microsecond must be in 0..999999");
        var wall = new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second, DateTimeKind.Unspecified);
        return new(wall.AddTicks(microsecond * TicksPerMicrosecond), Checked(offset));
    }

    /// <summary>The time so many microseconds after the year 1 began on the wall clock.</summary>
    internal static PythonDateTime FromMicroseconds(Int128 microseconds, PythonTimeSpan? offset)
    {
        if (microseconds < 0 || microseconds > DateTime.MaxValue.Ticks / TicksPerMicrosecond)
        {
            throw PythonErrorException.Overflow("date value out of range");
        }

        return new(new DateTime((long)microseconds * TicksPerMicrosecond, DateTimeKind.Unspecified), Checked(offset));
    }

    internal static PythonDateTime FromInstant(DateTimeOffset instant, PythonTimeSpan offset) =>
        FromMicroseconds((instant.UtcTicks / TicksPerMicrosecond) + offset.Microseconds, offset);

    internal PythonDateTime WithOffset(PythonTimeSpan? offset) => new(Wall, Checked(offset));

    internal PythonDateTime Add(Int128 microseconds) => FromMicroseconds((Wall.Ticks / TicksPerMicrosecond) + microseconds, Offset);

    /// <summary>The ISO form with that separator, microseconds only when there are any.</summary>
    internal string ToIso(char separator)
    {
        var text = Wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator
            + Wall.ToString(Microsecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return Offset is null ? text : text + OffsetText(Offset, ":");
    }

    internal string Represent()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"datetime.datetime({Wall.Year}, {Wall.Month}, {Wall.Day}, {Wall.Hour}, {Wall.Minute}");
        if (Wall.Second != 0 || Microsecond != 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {Wall.Second}");
        }

        if (Microsecond != 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {Microsecond}");
        }

        if (Offset is not null)
        {
            text += Offset.Microseconds == 0
                ? ", tzinfo=tzutc()"
                : string.Create(CultureInfo.InvariantCulture, $", tzinfo=tzoffset(None, {Offset.Microseconds / PythonTimeSpan.MicrosecondsPerSecond})");
        }

        return text + ")";
    }

    internal static string OffsetText(PythonTimeSpan offset, string separator)
    {
        var microseconds = (long)Int128.Abs(offset.Microseconds);
        var seconds = microseconds / PythonTimeSpan.MicrosecondsPerSecond;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{(offset.Microseconds < 0 ? '-' : '+')}{seconds / 3600:00}{separator}{seconds / 60 % 60:00}");
        if (seconds % 60 != 0 || microseconds % PythonTimeSpan.MicrosecondsPerSecond != 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"{separator}{seconds % 60:00}");
        }

        return microseconds % PythonTimeSpan.MicrosecondsPerSecond == 0
            ? text
            : text + string.Create(CultureInfo.InvariantCulture, $".{microseconds % PythonTimeSpan.MicrosecondsPerSecond:000000}");
    }

    public override string ToString() => ToIso(' ');

    private static PythonTimeSpan? Checked(PythonTimeSpan? offset)
    {
        Require(
            offset is null || Int128.Abs(offset.Microseconds) < PythonTimeSpan.MicrosecondsPerDay,
            "the offset of a time zone must be less than a day");
        return offset;
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw PythonErrorException.Value(reason);
        }
    }
}
