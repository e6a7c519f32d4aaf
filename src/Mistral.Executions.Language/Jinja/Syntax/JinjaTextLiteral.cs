using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The escapes of text literals, as Python's literals have them; what is no escape stays as it is written.</summary>
internal static class JinjaTextLiteral
{
    /// <summary>The text that the literal stands for.</summary>
    /// <param name="literal">What stands between the quotes.</param>
    /// <param name="position">Where it starts.</param>
    public static string Unescape(string literal, int position)
    {
        var text = new StringBuilder(literal.Length);
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '\\' || i + 1 == literal.Length)
            {
                text.Append(literal[i]);
                continue;
            }

            var escape = literal[++i];
            switch (escape)
            {
                case '\n':
                    break;
                case '\\' or '\'' or '"':
                    text.Append(escape);
                    break;
                case 'a':
                    text.Append('\a');
                    break;
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'v':
                    text.Append('\v');
                    break;
                case >= '0' and <= '7':
                    i += AppendOctal(text, literal, i) - 1;
                    break;
                case 'x':
                    i += AppendHexadecimal(text, literal, i + 1, 2, position);
                    break;
                case 'u':
                    i += AppendHexadecimal(text, literal, i + 1, 4, position);
                    break;
                case 'U':
                    i += AppendHexadecimal(text, literal, i + 1, 8, position);
                    break;
                case 'N':
                    throw new ExpressionSyntaxException(position + i - 1, "characters by name (\\N{...}) are not supported; write \\u and four hexadecimal digits");
                default:
                    text.Append('\\').Append(escape);
                    break;
            }
        }

        return text.ToString();
    }

    private static int AppendOctal(StringBuilder text, string literal, int start)
    {
        var (value, length) = (0, 0);
        while (length < 3 && start + length < literal.Length && literal[start + length] is >= '0' and <= '7')
        {
            value = (value * 8) + (literal[start + length] - '0');
            length++;
        }

        text.Append((char)value);
        return length;
    }

    private static int AppendHexadecimal(StringBuilder text, string literal, int start, int length, int position)
    {
        if (start + length > literal.Length
            || !int.TryParse(literal.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value is < 0 or > 0x10FFFF)
        {
            throw new ExpressionSyntaxException(
                position + start - 2, $"'\\{literal[start - 1]}' needs {length} hexadecimal digits that name a character");
        }

        if (value > char.MaxValue)
        {
            text.Append(char.ConvertFromUtf32(value));
        }
        else
        {
            text.Append((char)value);
        }

        return length;
    }
}
