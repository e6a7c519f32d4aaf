using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Breaks a line into several of a width, at white space, behind hyphens in words and around dashes.</summary>
internal sealed class TextWrapper
{
    private readonly int _width;
    private readonly bool _breaksLongWords;
    private readonly bool _breaksAtHyphens;
    private readonly EvaluationBudget _budget;

    internal TextWrapper(int width, bool breaksLongWords, bool breaksAtHyphens, EvaluationBudget budget)
    {
        _width = width;
        _breaksLongWords = breaksLongWords;
        _breaksAtHyphens = breaksAtHyphens;
        _budget = budget;
    }

    internal List<string> Wrap(string line)
    {
        _budget.Change(line.Length);
        if (_width <= 0)
        {
            throw PythonErrorException.Value($"invalid width {_width} (must be > 0)");
        }

        var chunks = new LinkedList<string>(Chunks(line));
        var lines = new List<string>();
        while (chunks.First is not null)
        {
            if (lines.Count > 0 && IsBlank(chunks.First.Value))
            {
                chunks.RemoveFirst();
            }

            var current = TakeLine(chunks);
            if (current.Count > 0 && IsBlank(current[^1]))
            {
                current.RemoveAt(current.Count - 1);
            }

            if (current.Count > 0)
            {
                lines.Add(string.Concat(current));
            }
        }

        return lines;
    }

    private List<string> TakeLine(LinkedList<string> chunks)
    {
        var current = new List<string>();
        var length = 0;
        while (chunks.First is { } first && length + PythonText.Length(first.Value) <= _width)
        {
            _budget.Step();
            current.Add(first.Value);
            length += PythonText.Length(first.Value);
            chunks.RemoveFirst();
        }

        if (chunks.First is { } tooLong && PythonText.Length(tooLong.Value) > _width)
        {
            BreakLongWord(chunks, current, _width - length);
        }

        return current;
    }

    private void BreakLongWord(LinkedList<string> chunks, List<string> current, int room)
    {
        _budget.Step();
        var word = chunks.First!.Value;
        if (_breaksLongWords)
        {
            chunks.RemoveFirst();
            var head = PythonText.Slice(word, 0, room);
            if (_breaksAtHyphens && head.LastIndexOf('-') is var hyphen && hyphen > 0 && head.AsSpan(0, hyphen).ContainsAnyExcept('-'))
            {
                head = head[..(hyphen + 1)];
            }

            _budget.Handle(word.Length);
            current.Add(head);
            chunks.AddFirst(word[head.Length..]);
        }
        else if (current.Count == 0)
        {
            chunks.RemoveFirst();
            current.Add(word);
        }
    }

    private static bool IsBlank(string chunk) => chunk.Length > 0 && chunk.AsSpan().Trim().Length == 0;

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';

    private List<string> Chunks(string line)
    {
        var chunks = new List<string>();
        for (var start = 0; start < line.Length;)
        {
            var end = IsSpace(line[start]) ? EndOfSpace(line, start)
                : _breaksAtHyphens ? EndOfPart(line, start)
                : EndOfWord(line, start);
            _budget.Step();
            chunks.Add(line[start..end]);
            start = end;
        }

        return chunks;
    }

    private static int EndOfSpace(string line, int end)
    {
        while (end < line.Length && IsSpace(line[end]))
        {
            end++;
        }

        return end;
    }

    private static int EndOfWord(string line, int end)
    {
        while (end < line.Length && !IsSpace(line[end]))
        {
            end++;
        }

        return end;
    }

    private static int EndOfPart(string line, int start)
    {
        if (start > 0 && DashesAt(line, start) is var dashes && dashes > 0 && CanPrecedeDash(line[start - 1]))
        {
            return start + dashes;
        }

        var end = start + 1;
        while (end < line.Length && !IsSpace(line[end]))
        {
            if ((line[end - 1] == '-' && end - 1 > start && IsHyphenInWord(line, end - 1))
                || (CanPrecedeDash(line[end - 1]) && DashesAt(line, end) > 0))
            {
                return end;
            }

            end++;
        }

        return end;
    }

    /// <summary>How many dashes stand here, when they are several and a word follows; zero otherwise.</summary>
    private static int DashesAt(string line, int place)
    {
        var end = place;
        while (end < line.Length && line[end] == '-')
        {
            end++;
        }

        return end - place >= 2 && end < line.Length && IsWord(line[end]) ? end - place : 0;
    }

    private static bool IsHyphenInWord(string line, int hyphen)
    {
        var followsWord = hyphen >= 2 && IsLetter(line[hyphen - 1])
            && (IsLetter(line[hyphen - 2]) || (hyphen >= 3 && line[hyphen - 2] == '-' && IsLetter(line[hyphen - 3])));
        if (!followsWord || hyphen + 2 >= line.Length || !IsLetter(line[hyphen + 1]))
        {
            return false;
        }

        return IsLetter(line[hyphen + 2]) || (line[hyphen + 2] == '-' && hyphen + 3 < line.Length && IsLetter(line[hyphen + 3]));
    }

    private static bool CanPrecedeDash(char character) => IsWord(character) || "!\"'&.,?".Contains(character, StringComparison.Ordinal);

    private static bool IsLetter(char character) => character == '_' || char.IsLetter(character);

    private static bool IsWord(char character) => Rune.TryCreate(character, out var rune) && JinjaCharacters.IsWord(rune);
}
