using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Reads a time as a person writes it, in the orders and with the words that Python's <c>dateutil</c> takes.</summary>
internal sealed partial class DateTimeReader
{
    private static readonly string[] Jumps =
        [" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];

    private static readonly string[][] Units = [["h", "hour", "hours"], ["m", "minute", "minutes"], ["s", "second", "seconds"]];
    private static readonly string[] UtcNames = ["UTC", "GMT", "Z", "z"];

    private readonly string _text;
    private readonly List<string> _tokens;
    private readonly DateParts _date;
    private int? _hour;
    private int? _minute;
    private int? _second;
    private int? _microsecond;
    private int? _weekday;
    private string? _zoneName;
    private int? _zoneSeconds;

    private DateTimeReader(string text)
    {
        _text = text;
        _tokens = DateTimeTokens.Split(text);
        _date = new(text);
    }

    /// <summary>Reads a time; what the text leaves out comes from the start of the given day.</summary>
    /// <exception cref="PythonErrorException">The text is no time.</exception>
    internal static PythonDateTime Read(string text, PythonDateTime now)
    {
        var reader = new DateTimeReader(text);
        try
        {
            for (var i = 0; i < reader._tokens.Count; i++)
            {
                i = reader.Token(i);
            }

            return reader.Build(now);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or FormatException or OverflowException)
        {
            throw reader.Unknown();
        }
    }

    private int Token(int place)
    {
        var token = _tokens[place];
        if (decimal.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return Numeric(place, token, number);
        }

        if (NameIn(token, CultureInfo.InvariantCulture.DateTimeFormat.DayNames, 3) is var day and >= 0)
        {
            _weekday = (day + 6) % 7;
            return place;
        }

        if (Month(token) is { } month)
        {
            return AfterMonth(place, month);
        }

        if (Half(token) is { } isAfternoon)
        {
            if (_hour is null or < 0 or > 12)
            {
                throw Unknown();
            }

            _hour = Adjusted(_hour.Value, isAfternoon);
            return place;
        }

        if (CouldBeZone(token))
        {
            return Zone(place);
        }

        if (_hour is not null && token is "+" or "-")
        {
            return Offset(place);
        }

        return IsJump(token) ? place : throw Unknown();
    }

    private int AfterMonth(int place, int month)
    {
        _date.Add(month, DateParts.Label.Month);
        if (At(place + 1) is "-" or "/")
        {
            _date.Add(_tokens[place + 2]);
            if (At(place + 3) == _tokens[place + 1])
            {
                _date.Add(_tokens[place + 4]);
                return place + 4;
            }

            return place + 2;
        }

        if (At(place + 1) == " " && At(place + 3) == " " && string.Equals(At(place + 2), "of", StringComparison.OrdinalIgnoreCase)
            && At(place + 4) is { } year && year.All(char.IsAsciiDigit))
        {
            _date.Add(year, DateParts.Label.Year);
            return place + 4;
        }

        return place;
    }

    private int Zone(int place)
    {
        _zoneName = _tokens[place];
        _zoneSeconds = UtcNames.Contains(_zoneName) ? 0 : null;
        if (At(place + 1) is "+" or "-")
        {
            // "GMT+3" means that its clock shows three hours more.
            _zoneSeconds = null;
            _tokens[place + 1] = _tokens[place + 1] == "+" ? "-" : "+";
            if (UtcNames.Contains(_zoneName))
            {
                _zoneName = null;
            }
        }

        return place;
    }

    private int Offset(int place)
    {
        var sign = _tokens[place] == "+" ? 1 : -1;
        var digits = _tokens[place + 1];
        if (!digits.All(char.IsAsciiDigit))
        {
            throw Unknown();
        }

        int hours;
        var minutes = 0;
        if (digits.Length == 4)
        {
            (hours, minutes) = (Whole(digits[..2]), Whole(digits[2..]));
        }
        else if (At(place + 2) == ":")
        {
            (hours, minutes) = (Whole(digits), Whole(_tokens[place + 3]));
            place += 2;
        }
        else
        {
            hours = digits.Length <= 2 ? Whole(digits) : throw Unknown();
        }

        _zoneSeconds = sign * ((hours * 3600) + (minutes * 60));
        return place + 1;
    }

    private PythonDateTime Build(PythonDateTime now)
    {
        var (year, month, day) = _date.Resolve(now.Wall.Year);
        if (year is null && month is null && day is null && _hour is null && _minute is null && _second is null && _weekday is null
            && _zoneName is null && _zoneSeconds is null)
        {
            throw new PythonErrorException("ParserError", $"the string does not contain a date: {_text}");
        }

        var (wholeYear, wholeMonth) = (year ?? now.Wall.Year, month ?? now.Wall.Month);
        if (wholeYear is < 1 or > 9999 || wholeMonth is < 1 or > 12)
        {
            throw new PythonErrorException("ParserError", $"year or month is out of range: {_text}");
        }

        var wholeDay = day ?? Math.Min(now.Wall.Day, DateTime.DaysInMonth(wholeYear, wholeMonth));
        var time = PythonDateTime.Create(
            wholeYear, wholeMonth, wholeDay, _hour ?? 0, _minute ?? 0, _second ?? 0, _microsecond ?? 0, null);
        if (_weekday is { } weekday && day is null)
        {
            var today = ((int)time.Wall.DayOfWeek + 6) % 7;
            time = time.Add((weekday - today + 7) % 7 * PythonTimeSpan.MicrosecondsPerDay);
        }

        return time.WithOffset(ZoneOffset());
    }

    private PythonTimeSpan? ZoneOffset()
    {
        if (_zoneName is not null && UtcNames.Contains(_zoneName))
        {
            return PythonTimeSpan.Zero;
        }

        return _zoneSeconds is { } seconds ? new(seconds * PythonTimeSpan.MicrosecondsPerSecond) : null;
    }

    private bool CouldBeZone(string token) => _hour is not null && _zoneName is null && _zoneSeconds is null && token.Length <= 5
        && (token.All(char.IsAsciiLetterUpper) || UtcNames.Contains(token));

    private string? At(int place) => place < _tokens.Count ? _tokens[place] : null;

    private static int? Month(string token)
    {
        var month = token.Equals("sept", StringComparison.OrdinalIgnoreCase)
            ? 8
            : NameIn(token, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, 3);
        return month < 0 ? null : month + 1;
    }

    private static int NameIn(string token, string[] names, int shortLength) => Array.FindIndex(names, n =>
        n.Length > 0 && (n.Equals(token, StringComparison.OrdinalIgnoreCase)
            || n[..shortLength].Equals(token, StringComparison.OrdinalIgnoreCase)));

    private static bool? Half(string token) => token.ToUpperInvariant() switch
    {
        "AM" or "A" => false,
        "PM" or "P" => true,
        _ => null,
    };

    private static int? Unit(string token)
    {
        var unit = Array.FindIndex(Units, names => names.Contains(token, StringComparer.OrdinalIgnoreCase));
        return unit < 0 ? null : unit;
    }

    private static bool IsJump(string token) => Jumps.Contains(token, StringComparer.OrdinalIgnoreCase);

    private static int Adjusted(int hour, bool isAfternoon) =>
        isAfternoon && hour < 12 ? hour + 12 : !isAfternoon && hour == 12 ? 0 : hour;

    private static int Whole(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static decimal Number(string token) => decimal.Parse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private PythonErrorException Unknown() => new("ParserError", $"the text is no time in a known format: {_text}");
}
