using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>
/// Cuts a Jinja text into tokens, with the white space rules that Mistral sets: the newline after a statement or comment
/// goes, and so does the white space before one that begins its line; the last newline of the text goes too.
/// </summary>
internal sealed partial class JinjaLexer
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
