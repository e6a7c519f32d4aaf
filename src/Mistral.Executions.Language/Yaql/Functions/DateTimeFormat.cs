using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Times by a pattern of <c>%</c> directives, as C's and Python's <c>strftime</c> and <c>strptime</c> have it.</summary>
internal static class DateTimeFormat
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Writes a time.</summary>
    internal static string Write(PythonDateTime time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            // A flag against padding comes before the directive.
            var isUnpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += isUnpadded ? 2 : 1;
            var part = Directive(time, format[i]);
            text.Append(part is null ? "%" + format[i] : isUnpadded ? Unpadded(part) : part);
        }

        return text.ToString();
    }

    /// <summary>Reads a time.</summary>
    /// <exception cref="PythonErrorException">The text does not follow the pattern (ValueError).</exception>
    internal static PythonDateTime Read(string text, string format) => new DateTimeScanner(text, format).Read();

    private static string Unpadded(string part) => part.TrimStart('0', ' ') is { Length: > 0 } rest ? rest : "0";

    private static string? Directive(PythonDateTime time, char directive)
    {
        var wall = time.Wall;
        return directive switch
        {
            'a' => English.GetAbbreviatedDayName(wall.DayOfWeek),
            'A' => English.GetDayName(wall.DayOfWeek),
            'w' => Number((int)wall.DayOfWeek, 1),
            'u' => Number(((int)wall.DayOfWeek + 6) % 7 + 1, 1),
            'd' => Number(wall.Day, 2),
            'e' => wall.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'b' or 'h' => English.GetAbbreviatedMonthName(wall.Month),
            'B' => English.GetMonthName(wall.Month),
            'm' => Number(wall.Month, 2),
            'y' => Number(wall.Year % 100, 2),
            'C' => Number(wall.Year / 100, 2),
            'Y' => Number(wall.Year, 1),
            'H' => Number(wall.Hour, 2),
            'k' => wall.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'I' => Number(TwelveHour(wall), 2),
            'l' => TwelveHour(wall).ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'p' => wall.Hour < 12 ? "AM" : "PM",
            'P' => wall.Hour < 12 ? "am" : "pm",
            'M' => Number(wall.Minute, 2),
            'S' => Number(wall.Second, 2),
            'f' => Number(time.Microsecond, 6),
            'z' => time.Offset is null ? string.Empty : PythonDateTime.OffsetText(time.Offset, string.Empty),
            'Z' => time.Offset is { Microseconds: var offset } && offset == 0 ? "UTC" : string.Empty,
            'j' => Number(wall.DayOfYear, 3),
            'U' => Number((wall.DayOfYear + 6 - (int)wall.DayOfWeek) / 7, 2),
            'W' => Number((wall.DayOfYear + 6 - (((int)wall.DayOfWeek + 6) % 7)) / 7, 2),
            'V' => Number(ISOWeek.GetWeekOfYear(wall), 2),
            'G' => Number(ISOWeek.GetYear(wall), 1),
            'g' => Number(ISOWeek.GetYear(wall) % 100, 2),
            's' => Number((wall - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 1),
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => Compound(time, directive),
        };
    }

    private static string? Compound(PythonDateTime time, char directive)
    {
        var format = directive switch
        {
            'c' => "%a %b %e %H:%M:%S %Y",
            'x' or 'D' => "%m/%d/%y",
            'X' or 'T' => "%H:%M:%S",
            'F' => "%Y-%m-%d",
            'R' => "%H:%M",
            'r' => "%I:%M:%S %p",
            _ => null,
        };
        return format is null ? null : Write(time, format);
    }

    private static int TwelveHour(DateTime wall) => wall.Hour % 12 == 0 ? 12 : wall.Hour % 12;

    private static string Number(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
