using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>Cuts a YAQL text into tokens, one at a time.</summary>
internal struct YaqlLexer(string text)
{
    private int _position;

    internal YaqlToken Next()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        if (_position == text.Length)
        {
            return new(YaqlTokenKind.End, string.Empty, null, _position);
        }

        var character = text[_position];
        return character switch
        {
            '$' => Variable(),
            '\'' or '"' or '`' => Quoted(character),
            >= '0' and <= '9' => Number(),
            '(' => Single(YaqlTokenKind.OpenRound, "("),
            ')' => Single(YaqlTokenKind.CloseRound, ")"),
            '[' => Single(YaqlTokenKind.OpenSquare, "["),
            ']' => Single(YaqlTokenKind.CloseSquare, "]"),
            '{' => Single(YaqlTokenKind.OpenCurly, "{"),
            '}' => Single(YaqlTokenKind.CloseCurly, "}"),
            ',' => Single(YaqlTokenKind.Comma, ","),
            _ => OtherToken(),
        };
    }

    private YaqlToken OtherToken()
    {
        var rune = RuneAt(_position);
        if (IsDigit(rune))
        {
            return Number();
        }

        if (IsWord(rune))
        {
            return Word();
        }

        var symbol = SymbolAt(text.AsSpan(_position));
        if (symbol is null)
        {
            throw Illegal(_position);
        }

        return symbol == "=>" ? Single(YaqlTokenKind.Mapping, symbol) : Single(YaqlTokenKind.Operator, symbol);
    }

    private YaqlToken Single(YaqlTokenKind kind, string symbol)
    {
        var token = new YaqlToken(kind, symbol, null, _position);
        _position += symbol.Length;
        return token;
    }

    private YaqlToken Variable()
    {
        var start = _position;
        _position = EndOfWord(start + 1);
        return new(YaqlTokenKind.Variable, text[(start + 1).._position], null, start);
    }

    private YaqlToken Word()
    {
        var start = _position;
        var end = EndOfWord(start);
        if (end < text.Length && text[end] == '(')
        {
            _position = end + 1;
            return new(YaqlTokenKind.Function, text[start..end], null, start);
        }

        if (text.AsSpan(start, end - start).StartsWith("__", StringComparison.Ordinal))
        {
            throw Illegal(start);
        }

        _position = end;
        var word = text[start..end];
        return word switch
        {
            "true" => new(YaqlTokenKind.Constant, word, PythonOperations.True, start),
            "false" => new(YaqlTokenKind.Constant, word, PythonOperations.False, start),
            "null" => new(YaqlTokenKind.Constant, word, null, start),
            "and" or "or" or "not" or "in" or "mod" => new(YaqlTokenKind.Operator, word, null, start),
            _ => new(YaqlTokenKind.Keyword, word, null, start),
        };
    }

    private YaqlToken Number()
    {
        var start = _position;
        var whole = EndOfDigits(start);
        var end = whole;
        if (end < text.Length && text[end] == '.' && EndOfDigits(end + 1) is var fraction && fraction > end + 1 && !IsWordAt(fraction))
        {
            end = fraction;
        }

        if (IsWordAt(end))
        {
            throw Illegal(start);
        }

        _position = end;
        var digits = text[start..end];
        var value = end > whole ? PythonOperations.TryParseFloat(digits) : PythonOperations.TryParseInteger(digits, 10);
        return new(YaqlTokenKind.Constant, digits, value, start);
    }

    private YaqlToken Quoted(char quote)
    {
        var start = _position;
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                _position = i + 1;
                var content = text[(start + 1)..i];
                var value = quote == '`' ? content.Replace("\\`", "`", StringComparison.Ordinal) : Unescape(content, start + 1);
                return new(YaqlTokenKind.Constant, text[start.._position], value, start);
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] == '\n'))
            {
                break;
            }
        }

        throw new ExpressionSyntaxException(start, $"the text that starts with {quote} has no end");
    }

    private static string Unescape(string content, int position)
    {
        if (!content.Contains('\\', StringComparison.Ordinal))
        {
            return content;
        }

        var result = new StringBuilder(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] != '\\' || i + 1 == content.Length)
            {
                result.Append(content[i]);
                continue;
            }

            var escape = content[++i];
            switch (escape)
            {
                case '\\' or '\'' or '"':
                    result.Append(escape);
                    break;
                case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
                    result.Append("\a\b\f\n\r\t\v"["abfnrtv".IndexOf(escape, StringComparison.Ordinal)]);
                    break;
                case >= '0' and <= '7':
                    i = AppendOctal(content, i, result);
                    break;
                case 'x' or 'u' or 'U':
                    i = AppendHexadecimal(content, i, position, result);
                    break;
                case 'N' when content.AsSpan(i).StartsWith("N{", StringComparison.Ordinal):
                    throw new ExpressionSyntaxException(position + i, "characters cannot be written by name; write their code as \\uXXXX");
                default:
                    result.Append('\\').Append(escape);
                    break;
            }
        }

        return result.ToString();
    }

    private static int AppendOctal(string content, int start, StringBuilder result)
    {
        var (value, end) = (0, start);
        while (end < content.Length && end < start + 3 && content[end] is >= '0' and <= '7')
        {
            value = (value * 8) + (content[end++] - '0');
        }

        result.Append((char)value);
        return end - 1;
    }

    private static int AppendHexadecimal(string content, int start, int position, StringBuilder result)
    {
        var length = content[start] switch { 'x' => 2, 'u' => 4, _ => 8 };
        if (start + length >= content.Length)
        {
            // Too short to be an escape: it stands for itself.
            result.Append('\\').Append(content[start]);
            return start;
        }

        if (!int.TryParse(content.AsSpan(start + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            || point is < 0 or > 0x10FFFF)
        {
            throw new ExpressionSyntaxException(position + start, $"\\{content[start]} needs {length} hexadecimal digits of a character's code");
        }

        result.Append(point < 0x10000 ? ((char)point).ToString() : char.ConvertFromUtf32(point));
        return start + length;
    }

    private static string? SymbolAt(ReadOnlySpan<char> rest)
    {
        var next = rest.Length > 1 ? rest[1] : '\0';
        return (rest[0], next) switch
        {
            ('?', '.') => "?.",
            ('=', '~') => "=~",
            ('=', '>') => "=>",
            ('!', '~') => "!~",
            ('!', '=') => "!=",
            ('>', '=') => ">=",
            ('<', '=') => "<=",
            ('-', '>') => "->",
            ('.', _) => ".",
            ('=', _) => "=",
            ('>', _) => ">",
            ('<', _) => "<",
            ('+', _) => "+",
            ('-', _) => "-",
            ('*', _) => "*",
            ('/', _) => "/",
            _ => null,
        };
    }

    private readonly ExpressionSyntaxException Illegal(int position) =>
        new(position, $"'{RuneAt(position)}' cannot stand at this place");

    private readonly int EndOfWord(int position)
    {
        while (IsWordAt(position))
        {
            position += RuneAt(position).Utf16SequenceLength;
        }

        return position;
    }

    private readonly int EndOfDigits(int position)
    {
        while (position < text.Length && IsDigit(RuneAt(position)))
        {
            position += RuneAt(position).Utf16SequenceLength;
        }

        return position;
    }

    private readonly bool IsWordAt(int position) => position < text.Length && IsWord(RuneAt(position));

    private readonly Rune RuneAt(int position) => Rune.TryGetRuneAt(text, position, out var rune) ? rune : Rune.ReplacementChar;

    private static bool IsDigit(Rune rune) =>
        rune.IsAscii ? rune.Value is >= '0' and <= '9' : Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    private static bool IsWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_'
        : Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
