using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The attributes of times, which YAML can hold.</summary>
internal static class TimeMethods
{
    private static readonly JinjaFunction IsoFormat = JinjaFunction.Of("isoformat", "self, sep='T'", static (_, a) =>
        JinjaText.Require(a[1]) is [var separator] ? ((PythonDateTime)a[0]!).ToIso(separator) : throw JinjaText.Mismatch(a[1], "one character"));

    internal static object? Attribute(PythonDateTime time, string name) => name switch
    {
        "year" => PythonOperations.Box(time.Wall.Year),
        "month" => PythonOperations.Box(time.Wall.Month),
        "day" => PythonOperations.Box(time.Wall.Day),
        "hour" => PythonOperations.Box(time.Wall.Hour),
        "minute" => PythonOperations.Box(time.Wall.Minute),
        "second" => PythonOperations.Box(time.Wall.Second),
        "microsecond" => PythonOperations.Box(time.Microsecond),
        "isoformat" => new BoundMethod(time, IsoFormat),
        _ => null,
    };
}
