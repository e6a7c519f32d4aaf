using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Reads a text by a pattern of <c>%</c> directives.</summary>
internal sealed class DateTimeScanner(string text, string format)
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private int _place;
    private int? _year;
    private int _month = 1;
    private int _day = 1;
    private int _hour;
    private int _minute;
    private int _second;
    private int _microsecond;
    private int? _dayOfYear;
    private bool? _isAfternoon;
    private PythonTimeSpan? _offset;

    internal PythonDateTime Read()
    {
        Read(format);
        if (_place < text.Length)
        {
            throw PythonErrorException.Value($"unconverted data remains: {text[_place..]}");
        }

        var hour = _isAfternoon is { } isAfternoon ? (_hour % 12) + (isAfternoon ? 12 : 0) : _hour;
        var year = _year ?? 1900;
        if (_dayOfYear is { } dayOfYear)
        {
            if (dayOfYear == 366 && !DateTime.IsLeapYear(year))
            {
                throw PythonErrorException.Value("day of year is out of range");
            }

            var date = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(dayOfYear - 1);
            (_month, _day) = (date.Month, date.Day);
        }

        return PythonDateTime.Create(year, _month, _day, hour, _minute, _second, _microsecond, _offset);
    }

    private void Read(string directives)
    {
        for (var i = 0; i < directives.Length; i++)
        {
            var character = directives[i];
            if (character == '%')
            {
                if (++i == directives.Length)
                {
                    throw PythonErrorException.Value($"stray % in format '{format}'");
                }

                Directive(directives[i]);
            }
            else if (char.IsWhiteSpace(character))
            {
                if (!SkipSpace())
                {
                    throw Mismatch();
                }
            }
            else if (!Takes(character.ToString()))
            {
                throw Mismatch();
            }
        }
    }

    private void Directive(char directive)
    {
        switch (directive)
        {
            case 'Y':
                _year = Number(4, 4);
                break;
            case 'y':
                _year = Number(1, 2) is var two && two < 69 ? 2000 + two : 1900 + two;
                break;
            case 'm':
                _month = Number(1, 2, 1, 12);
                break;
            case 'd':
                _day = Number(1, 2, 1, 31);
                break;
            case 'H':
                _hour = Number(1, 2, 0, 23);
                break;
            case 'I':
                _hour = Number(1, 2, 1, 12);
                _isAfternoon ??= false;
                break;
            case 'M':
                _minute = Number(1, 2, 0, 59);
                break;
            case 'S':
                _second = Number(1, 2, 0, 61);
                break;
            case 'f':
                var start = _place;
                _microsecond = Number(1, 6);
                _microsecond *= (int)Math.Pow(10, 6 - (_place - start));
                break;
            case 'j':
                _dayOfYear = Number(1, 3, 1, 366);
                break;
            case 'p':
                _isAfternoon = Word(["AM", "PM"]) == 1;
                break;
            case 'B':
                _month = Word(English.MonthNames.AsSpan(0, 12)) + 1;
                break;
            case 'b' or 'h':
                _month = Word(English.AbbreviatedMonthNames.AsSpan(0, 12)) + 1;
                break;
            case 'A':
                Word(English.DayNames);
                break;
            case 'a':
                Word(English.AbbreviatedDayNames);
                break;
            case 'w':
                Number(1, 1, 0, 6);
                break;
            case 'u':
                Number(1, 1, 1, 7);
                break;
            case 'U' or 'W':
                Number(1, 2, 0, 53);
                break;
            case 'z':
                Offset();
                break;
            case 'Z':
                Word(["UTC", "GMT"]);
                break;
            case 'c':
                Read("%a %b %d %H:%M:%S %Y");
                break;
            case 'x':
                Read("%m/%d/%y");
                break;
            case 'X':
                Read("%H:%M:%S");
                break;
            case '%':
                if (!Takes("%"))
                {
                    throw Mismatch();
                }

                break;
            default:
                throw PythonErrorException.Value($"'{directive}' is a bad directive in format '{format}'");
        }
    }

    private int Number(int least, int most, int smallest = 0, int largest = int.MaxValue)
    {
        var end = _place;
        while (end < text.Length && end < _place + most && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        // As many digits as make a number of the range; what follows may start with digits too.
        for (; end - _place >= least; end--)
        {
            var value = int.Parse(text.AsSpan(_place, end - _place), NumberStyles.None, CultureInfo.InvariantCulture);
            if (value >= smallest && value <= largest)
            {
                _place = end;
                return value;
            }
        }

        throw Mismatch();
    }

    private int Word(ReadOnlySpan<string> words)
    {
        var found = -1;
        for (var i = 0; i < words.Length; i++)
        {
            if (text.AsSpan(_place).StartsWith(words[i], StringComparison.OrdinalIgnoreCase)
                && (found < 0 || words[i].Length > words[found].Length))
            {
                found = i;
            }
        }

        _place += found < 0 ? throw Mismatch() : words[found].Length;
        return found;
    }

    private void Offset()
    {
        if (Takes("Z"))
        {
            _offset = PythonTimeSpan.Zero;
            return;
        }

        var isNegative = Takes("-");
        if (!isNegative && !Takes("+"))
        {
            throw Mismatch();
        }

        var hours = Number(2, 2);
        var hasColons = Takes(":");
        var minutes = Number(2, 2, 0, 59);
        var seconds = 0;
        if (hasColons ? Takes(":") : _place + 1 < text.Length && char.IsAsciiDigit(text[_place]))
        {
            seconds = Number(2, 2, 0, 59);
        }

        var total = ((hours * 3600L) + (minutes * 60) + seconds) * PythonTimeSpan.MicrosecondsPerSecond;
        _offset = new(isNegative ? -total : total);
    }

    private bool SkipSpace()
    {
        var start = _place;
        while (_place < text.Length && char.IsWhiteSpace(text[_place]))
        {
            _place++;
        }

        return _place > start;
    }

    private bool Takes(string part)
    {
        if (!text.AsSpan(_place).StartsWith(part, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _place += part.Length;
        return true;
    }

    private PythonErrorException Mismatch() => PythonErrorException.Value($"time data '{text}' does not match format '{format}'");
}
