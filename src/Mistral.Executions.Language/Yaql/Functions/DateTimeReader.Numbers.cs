namespace Mistral.Executions.Language.Yaql.Functions;

internal sealed partial class DateTimeReader
{
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
}
