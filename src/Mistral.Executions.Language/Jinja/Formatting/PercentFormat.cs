using System.Globalization;
using System.Numerics;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>format % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly EvaluationBudget _budget;
    private readonly object? _mapping;
    private readonly object?[] _values;
    private readonly bool _isMarkup;
    private int _next;

    private PercentFormat(object? values, bool isMarkup, EvaluationBudget budget)
    {
        _budget = budget;
        _isMarkup = isMarkup;
        _values = values is PythonList { IsTuple: true } tuple ? tuple.ToArray() : [values];

        // Whatever can be asked for items may be left unused.
        _mapping = values is PythonDictionary or PythonList { IsTuple: false } or JinjaRange or JinjaUndefined ? values : null;
    }

    /// <summary>The format, a text or markup, with the values in it.</summary>
    internal static object Format(object? format, object? values, EvaluationBudget budget)
    {
        var isMarkup = format is JinjaMarkup;
        var result = new PercentFormat(values, isMarkup, budget).Run(JinjaText.TryGet(format)!);
        return isMarkup ? new JinjaMarkup(result) : result;
    }

    /// <summary>The text with escapes for what is not ASCII.</summary>
    internal static string Ascii(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                < 0x80 => result.Append((char)rune.Value),
                < 0x100 => result.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                < 0x10000 => result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return result.ToString();
    }

    private string Run(string format)
    {
        var result = new StringBuilder();
        var place = 0;
        while (place < format.Length)
        {
            var percent = format.IndexOf('%', place);
            if (percent < 0)
            {
                break;
            }

            result.Append(format, place, percent - place);
            place = percent + 1;
            var text = Conversion(format, ref place);
            _budget.Allocate(text.Length);
            result.Append(text);
        }

        _budget.Allocate(format.Length);
        return _mapping is null && _next < _values.Length
            ? throw PythonErrorException.Type("not all arguments converted during string formatting")
            : result.Append(format, place, format.Length - place).ToString();
    }

    private string Conversion(string format, ref int place)
    {
        if (place < format.Length && format[place] == '%')
        {
            place++;
            return "%";
        }

        object? keyed = null;
        var hasKey = place < format.Length && format[place] == '(';
        if (hasKey)
        {
            keyed = Keyed(format, ref place);

            // What has been asked for an item is no value any more.
            _next = _values.Length;
        }

        var flags = string.Empty;
        while (place < format.Length && "#0- +".Contains(format[place], StringComparison.Ordinal))
        {
            flags += format[place++];
        }

        var width = Count(format, ref place, out var isLeft);
        var precision = -1;
        if (place < format.Length && format[place] == '.')
        {
            place++;
            precision = Math.Max(0, Count(format, ref place, out _));
        }

        while (place < format.Length && format[place] is 'h' or 'l' or 'L')
        {
            place++;
        }

        if (place == format.Length)
        {
            throw PythonErrorException.Value("incomplete format");
        }

        var type = format[place++];
        var value = hasKey ? keyed : Next();
        flags += isLeft ? "-" : string.Empty;
        var (sign, text) = Convert(value, type, flags, precision);
        return Pad(sign, text, flags, width, isNumber: type is not ('s' or 'r' or 'a' or 'c'));
    }

    private object? Keyed(string format, ref int place)
    {
        if (_mapping is null)
        {
            throw PythonErrorException.Type("format requires a mapping");
        }

        var start = ++place;
        for (var open = 1; open > 0; place++)
        {
            if (place == format.Length)
            {
                throw PythonErrorException.Value("incomplete format key");
            }

            open += format[place] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        JinjaOperators.RequireDefined(_mapping);
        return PythonOperations.Index(_mapping, format[start..(place - 1)], _budget);
    }

    private int Count(string format, ref int place, out bool isLeft)
    {
        isLeft = false;
        if (place < format.Length && format[place] == '*')
        {
            place++;
            var given = Next() is { } value && PythonOperations.IsInteger(value)
                ? PythonOperations.ToIndex(value)
                : throw PythonErrorException.Type("* wants int");
            isLeft = given < 0;
            return Math.Abs(given);
        }

        var start = place;
        while (place < format.Length && char.IsAsciiDigit(format[place]))
        {
            place++;
        }

        return start == place ? 0
            : int.TryParse(format.AsSpan(start, place - start), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw PythonErrorException.Value("width too big");
    }

    private object? Next() => _next < _values.Length
        ? _values[_next++]
        : throw PythonErrorException.Type("not enough arguments for format string");

    private (string Sign, string Text) Convert(object? value, char type, string flags, int precision)
    {
        switch (type)
        {
            case 's':
                return (string.Empty, Cut(Escaped(value, JinjaText.Of(value, _budget)), precision));
            case 'r':
                return (string.Empty, Cut(Escaped(null, PythonOperations.Represent(value, _budget)), precision));
            case 'a':
                return (string.Empty, Cut(Escaped(null, Ascii(PythonOperations.Represent(value, _budget))), precision));
            case 'c':
                return (string.Empty, Character(value));
        }

        JinjaOperators.RequireDefined(value);
        if (!PythonOperations.IsNumber(value))
        {
            throw PythonErrorException.Type($"%{type} format: a real number is required, not {PythonOperations.TypeName(value)}");
        }

        switch (type)
        {
            case 'd' or 'i' or 'u':
                var whole = value is double number ? PythonOperations.Truncate(number) : value!;
                return Integer(PythonOperations.ToBigInteger(whole), type, flags, precision);
            case 'x' or 'X' or 'o':
                return value is double
                    ? throw PythonErrorException.Type($"%{type} format: an integer is required, not float")
                    : Integer(PythonOperations.ToBigInteger(value!), type, flags, precision);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                var real = PythonOperations.ToDouble(value!);
                var text = FloatFormat.Format(
                    real, char.ToLowerInvariant(type), precision < 0 ? 6 : precision, flags.Contains('#', StringComparison.Ordinal), _budget);
                return (SignOf(double.IsNegative(real) && !double.IsNaN(real), flags), char.IsUpper(type) ? text.ToUpperInvariant() : text);
            default:
                throw PythonErrorException.Value($"unsupported format character '{type}'");
        }
    }

    private string Escaped(object? value, string text) => _isMarkup && value is not JinjaMarkup ? JinjaMarkup.EscapeText(text, _budget) : text;

    private static string Cut(string text, int precision) =>
        precision >= 0 && precision < PythonText.Length(text) ? PythonText.Slice(text, 0, precision) : text;

    private static string Character(object? value)
    {
        if (JinjaText.TryGet(value) is { } text && PythonText.Length(text) == 1)
        {
            return text;
        }

        if (!PythonOperations.IsInteger(value))
        {
            throw PythonErrorException.Type("%c requires int or char");
        }

        return Rune.TryCreate(PythonOperations.ToIndex(value!), out var rune)
            ? rune.ToString()
            : throw PythonErrorException.Overflow("%c arg not in range(0x110000)");
    }

    private (string Sign, string Text) Integer(BigInteger value, char type, string flags, int precision)
    {
        var magnitude = BigInteger.Abs(value);
        var digits = type switch
        {
            'x' => FormatSpecification.Digits(magnitude, 4),
            'X' => FormatSpecification.Digits(magnitude, 4).ToUpperInvariant(),
            'o' => FormatSpecification.Digits(magnitude, 3),
            _ => JinjaText.Of(PythonOperations.Box(magnitude), _budget),
        };
        if (precision > digits.Length)
        {
            _budget.Allocate(precision);
            digits = digits.PadLeft(precision, '0');
        }

        var prefix = flags.Contains('#', StringComparison.Ordinal) && type is 'x' or 'X' or 'o' ? $"0{type}" : string.Empty;
        return (SignOf(value.Sign < 0, flags) + prefix, digits);
    }

    private static string SignOf(bool isNegative, string flags) => isNegative ? "-"
        : flags.Contains('+', StringComparison.Ordinal) ? "+"
        : flags.Contains(' ', StringComparison.Ordinal) ? " "
        : string.Empty;

    private string Pad(string sign, string text, string flags, int width, bool isNumber)
    {
        var missing = width - sign.Length - PythonText.Length(text);
        if (missing <= 0)
        {
            return sign + text;
        }

        _budget.Allocate(missing);
        return flags.Contains('-', StringComparison.Ordinal) ? sign + text + new string(' ', missing)
            : isNumber && flags.Contains('0', StringComparison.Ordinal) ? sign + new string('0', missing) + text
            : new string(' ', missing) + sign + text;
    }
}
