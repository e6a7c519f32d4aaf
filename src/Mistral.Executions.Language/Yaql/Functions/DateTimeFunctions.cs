using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Times.</summary>
internal static class DateTimeFunctions
{
    // From the year 1, where times count from, to 1970.
    private const long UnixEpoch = 62_135_596_800_000_000;

    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter Part(string name) => new YaqlParameter(name, Integer).Or(0L);
        YaqlParameter offset = new YaqlParameter("offset", Duration).Or(PythonTimeSpan.Zero);
        to.Function(
            "datetime",
            [
                ("year", Integer),
                ("month", Integer),
                ("day", Integer),
                Part("hour"),
                Part("minute"),
                Part("second"),
                Part("microsecond"),
                offset,
            ],
            static (YaqlScope _, object?[] a) => PythonDateTime.Create(
                Number(a[0]), Number(a[1]), Number(a[2]), Number(a[3]), Number(a[4]), Number(a[5]), Number(a[6]), (PythonTimeSpan)a[7]!));
        to.Function("datetime", [("timestamp", YaqlParameterType.Number), offset], static (s, timestamp, zone) =>
            FromTimestamp(s, timestamp, (PythonTimeSpan)zone!));
        to.Function("datetime", [("string", Text), new YaqlParameter("format", TextOrNone).Or(null)], static (s, text, format) =>
        {
            s.Budget.Read(((string)text!).Length, setup: 15);
            var time = string.IsNullOrEmpty((string?)format)
                ? DateTimeReader.Read((string)text, PythonDateTime.FromInstant(s.Evaluation.Context.Now, PythonTimeSpan.Zero))
                : DateTimeFormat.Read((string)text, (string)format);
            return time.Offset is null ? time.WithOffset(PythonTimeSpan.Zero) : time;
        });
        to.Function("now", [new YaqlParameter("offset", DurationOrNone).Or(PythonTimeSpan.Zero)], static (s, zone) =>
            PythonDateTime.FromInstant(s.Evaluation.Context.Now, (PythonTimeSpan?)zone ?? PythonTimeSpan.Zero).WithOffset((PythonTimeSpan?)zone));
        to.Function("localtz", [], static (YaqlScope _, object?[] _) => PythonTimeSpan.Zero);
        to.Function("utctz", [], static (YaqlScope _, object?[] _) => PythonTimeSpan.Zero);
        to.Function("isDatetime", [("value", Any)], static (_, value) => PythonOperations.Box(value is PythonDateTime));
        to.Method("format", [("dt", Moment), ("format", Text)], static (s, time, format) =>
        {
            var text = DateTimeFormat.Write((PythonDateTime)time!, (string)format!);
            s.Budget.Allocate(text.Length);
            return text;
        });
        DeclareProperties(to);
        DeclareOperators(to);
        DeclareReplace(to);
    }

    private static void DeclareProperties(YaqlDeclarations to)
    {
        to.Property("year", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Year));
        to.Property("month", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Month));
        to.Property("day", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Day));
        to.Property("hour", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Hour));
        to.Property("minute", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Minute));
        to.Property("second", AnyMoment, static (_, time) => PythonOperations.Box(Wall(time).Second));
        to.Property("microsecond", AnyMoment, static (_, time) => PythonOperations.Box(Of(time).Microsecond));
        to.Property("weekday", AnyMoment, static (_, time) => PythonOperations.Box(((int)Wall(time).DayOfWeek + 6) % 7));
        to.Property("offset", AnyMoment, static (_, time) => Of(time).Offset ?? PythonTimeSpan.Zero);
        to.Property("date", Moment, static (_, time) => Of(time).Add(-MicrosecondsOfDay(time)));
        to.Property("time", Moment, static (_, time) => new PythonTimeSpan(MicrosecondsOfDay(time)));
        to.Property("utc", Moment, static (_, time) => Utc(Of(time)));

        // The zone is taken off twice, as Mistral has it: once by "utc", which keeps it, and once by the difference.
        to.Property("timestamp", AnyMoment, static (_, time) =>
            (double)(Utc(Of(time)).UtcMicroseconds - UnixEpoch) / PythonTimeSpan.MicrosecondsPerSecond);
    }

    private static void DeclareOperators(YaqlDeclarations to)
    {
        to.Function("#operator_+", [("dt", Moment), ("ts", Duration)], static (_, time, span) =>
            Of(time).Add(((PythonTimeSpan)span!).Microseconds));
        to.Function("#operator_+", [("ts", Duration), ("dt", Moment)], static (_, span, time) =>
            Of(time).Add(((PythonTimeSpan)span!).Microseconds));
        to.Function("#operator_-", [("dt", Moment), ("ts", Duration)], static (_, time, span) =>
            Of(time).Add(-((PythonTimeSpan)span!).Microseconds));
        to.Function(
            "#operator_-", [("dt1", Moment), ("dt2", Moment)], static (_, left, right) =>
                new PythonTimeSpan(Of(left).UtcMicroseconds - Of(right).UtcMicroseconds));
    }

    private static void DeclareReplace(YaqlDeclarations to)
    {
        YaqlParameter Part(string name) => new YaqlParameter(name, IntegerOrNone).Or(null);
        to.Method(
            "replace",
            [
                ("dt", Moment),
                Part("year"),
                Part("month"),
                Part("day"),
                Part("hour"),
                Part("minute"),
                Part("second"),
                Part("microsecond"),
                new YaqlParameter("offset", DurationOrNone).Or(null),
            ],
            static (YaqlScope _, object?[] a) =>
            {
                var time = Of(a[0]);
                return PythonDateTime.Create(
                    Number(a[1], time.Wall.Year),
                    Number(a[2], time.Wall.Month),
                    Number(a[3], time.Wall.Day),
                    Number(a[4], time.Wall.Hour),
                    Number(a[5], time.Wall.Minute),
                    Number(a[6], time.Wall.Second),
                    Number(a[7], time.Microsecond),
                    (PythonTimeSpan?)a[8] ?? time.Offset);
            });
    }

    private static PythonDateTime Of(object? time) => (PythonDateTime)time!;

    private static DateTime Wall(object? time) => Of(time).Wall;

    private static long Number(object? value, int otherwise = 0) => value is null ? otherwise : PythonOperations.ToIndex(value);

    private static Int128 MicrosecondsOfDay(object? time) => Wall(time).TimeOfDay.Ticks / TimeSpan.TicksPerMicrosecond;

    private static PythonDateTime Utc(PythonDateTime time) => time.Add(-(time.Offset?.Microseconds ?? 0));

    private static PythonDateTime FromTimestamp(YaqlScope scope, object? timestamp, PythonTimeSpan zone)
    {
        var microseconds = TimeSpanFunctions.FromNumber(
            PythonOperations.Multiply(timestamp, (long)PythonTimeSpan.MicrosecondsPerSecond, scope.Budget)).Microseconds;
        return PythonDateTime.FromMicroseconds(microseconds + UnixEpoch + zone.Microseconds, zone);
    }
}
