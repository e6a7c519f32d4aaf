using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <content>What stands outside of tags: data, remarks and raw blocks.</content>
internal sealed partial class JinjaLexer
{
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
}
