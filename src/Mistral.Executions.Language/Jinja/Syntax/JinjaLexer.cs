using System.Globalization;
using System.Numerics;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>
/// Cuts a Jinja text into tokens, with the white space rules that Mistral sets: the newline after a statement or comment
/// goes, and so does the white space before one that begins its line; the last newline of the text goes too.
/// </summary>
internal sealed class JinjaLexer
{
    private readonly string _source;
    private readonly List<JinjaToken> _tokens;
    private char[]? _open;
    private int _openCount;
    private int _position;
    private bool _atLineStart = true;

    private JinjaLexer(string source)
    {
        _source = source;
        _tokens = new(Math.Min(16, 4 + (source.Length / 4)));
    }

    /// <summary>The tokens of a template.</summary>
    /// <exception cref="ExpressionSyntaxException">The text is no template.</exception>
    public static List<JinjaToken> Template(string text)
    {
        var lexer = new JinjaLexer(Normalize(text));
        lexer.ReadTemplate();
        return lexer.Finish();
    }

    /// <summary>The tokens of an expression that stands alone.</summary>
    /// <exception cref="ExpressionSyntaxException">The text is no sequence of tokens.</exception>
    public static List<JinjaToken> Expression(string text)
    {
        var lexer = new JinjaLexer(Normalize(text));
        lexer.ReadTokens(JinjaTokenKind.EndOfText);
        return lexer.Finish();
    }

    private static string Normalize(string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private static bool IsDigit(char c) => char.IsAsciiDigit(c);

    private List<JinjaToken> Finish()
    {
        _tokens.Add(new(JinjaTokenKind.EndOfText, _source.Length, null));
        return _tokens;
    }

    private void ReadTemplate()
    {
        while (_position < _source.Length)
        {
            var begin = FindBegin(_position);
            if (begin < 0)
            {
                AddData(_position, _source.Length);
                return;
            }

            var kind = _source[begin + 1];
            var start = begin + 2;
            var sign = start < _source.Length && _source[start] is '-' or '+' ? _source[start++] : '\0';
            AddData(_position, StripBefore(begin, sign, kind != '{'));
            _position = start;
            switch (kind)
            {
                case '{':
                    _tokens.Add(new(JinjaTokenKind.VariableBegin, begin, null));
                    ReadTokens(JinjaTokenKind.VariableEnd);
                    break;
                case '#':
                    SkipComment(begin);
                    break;
                default:
                    if (!TryReadRaw(begin, start))
                    {
                        _tokens.Add(new(JinjaTokenKind.BlockBegin, begin, null));
                        ReadTokens(JinjaTokenKind.BlockEnd);
                    }

                    break;
            }
        }
    }

    private int FindBegin(int from)
    {
        while (true)
        {
            var brace = _source.IndexOf('{', from);
            if (brace < 0 || brace + 1 >= _source.Length)
            {
                return -1;
            }

            if (_source[brace + 1] is '{' or '%' or '#')
            {
                return brace;
            }

            from = brace + 1;
        }
    }

    private void AddData(int start, int end)
    {
        if (end > start)
        {
            _tokens.Add(new(JinjaTokenKind.Data, start, _source[start..end]));
        }
    }

    /// <summary>Where the data before a tag ends, once the tag has stripped its white space.</summary>
    private int StripBefore(int begin, char sign, bool stripsLine)
    {
        var end = begin;
        if (sign == '-')
        {
            while (end > _position && PythonText.IsSpace(_source[end - 1]))
            {
                end--;
            }
        }
        else if (sign != '+' && stripsLine)
        {
            var line = begin;
            while (line > _position && _source[line - 1] != '\n')
            {
                if (!PythonText.IsSpace(_source[--line]))
                {
                    return begin;
                }
            }

            if (line > _position || _atLineStart)
            {
                end = line;
            }
        }

        return end;
    }

    private void SkipComment(int begin)
    {
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error(begin, "the comment has no end: '#}' is missing");
        }

        EndTag(end + 2, end > _position ? _source[end - 1] : '\0', trimsNewline: true);
    }

