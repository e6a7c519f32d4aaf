using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Turns a regular expression as Python writes it into one for .NET. Groups get their numbers from their order, named or not.</summary>
internal sealed partial class PatternTranslator
{
    // More repetitions than this make an automaton too large.
    private const int LargestCount = 1000;
    private static readonly SearchValues<char> GlobalFlags = SearchValues.Create("aiLmsux");
    private static readonly SearchValues<char> LocalFlags = SearchValues.Create("aimsux-");
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string NoRepeat = "nothing to repeat";

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Stack<(int Start, bool IsVerbose)> _open = new();
    private int _place;

    // Where the last thing that can be repeated starts in the result; -1 when there is none.
    private int _atom = -1;
    private bool _isVerbose;

    internal PatternTranslator(string pattern) => _pattern = pattern;

    /// <summary>The flags that the pattern sets for itself; white space is left out already where it does not count.</summary>
    internal RegexOptions Options { get; private set; }

    internal int GroupCount { get; private set; }

    internal bool HasNames => _names.Count > 0;

    internal bool NeedsBacktracking { get; private set; }

    internal IReadOnlyDictionary<string, int> Names => _names;

    /// <summary>The pattern for .NET.</summary>
    /// <exception cref="PythonErrorException">The pattern is none that Python takes.</exception>
    internal string Translate()
    {
        LeadingFlags();
        while (_place < _pattern.Length)
        {
            Next();
        }

        return _open.Count == 0 ? _result.ToString() : throw Error("missing ), unterminated subpattern");
    }

    private void Next()
    {
        var character = _pattern[_place++];
        switch (character)
        {
            case '(':
                Open();
                break;
            case ')':
                if (_open.Count == 0)
                {
                    throw Error("unbalanced parenthesis");
                }

                _result.Append(')');
                (_atom, _isVerbose) = _open.Pop();
                break;
            case '[':
                StartAtom();
                Class();
                break;
            case '\\':
                Escape();
                break;
            case '*' or '+' or '?':
                Repeat(character.ToString());
                break;
            case '{':
                Braces();
                break;
            case '|':
                _result.Append('|');
                _atom = -1;
                break;
            case '^' or '$':
                StartAtom();
                _result.Append(character);
                break;
            case '.':
                StartAtom();
                AppendOutside(".");
                break;
            case ' ' or '\t' or '\n' or '\r' or '\f' or '\v' when _isVerbose:
                break;
            case '#' when _isVerbose:
                SkipComment();
                break;
            default:
                StartAtom();
                if (char.IsHighSurrogate(character) && _place < _pattern.Length && char.IsLowSurrogate(_pattern[_place]))
                {
                    AppendCode(char.ConvertToUtf32(character, _pattern[_place++]));
                    break;
                }

                AppendLiteral(character);
                break;
        }
    }

    private void SkipComment()
    {
        var end = _pattern.IndexOf('\n', _place);
        _place = end < 0 ? _pattern.Length : end + 1;
    }

    private void StartAtom() => _atom = _result.Length;

    private void AppendLiteral(char character) => _result.Append(
        character is '#' or ' ' or '{' or '}' or ']' or '[' or '(' or ')' or '|' or '^' or '$' or '.' or '*' or '+' or '?' or '\\'
            ? "\\" + character
            : character.ToString());

    private void LeadingFlags()
    {
        while (_pattern.AsSpan(_place).StartsWith("(?", StringComparison.Ordinal)
            && _pattern.IndexOf(')', _place) is var end and > 0
            && end > _place + 2
            && !_pattern.AsSpan(_place + 2, end - _place - 2).ContainsAnyExcept(GlobalFlags))
        {
            foreach (var flag in _pattern.AsSpan(_place + 2, end - _place - 2))
            {
                Options |= Option(flag);
                _isVerbose |= flag == 'x';
            }

            _place = end + 1;
        }
    }

    private static RegexOptions Option(char flag) => flag switch
    {
        'i' => RegexOptions.IgnoreCase,
        'm' => RegexOptions.Multiline,
        's' => RegexOptions.Singleline,
        'x' => RegexOptions.IgnorePatternWhitespace,
        _ => RegexOptions.None,
    };

    private void Open()
    {
        var start = _result.Length;
        if (!Takes("?"))
        {
            _open.Push((start, _isVerbose));
            Capture(null);
            return;
        }

        if (Takes("#"))
        {
            var end = _pattern.IndexOf(')', _place);
            _place = end < 0 ? throw Error("missing ), unterminated comment") : end + 1;
            return;
        }

        if (Takes("P="))
        {
            var name = NameUpTo(')');
            NeedsBacktracking = true;
            StartAtom();
            _result.Append(CultureInfo.InvariantCulture, $@"\k<{NumberOf(name)}>");
            return;
        }

        _open.Push((start, _isVerbose));
        _atom = -1;
        if (Takes("P<"))
        {
            Capture(NameUpTo('>'));
        }
        else if (Takes(":"))
        {
            _result.Append("(?:");
        }
        else if (Takes("("))
        {
            NeedsBacktracking = true;
            _result.Append(CultureInfo.InvariantCulture, $"(?({NumberOf(NameUpTo(')'))})");
        }
        else
        {
            OpenSpecial();
        }
    }

