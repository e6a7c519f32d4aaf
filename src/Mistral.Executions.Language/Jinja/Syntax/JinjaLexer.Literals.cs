using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <content>Numbers and text literals.</content>
internal sealed partial class JinjaLexer
{
    private void ReadNumber()
    {
        var start = _position;
        var digits = SkipDigits(start);
        var end = digits;
        if (start == 0 || _source[start - 1] != '.')
        {
            if (end + 1 < _source.Length && _source[end] == '.' && IsDigit(_source[end + 1]))
            {
                end = SkipDigits(end + 1);
            }

            if (end < _source.Length && _source[end] is 'e' or 'E')
            {
                var exponent = end + 1;
                if (exponent < _source.Length && _source[exponent] is '+' or '-')
                {
                    exponent++;
                }

                if (exponent < _source.Length && IsDigit(_source[exponent]))
                {
                    end = SkipDigits(exponent);
                }
            }
        }

        if (end > digits)
        {
            var text = Plain(start, end);
            _tokens.Add(new(JinjaTokenKind.Float, start, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)));
            _position = end;
        }
        else
        {
            ReadInteger(start);
        }
    }

    private void ReadInteger(int start)
    {
        var radix = start + 1 < _source.Length && _source[start] == '0'
            ? _source[start + 1] switch { 'x' or 'X' => 16, 'b' or 'B' => 2, 'o' or 'O' => 8, _ => 10 }
            : 10;
        if (radix != 10 && SkipDigits(start + 2, radix, allowsLeading: true) is var radixEnd && radixEnd > start + 2)
        {
            BigInteger value = 0;
            foreach (var c in _source.AsSpan(start + 2, radixEnd - start - 2))
            {
                if (c != '_')
                {
                    value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
                }
            }

            _tokens.Add(new(JinjaTokenKind.Integer, start, PythonOperations.Box(value)));
            _position = radixEnd;
            return;
        }

        // A number that begins with zero is all zeros: 012 is two numbers.
        _position = _source[start] == '0' ? SkipZeros(start) : SkipDigits(start);
        var text = Plain(start, _position);
        if (text.Length > MaximumIntegerDigits)
        {
            throw Error(start, $"the number has more than {MaximumIntegerDigits} digits");
        }

        _tokens.Add(new(
            JinjaTokenKind.Integer,
            start,
            PythonOperations.Box(BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))));
    }

    private const int MaximumIntegerDigits = 4300;

    private string Plain(int start, int end) => _source[start..end].Replace("_", string.Empty, StringComparison.Ordinal);

    private int SkipZeros(int position)
    {
        position++;
        while (position < _source.Length)
        {
            var next = _source[position] == '_' ? position + 1 : position;
            if (next >= _source.Length || _source[next] != '0')
            {
                break;
            }

            position = next + 1;
        }

        return position;
    }

    /// <summary>Goes over digits that single underscores may part.</summary>
    private int SkipDigits(int position, int radix = 10, bool allowsLeading = false)
    {
        var start = position;
        while (position < _source.Length)
        {
            var next = _source[position] == '_' && (allowsLeading || position > start) ? position + 1 : position;
            if (next >= _source.Length || !IsDigitOf(_source[next], radix))
            {
                break;
            }

            position = next + 1;
        }

        return position;
    }

    private static bool IsDigitOf(char c, int radix) => radix switch
    {
        16 => char.IsAsciiHexDigit(c),
        10 => IsDigit(c),
        _ => c >= '0' && c < '0' + radix,
    };

    private void ReadString(char quote)
    {
        var start = _position;
        var end = start + 1;
        var hasEscape = false;
        while (end < _source.Length && _source[end] != quote)
        {
            if (_source[end] == '\\')
            {
                hasEscape = true;
                end++;
            }

            end++;
        }

        if (end >= _source.Length)
        {
            throw Error(start, "the text literal has no end");
        }

        _position = end + 1;
        var text = _source[(start + 1)..end];
        _tokens.Add(new(JinjaTokenKind.String, start, hasEscape ? JinjaTextLiteral.Unescape(text, start + 1) : text));
    }
}
