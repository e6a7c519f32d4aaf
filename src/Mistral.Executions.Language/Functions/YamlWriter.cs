using System.Globalization;
using System.Numerics;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Functions;

/// <summary>Writes values as Python's YAML writer does: block style, keys sorted, lines folded behind 80 columns, ASCII only.</summary>
internal sealed class YamlWriter
{
    private const int FoldWidth = 80;
    private const int Indent = 2;
    private const int LongestSimpleKey = 128;

    private readonly StringBuilder _text = new();
    private readonly EvaluationBudget _budget;
    private int _lineStart;

    private YamlWriter(EvaluationBudget budget) => _budget = budget;

    private int Column => _text.Length - _lineStart;

    internal static string Write(object? value, EvaluationBudget budget)
    {
        var writer = new YamlWriter(budget);
        var isPlain = writer.WriteNode(value, indent: 0, isMappingValue: false);
        writer._text.Append(isPlain ? "\n...\n" : "\n");
        return writer._text.ToString();
    }

    /// <summary>Writes a value; says whether it was a scalar without quotes.</summary>
    private bool WriteNode(object? value, int indent, bool isMappingValue)
    {
        EvaluationBudget.EnsureStack();
        _budget.Step();
        switch (value)
        {
            case PythonDictionary { Count: > 0 } dictionary:
                WriteMapping(dictionary, indent);
                return false;
            case PythonDictionary:
                _text.Append("{}");
                return false;
            case PythonList { Count: > 0 } list:
                WriteSequence(list, indent);
                return false;
            case PythonList:
                _text.Append("[]");
                return false;
            default:
                return WriteScalar(value, indent == 0 || isMappingValue ? indent + Indent : indent, isKey: false);
        }
    }

    private void WriteMapping(PythonDictionary dictionary, int indent)
    {
        var keys = new object?[dictionary.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = dictionary.At(i).Key;
        }

        foreach (var key in Sorted(keys))
        {
            NewLine(indent);
            var isSimple = WriteKey(key, indent);
            dictionary.TryGet(key, out var value, _budget);
            if (!isSimple)
            {
                BreakLine(indent);
                _text.Append(": ");
                WriteNode(value, indent + Indent, isMappingValue: true);
                continue;
            }

            _text.Append(':');
            if (value is PythonDictionary { Count: > 0 })
            {
                WriteNode(value, indent + Indent, isMappingValue: true);
            }
            else if (value is PythonList { Count: > 0 } list)
            {
                WriteSequence(list, indent);
            }
            else
            {
                _text.Append(' ');
                WriteNode(value, indent, isMappingValue: true);
            }
        }
    }

    private object?[] Sorted(object?[] keys)
    {
        try
        {
            return PythonOrder.Sort(keys, keys, isReversed: false, _budget);
        }
        catch (PythonErrorException)
        {
            // Keys without a common order stay in their own.
            return keys;
        }
    }

    private bool WriteKey(object? key, int indent)
    {
        switch (key)
        {
            case PythonList { Count: 0 } or PythonDictionary { Count: 0 }:
                WriteNode(key, indent, isMappingValue: false);
                return true;
            case string { Length: > 0 and < LongestSimpleKey } or not (string or PythonList or PythonDictionary):
                WriteScalar(key, indent + Indent, isKey: true);
                return true;
            default:
                _text.Append("? ");
                WriteNode(key, indent + Indent, isMappingValue: false);
                return false;
        }
    }

    private void WriteSequence(PythonList list, int indent)
    {
        for (var i = 0; i < list.Count; i++)
        {
            NewLine(indent);
            _text.Append("- ");
            WriteNode(list[i], indent + Indent, isMappingValue: false);
        }
    }

    /// <summary>Goes to the column of a level, on a new line unless the line holds only what leads there.</summary>
    private void NewLine(int indent)
    {
        _budget.Allocate(indent + 1);
        if (_text.Length == 0 || (Column == indent && EndsWithIndicator()))
        {
            return;
        }

        BreakLine(indent);
    }

    private bool EndsWithIndicator() => _text.Length >= 2 && _text[^1] == ' ' && _text[^2] is ('-' or '?' or ':');

    private void BreakLine(int indent)
    {
        _text.Append('\n');
        _lineStart = _text.Length;
        _text.Append(' ', indent);
    }

