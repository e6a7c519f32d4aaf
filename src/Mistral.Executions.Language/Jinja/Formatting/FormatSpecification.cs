using System.Globalization;
using System.Numerics;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What stands behind the colon of a replacement field: fill, alignment, sign, width, grouping, precision and type.</summary>
internal sealed class FormatSpecification
{
    private string _fill = " ";
    private char _align;
    private char _sign = '-';
    private bool _isAlternate;
    private int _width;
    private char _grouping;
    private int _precision = -1;
    private char _type;

    /// <summary>The value as the specification wants it.</summary>
    /// <exception cref="PythonErrorException">The specification is none, or does not fit the value.</exception>
    internal static string Format(object? value, string specification, EvaluationBudget budget)
    {
        if (specification.Length == 0)
        {
            return JinjaText.Of(value, budget);
        }

        JinjaOperators.RequireDefined(value);
        if (JinjaText.TryGet(value) is { } text)
        {
            return Parse(specification).FormatText(text, budget);
        }

        return PythonOperations.IsNumber(value)
            ? Parse(specification).FormatNumber(value!, budget)
            : throw PythonErrorException.Type($"unsupported format string passed to {PythonOperations.TypeName(value)}.__format__");
    }

    /// <summary>The digits of a number with groups of three, or of four where they are no decimal ones.</summary>
    private static string Group(string digits, char separator, int size)
    {
        var grouped = new StringBuilder(digits);
        for (var i = digits.Length - size; i > 0; i -= size)
        {
            grouped.Insert(i, separator);
        }

        return grouped.ToString();
    }

    private static FormatSpecification Parse(string text)
    {
        var result = new FormatSpecification();
        var place = 0;
        var fillWidth = PythonText.WidthAt(text, 0);
        if (text.Length > fillWidth && text[fillWidth] is '<' or '>' or '=' or '^')
        {
            result._fill = text[..fillWidth];
            result._align = text[fillWidth];
            place = fillWidth + 1;
        }
        else if (text[0] is '<' or '>' or '=' or '^')
        {
            result._align = text[place++];
        }

        if (place < text.Length && text[place] is '+' or '-' or ' ')
        {
            result._sign = text[place++];
        }

        if (place < text.Length && text[place] == '#')
        {
            result._isAlternate = true;
            place++;
        }

        if (place < text.Length && text[place] == '0')
        {
            place++;
            if (result._align == '\0')
            {
                (result._fill, result._align) = ("0", '=');
            }
        }

        result._width = Math.Max(0, Number(text, ref place));
        if (place < text.Length && text[place] is ',' or '_')
        {
            result._grouping = text[place++];
        }

        if (place < text.Length && text[place] == '.')
        {
            place++;
            result._precision = Number(text, ref place);
            if (result._precision < 0)
            {
                throw PythonErrorException.Value("Format specifier missing precision");
            }
        }

        if (place < text.Length)
        {
            result._type = text[place++];
        }

        return place == text.Length ? result : throw PythonErrorException.Value($"Invalid format specifier '{text}'");
    }