    /// <summary>Goes on behind a tag; a minus before its end takes all white space, otherwise one newline goes.</summary>
    private void EndTag(int next, char sign, bool trimsNewline)
    {
        _atLineStart = false;
        if (sign == '-')
        {
            while (next < _source.Length && PythonText.IsSpace(_source[next]))
            {
                _atLineStart = _source[next++] == '\n';
            }
        }
        else if (trimsNewline && sign != '+' && next < _source.Length && _source[next] == '\n')
        {
            _atLineStart = true;
            next++;
        }

        _position = next;
    }

    private bool TryReadRaw(int begin, int start)
    {
        var next = SkipWord(start, "raw");
        if (next < 0)
        {
            return false;
        }

        var sign = '\0';
        if (next < _source.Length && _source[next] == '-')
        {
            sign = '-';
            next++;
        }

        if (!StartsWith(next, "%}"))
        {
            return false;
        }

        EndTag(next + 2, sign, trimsNewline: false);
        for (var from = _position; ; from++)
        {
            from = _source.IndexOf("{%", from, StringComparison.Ordinal);
            if (from < 0)
            {
                throw Error(begin, "the raw block has no end: '{% endraw %}' is missing");
            }

            var word = from + 2;
            var endSign = word < _source.Length && _source[word] is '-' or '+' ? _source[word++] : '\0';
            var end = SkipWord(word, "endraw");
            if (end < 0)
            {
                continue;
            }

            var closeSign = end < _source.Length && _source[end] is '-' or '+' ? _source[end++] : '\0';
            if (StartsWith(end, "%}"))
            {
                AddData(_position, StripBefore(from, endSign, stripsLine: true));
                EndTag(end + 2, closeSign, trimsNewline: true);
                return true;
            }
        }
    }

    private int SkipWord(int position, string word)
    {
        position = SkipSpace(position);
        return StartsWith(position, word) ? SkipSpace(position + word.Length) : -1;
    }

    private int SkipSpace(int position)
    {
        while (position < _source.Length && PythonText.IsSpace(_source[position]))
        {
            position++;
        }

        return position;
    }

    private bool StartsWith(int position, string text) =>
        position <= _source.Length && _source.AsSpan(position).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Reads the inside of a tag, up to and with its end.</summary>
    private void ReadTokens(JinjaTokenKind end)
    {
        _openCount = 0;
        while (true)
        {
            _position = SkipSpace(_position);
            if (_position >= _source.Length)
            {
                return;
            }

            if (_openCount == 0 && end != JinjaTokenKind.EndOfText && TryReadEnd(end))
            {
                return;
            }

            ReadToken();
        }
    }

    private bool TryReadEnd(JinjaTokenKind end)
    {
        var position = _position;
        var sign = _source[position];
        if (sign == '-' || (sign == '+' && end == JinjaTokenKind.BlockEnd))
        {
            position++;
        }

        if (!StartsWith(position, end == JinjaTokenKind.BlockEnd ? "%}" : "}}"))
        {
            return false;
        }

        _tokens.Add(new(end, _position, null));
        EndTag(position + 2, sign, trimsNewline: end == JinjaTokenKind.BlockEnd);
        return true;
    }

    private void ReadToken()
    {
        var c = _source[_position];
        if (IsDigit(c))
        {
            ReadNumber();
        }
        else if (c == '_' || char.IsAsciiLetter(c) || c >= '\u0080')
        {
            ReadName();
        }
        else if (c is '\'' or '"')
        {
            ReadString(c);
        }
        else
        {
            ReadOperator(c);
        }
    }