    private void OpenSpecial()
    {
        foreach (var kind in (string[])["=", "!", "<=", "<!", ">"])
        {
            if (Takes(kind))
            {
                NeedsBacktracking = true;
                _result.Append("(?").Append(kind);
                return;
            }
        }

        var colon = _pattern.IndexOf(':', _place);
        var flags = colon < 0 ? string.Empty : _pattern[_place..colon];
        if (flags.Length == 0 || flags.AsSpan().ContainsAnyExcept(LocalFlags))
        {
            throw Error("unknown extension or misplaced flags");
        }

        _place = colon + 1;
        var minus = flags.IndexOf('-', StringComparison.Ordinal);
        if (flags.Contains('x', StringComparison.Ordinal))
        {
            _isVerbose = minus < 0 || flags.IndexOf('x', StringComparison.Ordinal) < minus;
        }

        var kept = string.Concat(flags.Where(static f => f is 'i' or 'm' or 's' or '-')).TrimEnd('-');
        _result.Append("(?").Append(kept).Append(':');
    }

    private void Capture(string? name)
    {
        GroupCount++;
        _atom = -1;
        if (name is not null && (!IsName(name) || !_names.TryAdd(name, GroupCount)))
        {
            throw Error($"bad or repeated group name '{name}'");
        }

        _result.Append(CultureInfo.InvariantCulture, $"(?<{GroupCount}>");
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(static c => char.IsLetterOrDigit(c) || c == '_');

    private bool Takes(string text)
    {
        if (!_pattern.AsSpan(_place).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _place += text.Length;
        return true;
    }

    private string NameUpTo(char end)
    {
        var place = _pattern.IndexOf(end, _place);
        if (place < 0)
        {
            throw Error("missing the end of a group name");
        }

        var name = _pattern[_place..place];
        _place = place + 1;
        return name;
    }

    private int NumberOf(string name)
    {
        if (_names.TryGetValue(name, out var number))
        {
            return number;
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number <= GroupCount
            ? number
            : throw Error($"unknown group '{name}'");
    }

    private void Braces()
    {
        var end = _pattern.IndexOf('}', _place);
        var content = end < 0 ? null : _pattern[_place..end];
        var comma = content?.IndexOf(',', StringComparison.Ordinal) ?? -1;
        var (low, high) = comma < 0 ? (content, content) : (content![..comma], content[(comma + 1)..]);
        if (string.IsNullOrEmpty(content) || !IsCount(low, comma >= 0) || !IsCount(high, comma >= 0))
        {
            StartAtom();
            _result.Append(@"\{");
            return;
        }

        _place = end + 1;
        low = low!.Length == 0 ? "0" : low;
        var (least, most) = (Count(low), high!.Length == 0 ? int.MaxValue : Count(high));
        if (least > most)
        {
            throw Error("min repeat greater than max repeat");
        }

        NeedsBacktracking |= least > LargestCount || (most > LargestCount && high.Length > 0);
        Repeat(comma < 0 ? $"{{{low}}}" : $"{{{low},{high}}}");
    }

    private static bool IsCount(string? text, bool mayBeEmpty) =>
        text is not null && (text.Length > 0 || mayBeEmpty) && text.All(char.IsAsciiDigit);

    private int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Error("the repetition number is too large");

    private void Repeat(string quantifier)
    {
        if (_atom < 0)
        {
            throw Error(NoRepeat);
        }

        // Anchors may be repeated in Python only with braces or not at all; .NET wants them in a group.
        if (_result.Length - _atom == 1 && _result[_atom] is '^' or '$')
        {
            _result.Insert(_atom, "(?:").Append(')');
        }

        _result.Append(quantifier);
        if (Takes("?"))
        {
            _result.Append('?');
        }
        else if (Takes("+"))
        {
            NeedsBacktracking = true;
            _result.Insert(_atom, "(?>").Append(')');
        }

        _atom = -1;
        if (_place < _pattern.Length && _pattern[_place] is '*' or '+' or '?')
        {
            throw Error("multiple repeat");
        }
    }

    private PythonErrorException Error(string reason) =>
        new("error", $"the regular expression '{_pattern}' is wrong at position {Math.Max(0, _place - 1)}: {reason}");
}
