using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Reads a time as a person writes it, in the orders and with the words that Python's <c>dateutil</c> takes.</summary>
internal sealed class DateTimeReader
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

    private int Numeric(int place, string token, decimal number)
    {
        var length = token.Length;
        if (_date.Count == 3 && length is 2 or 4 && _hour is null
            && (At(place + 1) is not { } next || (next != ":" && Unit(next) is null)))
        {
            _hour = Whole(token[..2]);
            _minute = length == 4 ? Whole(token[2..]) : _minute;
            return place;
        }

        if (length == 6 || (length > 6 && token.IndexOf('.', StringComparison.Ordinal) == 6))
        {
            SixDigits(token);
            return place;
        }

        if (length is 8 or 12 or 14)
        {
            _date.Add(token[..4], DateParts.Label.Year);
            _date.Add(token[4..6]);
            _date.Add(token[6..8]);
            _hour = length > 8 ? Whole(token[8..10]) : _hour;
            _minute = length > 8 ? Whole(token[10..12]) : _minute;
            _second = length > 12 ? Whole(token[12..]) : _second;
            return place;
        }

        if (UnitPlace(place) is { } unitPlace)
        {
            var unit = Unit(_tokens[unitPlace])!.Value + (unitPlace < place ? 1 : 0);
            Assign(token, number, unit);
            return Math.Max(place, unitPlace);
        }

        if (At(place + 1) == ":" && place + 2 < _tokens.Count)
        {
            return Clock(place, number);
        }

        if (At(place + 1) is "-" or "/" or ".")
        {
            return Dashed(place, token);
        }

        return Loose(place, number);
    }

    private void SixDigits(string token)
    {
        if (_date.Count == 0 && !token.Contains('.', StringComparison.Ordinal))
        {
            _date.Add(token[..2]);
            _date.Add(token[2..4]);
            _date.Add(token[4..]);
            return;
        }

        (_hour, _minute) = (Whole(token[..2]), Whole(token[2..4]));
        Seconds(token[4..]);
    }

    private int Clock(int place, decimal hour)
    {
        _hour = (int)hour;
        Minutes(Number(_tokens[place + 2]));
        if (At(place + 3) == ":" && place + 4 < _tokens.Count)
        {
            Seconds(_tokens[place + 4]);
            place += 2;
        }

        return place + 2;
    }

    private int Dashed(int place, string token)
    {
        var separator = _tokens[place + 1];
        _date.Add(token);
        if (At(place + 2) is { } second && !IsJump(second))
        {
            AddDayOrMonth(second);
            if (At(place + 3) == separator)
            {
                AddDayOrMonth(_tokens[place + 4]);
                place += 2;
            }

            place++;
        }

        return place + 1;
    }

    private void AddDayOrMonth(string token)
    {
        if (Month(token) is { } month)
        {
            _date.Add(month, DateParts.Label.Month);
        }
        else
        {
            _date.Add(token);
        }
    }

    private int Loose(int place, decimal number)
    {
        if (At(place + 1) is not { } next || IsJump(next))
        {
            if (At(place + 2) is { } after && Half(after) is { } half)
            {
                _hour = Adjusted((int)number, half);
                return place + 2;
            }

            _date.Add((int)number);
            return place + 1;
        }

        if (Half(next) is { } isAfternoon && number is >= 0 and < 24)
        {
            _hour = Adjusted((int)number, isAfternoon);
            return place + 1;
        }

        if (!_date.CouldBeDay(number))
        {
            throw Unknown();
        }

        _date.Add((int)number);
        return place;
    }

    private int? UnitPlace(int place)
    {
        if (At(place + 1) is { } next && Unit(next) is not null)
        {
            return place + 1;
        }

        if (At(place + 1) == " " && At(place + 2) is { } after && Unit(after) is not null)
        {
            return place + 2;
        }

        if (place > 0 && Unit(_tokens[place - 1]) is not null)
        {
            return place - 1;
        }

        return place > 1 && place == _tokens.Count - 1 && _tokens[place - 1] == " " && Unit(_tokens[place - 2]) is not null
            ? place - 2
            : null;
    }

    private void Assign(string token, decimal number, int unit)
    {
        switch (unit)
        {
            case 0:
                _hour = (int)number;
                _minute = number % 1 == 0 ? _minute : (int)(60 * (number % 1));
                break;
            case 1:
                Minutes(number);
                break;
            case 2:
                Seconds(token);
                break;
        }
    }

    private void Minutes(decimal number)
    {
        _minute = (int)number;
        _second = number % 1 == 0 ? null : (int)(60 * (number % 1));
    }

    private void Seconds(string token)
    {
        var point = token.IndexOf('.', StringComparison.Ordinal);
        _second = Whole(point < 0 ? token : token[..point]);
        _microsecond = point < 0 ? 0 : Whole(token[(point + 1)..].PadRight(6, '0')[..6]);
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