    private void ReadName()
    {
        var start = _position;
        while (_position < _source.Length)
        {
            var c = _source[_position];
            if (c < '\u0080')
            {
                if (c != '_' && !char.IsAsciiLetterOrDigit(c))
                {
                    break;
                }

                _position++;
            }
            else if (Rune.TryGetRuneAt(_source, _position, out var rune) && JinjaCharacters.IsWord(rune))
            {
                _position += rune.Utf16SequenceLength;
            }
            else
            {
                break;
            }
        }

        if (_position == start)
        {
            throw Error(start, $"'{_source[start]}' cannot stand here");
        }

        var name = _source[start.._position];
        if (name[0] >= '\u0080' && Rune.GetRuneAt(name, 0) is var first && !Rune.IsLetter(first) && Rune.GetUnicodeCategory(first) != UnicodeCategory.LetterNumber)
        {
            throw Error(start, $"'{name}' is no name: it begins with a character that a name cannot begin with");
        }

        _tokens.Add(new(JinjaTokenKind.Name, start, name));
    }

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

    private void ReadOperator(char c)
    {
        var next = _position + 1 < _source.Length ? _source[_position + 1] : '\0';
        var (kind, length) = (c, next) switch
        {
            ('/', '/') => (JinjaTokenKind.FloorDivide, 2),
            ('*', '*') => (JinjaTokenKind.Power, 2),
            ('=', '=') => (JinjaTokenKind.Equal, 2),
            ('!', '=') => (JinjaTokenKind.NotEqual, 2),
            ('>', '=') => (JinjaTokenKind.GreaterOrEqual, 2),
            ('<', '=') => (JinjaTokenKind.LessOrEqual, 2),
            ('+', _) => (JinjaTokenKind.Add, 1),
            ('-', _) => (JinjaTokenKind.Subtract, 1),
            ('*', _) => (JinjaTokenKind.Multiply, 1),
            ('/', _) => (JinjaTokenKind.Divide, 1),
            ('%', _) => (JinjaTokenKind.Modulo, 1),
            ('~', _) => (JinjaTokenKind.Concatenate, 1),
            ('[', _) => (JinjaTokenKind.LeftBracket, 1),
            (']', _) => (JinjaTokenKind.RightBracket, 1),
            ('(', _) => (JinjaTokenKind.LeftParenthesis, 1),
            (')', _) => (JinjaTokenKind.RightParenthesis, 1),
            ('{', _) => (JinjaTokenKind.LeftBrace, 1),
            ('}', _) => (JinjaTokenKind.RightBrace, 1),
            ('>', _) => (JinjaTokenKind.Greater, 1),
            ('<', _) => (JinjaTokenKind.Less, 1),
            ('=', _) => (JinjaTokenKind.Assign, 1),
            ('.', _) => (JinjaTokenKind.Dot, 1),
            (':', _) => (JinjaTokenKind.Colon, 1),
            ('|', _) => (JinjaTokenKind.Pipe, 1),
            (',', _) => (JinjaTokenKind.Comma, 1),
            (';', _) => (JinjaTokenKind.Semicolon, 1),
            _ => throw Error(_position, $"'{c}' cannot stand here"),
        };
        switch (kind)
        {
            case JinjaTokenKind.LeftParenthesis:
                Open(')');
                break;
            case JinjaTokenKind.LeftBracket:
                Open(']');
                break;
            case JinjaTokenKind.LeftBrace:
                Open('}');
                break;
            case JinjaTokenKind.RightParenthesis or JinjaTokenKind.RightBracket or JinjaTokenKind.RightBrace:
                Close(c);
                break;
        }

        _tokens.Add(new(kind, _position, null));
        _position += length;
    }

    private void Open(char closing)
    {
        _open ??= new char[8];
        if (_openCount == _open.Length)
        {
            Array.Resize(ref _open, _openCount * 2);
        }

        _open[_openCount++] = closing;
    }

    private void Close(char c)
    {
        if (_openCount == 0)
        {
            throw Error(_position, $"'{c}' closes nothing");
        }

        var expected = _open![--_openCount];
        if (expected != c)
        {
            throw Error(_position, $"'{expected}' was expected, not '{c}'");
        }
    }

    private static ExpressionSyntaxException Error(int position, string reason) => new(position, reason);
}
