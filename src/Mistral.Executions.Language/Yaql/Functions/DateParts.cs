using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>The numbers of a date in the order they were written, and which of them are known to be the year or the month.</summary>
internal sealed class DateParts(string text)
{
    private readonly List<int> _parts = [];
    private int _year = -1;
    private int _month = -1;
    private bool _hasCentury;

    internal enum Label
    {
        None,
        Year,
        Month,
    }

    internal int Count => _parts.Count;

    internal void Add(string digits, Label label = Label.None)
    {
        if (!digits.All(char.IsAsciiDigit) || digits.Length is 0 or > 9)
        {
            throw Wrong();
        }

        if (digits.Length > 2)
        {
            _hasCentury = true;
            label = label == Label.Month ? throw Wrong() : Label.Year;
        }

        Append(int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), label);
    }

    internal void Add(int number, Label label = Label.None)
    {
        if (number > 100)
        {
            _hasCentury = true;
            label = label == Label.Month ? throw Wrong() : Label.Year;
        }

        Append(number, label);
    }

    internal bool CouldBeDay(decimal number)
    {
        if (_month < 0)
        {
            return number is >= 1 and <= 31;
        }

        return _parts[_month] is >= 1 and <= 12
            && number >= 1 && number <= DateTime.DaysInMonth(_year < 0 ? 2000 : Math.Clamp(_parts[_year], 1, 9999), _parts[_month]);
    }

    /// <summary>Which number is the year, the month and the day; null for what is missing.</summary>
    internal (int? Year, int? Month, int? Day) Resolve(int currentYear)
    {
        var (year, month, day) = Order();
        if (year is < 100 && !_hasCentury)
        {
            year += currentYear / 100 * 100;
            year += year >= currentYear + 50 ? -100 : year < currentYear - 50 ? 100 : 0;
        }

        return (year, month, day);
    }

    private (int? Year, int? Month, int? Day) Order()
    {
        var known = (_year >= 0 ? 1 : 0) + (_month >= 0 ? 1 : 0);
        if ((known > 0 && _parts.Count == known) || (_parts.Count == 3 && known == 2))
        {
            var rest = 3 - Math.Max(_year, 0) - Math.Max(_month, 0);
            return (
                _year >= 0 ? _parts[_year] : null,
                _month >= 0 ? _parts[_month] : null,
                _parts.Count == 3 ? _parts[rest] : null);
        }

        return _parts.Count switch
        {
            0 => (null, null, null),
            1 => One(),
            2 => Two(),
            3 => Three(),
            _ => throw Wrong(),
        };
    }

    private (int? Year, int? Month, int? Day) One()
    {
        if (_month >= 0)
        {
            return (null, _parts[0], null);
        }

        return _parts[0] > 31 ? (_parts[0], null, null) : (null, null, _parts[0]);
    }

    private (int? Year, int? Month, int? Day) Two()
    {
        var (first, second) = (_parts[0], _parts[1]);
        if (_month >= 0)
        {
            var other = _month == 0 ? second : first;
            return other > 31 ? (other, _parts[_month], null) : (null, _parts[_month], other);
        }

        return first > 31 ? (first, second, null) : second > 31 ? (second, first, null) : (null, first, second);
    }

    private (int? Year, int? Month, int? Day) Three()
    {
        var (first, second, third) = (_parts[0], _parts[1], _parts[2]);
        return _month switch
        {
            0 => second > 31 ? (second, first, third) : (third, first, second),
            1 => first > 31 ? (first, second, third) : (third, second, first),
            2 => second > 31 ? (second, third, first) : (first, third, second),
            _ when first > 31 || _year == 0 => (first, second, third),
            _ when first > 12 => (third, second, first),
            _ => (third, first, second),
        };
    }

    private void Append(int number, Label label)
    {
        if ((label == Label.Year && _year >= 0) || (label == Label.Month && _month >= 0))
        {
            throw Wrong();
        }

        _year = label == Label.Year ? _parts.Count : _year;
        _month = label == Label.Month ? _parts.Count : _month;
        _parts.Add(number);
    }

    private PythonErrorException Wrong() => new("ParserError", $"the text is no time in a known format: {text}");
}
