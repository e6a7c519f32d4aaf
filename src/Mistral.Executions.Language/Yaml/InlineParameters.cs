using System.Text.Json;

namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// Finds <c>name=value</c> in a line, in time that grows with its length only. A value is a text in quotes, an
/// expression, a JSON list, a number, <c>true</c>, <c>false</c> or <c>null</c>; what is none of these is no parameter.
/// </summary>
internal sealed class InlineParameters
{
    private readonly string _text;
    private readonly ForwardSearch _quote;
    private readonly ForwardSearch _apostrophe;
    private readonly ForwardSearch _jinjaEnd;
    private readonly ForwardSearch _yaqlEnd;
    private readonly ForwardSearch _lineEnd;
    private int _lineOfBracket = -1;
    private int _lastBracket;

    private InlineParameters(string text)
    {
        _text = text;
        _quote = new(text, "\"");
        _apostrophe = new(text, "'");
        _jinjaEnd = new(text, "}}");
        _yaqlEnd = new(text, "%>");
        _lineEnd = new(text, "\n");
    }

    /// <summary>The parameters of a line; of two with one name the last counts.</summary>
    public static JsonMap Parse(string text) => new InlineParameters(text).Parse();

    public static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    private JsonMap Parse()
    {
        var parameters = new List<KeyValuePair<string, JsonData>>();
        var position = 0;
        while (position < _text.Length)
        {
            var start = position;
            while (position < _text.Length && (_text[position] == '-' || IsWordCharacter(_text[position])))
            {
                position++;
            }

            var end = position;
            if (end > start && end < _text.Length && _text[end] == '=' && FindValue(end + 1) is { } value)
            {
                parameters.Add(new(_text[start..end], value.Data));
                position = value.End;
            }
            else if (end == start || (end < _text.Length && _text[end] == '='))
            {
                position++;
            }
        }

        return JsonMap.FromMembers(parameters);
    }

    private (JsonData Data, int End)? FindValue(int start)
    {
        var rest = _text.AsSpan(start);
        switch (rest)
        {
            case ['"', ..]:
                return Quoted(start, _quote.From(start + 1));
            case ['\'', ..]:
                return Quoted(start, _apostrophe.From(start + 1));
            case ['{', '{', ..]:
                return Expression(start, _jinjaEnd.From(start + 2));
            case ['<', '%', ..]:
                return Expression(start, _yaqlEnd.From(start + 2));
            case ['[', ..]:
                return Json(start, LastBracketOfLine(start) + 1);
            case ['t', 'r', 'u', 'e', ..] or ['n', 'u', 'l', 'l', ..]:
                return Json(start, start + 4);
            case ['f', 'a', 'l', 's', 'e', ..]:
                return Json(start, start + 5);
            default:
                var end = start;
                while (end < _text.Length && char.IsDigit(_text[end]))
                {
                    end++;
                }

                return Json(start, end);
        }
    }

    private (JsonData Data, int End)? Quoted(int start, int end) => end < 0 ? null : (_text[(start + 1)..end], end + 1);

    private (JsonData Data, int End)? Expression(int start, int close) =>
        close < 0 || (_lineEnd.From(start) is var lineEnd and >= 0 && lineEnd < close) ? null : (_text[start..(close + 2)], close + 2);

    private (JsonData Data, int End)? Json(int start, int end)
    {
        if (end <= start)
        {
            return null;
        }

        var text = _text[start..end];
        try
        {
            return (JsonData.Parse(text), end);
        }
        catch (JsonException)
        {
            // Mistral keeps as text what only looks like a list or number.
            return (text, end);
        }
    }

    private int LastBracketOfLine(int start)
    {
        var lineEnd = _lineEnd.From(start) is var found and >= 0 ? found : _text.Length;
        if (lineEnd != _lineOfBracket)
        {
            _lineOfBracket = lineEnd;
            _lastBracket = _text.LastIndexOf(']', lineEnd - 1, lineEnd - start);
        }

        return _lastBracket > start ? _lastBracket : -1;
    }

    /// <summary>Finds a text again and again from positions that only grow, and passes over each character once.</summary>
    private sealed class ForwardSearch(string text, string wanted)
    {
        private int _found = -1;
        private bool _none;

        public int From(int position)
        {
            if (!_none && _found < position)
            {
                _found = text.IndexOf(wanted, position, StringComparison.Ordinal);
                _none = _found < 0;
            }

            return _none ? -1 : _found;
        }
    }
}