    private static int Number(string text, ref int place)
    {
        var start = place;
        while (place < text.Length && char.IsAsciiDigit(text[place]))
        {
            place++;
        }

        return start == place ? -1
            : int.TryParse(text.AsSpan(start, place - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw PythonErrorException.Value("Too many decimal digits in format string");
    }

    private string FormatText(string text, EvaluationBudget budget)
    {
        if (_type is not ('\0' or 's'))
        {
            throw UnknownType("str");
        }

        if (_sign != '-' || _isAlternate || _grouping != '\0' || (_align == '=' && _fill != "0"))
        {
            throw PythonErrorException.Value("the format specifier has parts that only numbers can have");
        }

        if (_precision >= 0 && _precision < PythonText.Length(text))
        {
            text = PythonText.Slice(text, 0, _precision);
        }

        return Align(string.Empty, text, _align is '\0' or '=' ? '<' : _align, budget);
    }

    private string FormatNumber(object value, EvaluationBudget budget)
    {
        if (value is bool boolean && _type == '\0' && _precision < 0)
        {
            value = PythonOperations.Box(boolean ? 1 : 0);
        }

        if (value is double || _type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
        {
            return FormatFloat(PythonOperations.ToDouble(value), value is double, budget);
        }

        if (_precision >= 0)
        {
            throw PythonErrorException.Value("Precision not allowed in integer format specifier");
        }

        return FormatInteger(PythonOperations.ToBigInteger(value), budget);
    }

    private string FormatInteger(BigInteger value, EvaluationBudget budget)
    {
        if (_type == 'c')
        {
            return value >= 0 && value <= 0x10FFFF && Rune.IsValid((int)value)
                ? Align(string.Empty, new Rune((int)value).ToString(), _align == '\0' ? '<' : _align, budget)
                : throw PythonErrorException.Overflow("%c arg not in range(0x110000)");
        }

        var magnitude = BigInteger.Abs(value);
        var (prefix, digits, size) = _type switch
        {
            '\0' or 'd' or 'n' => (string.Empty, JinjaText.Of(PythonOperations.Box(magnitude), budget), 3),
            'b' => ("0b", Digits(magnitude, 1), 4),
            'o' => ("0o", Digits(magnitude, 3), 4),
            'x' => ("0x", Digits(magnitude, 4), 4),
            'X' => ("0X", Digits(magnitude, 4).ToUpperInvariant(), 4),
            _ => throw UnknownType("int"),
        };
        if (_grouping == ',' && size == 4)
        {
            throw PythonErrorException.Value($"Cannot specify ',' with '{_type}'.");
        }

        digits = GroupAndFill(digits, string.Empty, size, SignOf(value.Sign < 0).Length + (_isAlternate ? prefix.Length : 0), budget);
        return Align(SignOf(value.Sign < 0) + (_isAlternate ? prefix : string.Empty), digits, _align == '\0' ? '>' : _align, budget);
    }

    /// <summary>The digits of a positive integer in base two, eight or sixteen.</summary>
    internal static string Digits(BigInteger magnitude, int bits)
    {
        if (magnitude.IsZero)
        {
            return "0";
        }

        var digits = new StringBuilder();
        var mask = (1 << bits) - 1;
        for (; !magnitude.IsZero; magnitude >>= bits)
        {
            digits.Insert(0, "0123456789abcdef"[(int)(magnitude & mask)]);
        }

        return digits.ToString();
    }

    private string FormatFloat(double value, bool isFloat, EvaluationBudget budget)
    {
        var isNegative = double.IsNegative(value) && !double.IsNaN(value);
        var text = _type switch
        {
            '\0' when _precision < 0 => Positive(value),
            '\0' => FloatFormat.Format(value, 'r', _precision, _isAlternate, budget),
            'f' or 'F' => FloatFormat.Format(value, 'f', PrecisionOrSix(), _isAlternate, budget),
            'e' or 'E' => FloatFormat.Format(value, 'e', PrecisionOrSix(), _isAlternate, budget),
            'g' or 'G' or 'n' => FloatFormat.Format(value, 'g', PrecisionOrSix(), _isAlternate, budget),
            '%' => FloatFormat.Format(value * 100, 'f', PrecisionOrSix(), _isAlternate, budget) + "%",
            _ => throw UnknownType(isFloat ? "float" : "int"),
        };
        text = _type is 'E' or 'F' or 'G' ? text.ToUpperInvariant() : text;
        var whole = 0;
        while (whole < text.Length && char.IsAsciiDigit(text[whole]))
        {
            whole++;
        }

        var sign = SignOf(isNegative);
        text = GroupAndFill(text[..whole], text[whole..], 3, sign.Length, budget);
        return Align(sign, text, _align == '\0' ? '>' : _align, budget);
    }

    private static string Positive(double value) => PythonOperations.FloatText(double.IsNaN(value) ? value : Math.Abs(value));

    private int PrecisionOrSix() => _precision < 0 ? 6 : _precision;

    private string SignOf(bool isNegative) => isNegative ? "-" : _sign == '-' ? string.Empty : _sign.ToString();

    /// <summary>Groups the digits; zeros that fill the width are grouped with them.</summary>
    private string GroupAndFill(string digits, string rest, int size, int signWidth, EvaluationBudget budget)
    {
        if (_grouping == '\0' || digits.Length == 0)
        {
            return digits + rest;
        }

        var grouped = Group(digits, _grouping, size);
        if (_fill == "0" && _align == '=')
        {
            budget.Allocate(_width);
            while (signWidth + grouped.Length + rest.Length < _width)
            {
                digits = "0" + digits;
                grouped = Group(digits, _grouping, size);
                budget.Handle(digits.Length);
            }
        }

        return grouped + rest;
    }

    private string Align(string sign, string text, char align, EvaluationBudget budget)
    {
        var missing = _width - sign.Length - PythonText.Length(text);
        if (missing <= 0)
        {
            return sign + text;
        }

        budget.Allocate((long)missing * _fill.Length);
        var left = align switch { '<' => 0, '^' => missing / 2, _ => missing };
        var (before, after) = (Repeat(left), Repeat(missing - left));
        return align == '=' ? sign + before + text : before + sign + text + after;
    }

    private string Repeat(int count) => string.Concat(Enumerable.Repeat(_fill, count));

    private PythonErrorException UnknownType(string type) =>
        PythonErrorException.Value($"Unknown format code '{_type}' for object of type '{type}'");
}
