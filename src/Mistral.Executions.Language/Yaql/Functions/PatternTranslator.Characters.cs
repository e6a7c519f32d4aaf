using System.Globalization;

namespace Mistral.Executions.Language.Yaql.Functions;

internal sealed partial class PatternTranslator
{
    private void Escape()
    {
        if (_place == _pattern.Length)
        {
            throw Error("bad escape (end of pattern)");
        }

        StartAtom();
        var character = _pattern[_place++];
        switch (character)
        {
            case 'D' or 'S' or 'W':
                AppendOutside($"\\{character}");
                break;
            case 'd' or 's' or 'w' or 'b' or 'B' or 'A':
                _result.Append('\\').Append(character);
                break;
            case 'Z':
                _result.Append(@"\z");
                break;
            case >= '1' and <= '9' when !IsOctal():
                var end = _place < _pattern.Length && char.IsAsciiDigit(_pattern[_place]) ? _place + 1 : _place;
                var number = NumberOf(_pattern[(_place - 1)..end]);
                _place = end;
                NeedsBacktracking = true;
                _result.Append(CultureInfo.InvariantCulture, $@"(?:\k<{number}>)");
                break;
            default:
                AppendCode(EscapedCode(character));
                break;
        }
    }

    private bool IsOctal() => _place + 1 < _pattern.Length
        && _pattern[_place - 1] is <= '3' && _pattern[_place] is >= '0' and <= '7' && _pattern[_place + 1] is >= '0' and <= '7';

    private int EscapedCode(char character)
    {
        switch (character)
        {
            case 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                return "\a\f\n\r\t\v"["afnrtv".IndexOf(character, StringComparison.Ordinal)];
            case 'x' or 'u' or 'U':
                var length = character switch { 'x' => 2, 'u' => 4, _ => 8 };
                if (_place + length > _pattern.Length || !int.TryParse(
                    _pattern.AsSpan(_place, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                    || code is < 0 or > 0x10FFFF)
                {
                    throw Error($"incomplete escape \\{character}");
                }

                _place += length;
                return code;
            case >= '0' and <= '7':
                var octal = character - '0';
                for (var i = 0; i < 2 && _place < _pattern.Length && _pattern[_place] is >= '0' and <= '7'; i++)
                {
                    octal = (octal * 8) + (_pattern[_place++] - '0');
                }

                return octal;
            default:
                return char.IsAsciiLetterOrDigit(character) ? throw Error($"bad escape \\{character}") : character;
        }
    }

    // A character beyond 16 bits is two units of the text, which must not be taken apart.
    private void AppendOutside(string single) => _result.Append("(?:").Append(Pair).Append('|').Append(single).Append(')');

    private void AppendCode(int code)
    {
        if (code >= 0x10000)
        {
            _result.Append("(?:").Append(char.ConvertFromUtf32(code)).Append(')');
        }
        else
        {
            _result.Append(CultureInfo.InvariantCulture, $@"\u{code:x4}");
        }
    }

    private void Class()
    {
        var start = _result.Length;
        var pairs = new List<string>();
        var isNegated = Takes("^");
        for (var isFirst = true; ; isFirst = false)
        {
            if (_place == _pattern.Length)
            {
                throw Error("unterminated character set");
            }

            if (_pattern[_place] == ']' && !isFirst)
            {
                _place++;
                break;
            }

            var low = ClassMember();
            if (_place + 1 >= _pattern.Length || _pattern[_place] != '-' || _pattern[_place + 1] == ']')
            {
                AppendMembers(low, low, pairs);
                continue;
            }

            _place++;
            var high = ClassMember();
            if (low < 0 || high < low)
            {
                throw Error("bad character range");
            }

            AppendMembers(low, high, pairs);
        }

        var singles = _result.ToString(start, _result.Length - start);
        _result.Length = start;
        AppendClass(singles, pairs, isNegated);
    }

    private void AppendClass(string singles, List<string> pairs, bool isNegated)
    {
        var others = string.Join('|', pairs);
        if (isNegated)
        {
            var wanted = pairs.Count == 0 ? Pair : $"(?!{others}){Pair}";
            NeedsBacktracking |= pairs.Count > 0;
            _result.Append("(?:").Append(wanted).Append("|[^").Append(singles).Append(@"\uD800-\uDFFF])");
        }
        else if (pairs.Count == 0)
        {
            _result.Append('[').Append(singles).Append(']');
        }
        else
        {
            _result.Append("(?:").Append(others).Append(singles.Length == 0 ? string.Empty : $"|[{singles}]").Append(')');
        }
    }

    /// <summary>Reads a member of a class: its code, or -1 when it is a class itself, which is appended.</summary>
    private int ClassMember()
    {
        var character = _pattern[_place++];
        if (character != '\\')
        {
            return char.IsHighSurrogate(character) && _place < _pattern.Length && char.IsLowSurrogate(_pattern[_place])
                ? char.ConvertToUtf32(character, _pattern[_place++])
                : character;
        }

        if (_place == _pattern.Length)
        {
            throw Error("bad escape (end of pattern)");
        }

        var escaped = _pattern[_place++];
        if (escaped is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            _result.Append('\\').Append(escaped);
            return -1;
        }

        return escaped == 'b' ? '\b' : EscapedCode(escaped);
    }

    private void AppendMembers(int low, int high, List<string> pairs)
    {
        if (low < 0)
        {
            return;
        }

        if (low < 0x10000)
        {
            _result.Append(CultureInfo.InvariantCulture, $@"\u{low:x4}");
            if (high > low)
            {
                _result.Append(CultureInfo.InvariantCulture, $@"-\u{Math.Min(high, 0xFFFF):x4}");
            }
        }

        // Beyond 16 bits, the codes that share their first unit are one alternative.
        for (var first = Math.Max(low, 0x10000); first <= high; first = (first | 0x3FF) + 1)
        {
            var last = Math.Min(high, first | 0x3FF);
            var (from, to) = (char.ConvertFromUtf32(first), char.ConvertFromUtf32(last));
            pairs.Add(string.Create(CultureInfo.InvariantCulture, $@"\u{(int)from[0]:x4}[\u{(int)from[1]:x4}-\u{(int)to[1]:x4}]"));
        }
    }
}