    private bool WriteScalar(object? value, int indent, bool isKey)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                return true;
            case bool boolean:
                _text.Append(boolean ? "true" : "false");
                return true;
            case long or BigInteger:
                _text.Append(PythonOperations.ToText(value, _budget));
                return true;
            case double number:
                _text.Append(FloatText(number));
                return true;
            case PythonDateTime time:
                _text.Append(time.ToIso(' '));
                return true;
            case PythonDate date:
                _text.Append(date.ToText(_budget));
                return true;
            case string text:
                return WriteText(text, indent, isKey);
            default:
                throw new PythonErrorException(
                    "RepresenterError", $"a value of type '{PythonOperations.TypeName(value)}' has no form in YAML");
        }
    }

    private static string FloatText(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
        }

        var text = PythonOperations.FloatText(number);
        return text.Contains('.', StringComparison.Ordinal) ? text : text.Replace("e", ".0e", StringComparison.Ordinal);
    }

    private bool WriteText(string text, int indent, bool isKey)
    {
        _budget.Allocate(text.Length);
        var form = YamlTextForm.Of(text);
        if (form.CanBePlain && YamlScalar.IsText(text))
        {
            WriteFolded(text, indent, isKey, isQuoted: false);
            return true;
        }

        if (form.CanBeSingleQuoted && !(isKey && form.HasBreaks))
        {
            _text.Append('\'');
            WriteFolded(text.Replace("'", "''", StringComparison.Ordinal), indent, isKey, isQuoted: true);
            _text.Append('\'');
        }
        else
        {
            WriteEscaped(text, indent, isKey);
        }

        return false;
    }

    private void WriteFolded(string text, int indent, bool isKey, bool isQuoted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                if (text[i - (i > 0 ? 1 : 0)] != '\n' || i == 0)
                {
                    _text.Append('\n');
                }

                _text.Append('\n');
                _lineStart = _text.Length;
                if (i + 1 == text.Length || text[i + 1] != '\n')
                {
                    _text.Append(' ', indent);
                }
            }
            else if (character == ' ' && !isKey && Column > FoldWidth && IsSingleSpace(text, i) && (!isQuoted || (i > 0 && i + 1 < text.Length)))
            {
                BreakLine(indent);
            }
            else
            {
                _text.Append(character);
            }
        }
    }

    private static bool IsSingleSpace(string text, int place) =>
        (place == 0 || text[place - 1] != ' ') && (place + 1 == text.Length || text[place + 1] != ' ');

    private void WriteEscaped(string text, int indent, bool isKey)
    {
        _text.Append('"');
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = place + rune.Utf16SequenceLength;
            var mayBreak = !isKey && place > 0 && next < text.Length;

            // A space that would begin the next line is escaped, or it would be lost.
            if (rune.Value == ' ' && mayBreak && Column > FoldWidth)
            {
                _text.Append('\\');
                BreakLine(indent);
                _text.Append("\\ ");
            }
            else
            {
                AppendEscaped(rune);
                if (mayBreak && Column > FoldWidth + 1 && IsEscaped(rune))
                {
                    _text.Append('\\');
                    BreakLine(indent);
                    _text.Append(text[next] == ' ' ? "\\" : string.Empty);
                }
            }

            place = next;
        }

        _text.Append('"');
    }

    private static bool IsEscaped(Rune rune) => rune.Value is < ' ' or > '~' or '"' or '\\';

    private void AppendEscaped(Rune rune) => _ = rune.Value switch
    {
        0 => _text.Append("\\0"),
        7 => _text.Append("\\a"),
        8 => _text.Append("\\b"),
        9 => _text.Append("\\t"),
        10 => _text.Append("\\n"),
        11 => _text.Append("\\v"),
        12 => _text.Append("\\f"),
        13 => _text.Append("\\r"),
        0x1b => _text.Append("\\e"),
        '"' => _text.Append("\\\""),
        '\\' => _text.Append("\\\\"),
        0x85 => _text.Append("\\N"),
        0xa0 => _text.Append("\\_"),
        0x2028 => _text.Append("\\L"),
        0x2029 => _text.Append("\\P"),
        >= 0x20 and < 0x7f => _text.Append((char)rune.Value),
        < 0x100 => _text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
        < 0x10000 => _text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
        _ => _text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
    };
}
