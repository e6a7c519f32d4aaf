using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Functions;

/// <summary>Python's <c>json</c>: texts from values and values from texts.</summary>
internal sealed class PythonJson
{
    private readonly StringBuilder _text = new();
    private readonly EvaluationBudget _budget;
    private readonly string? _indent;
    private readonly bool _sortsKeys;
    private readonly bool _takesAll;
    private int _depth;

    private PythonJson(EvaluationBudget budget, string? indent, bool sortsKeys, bool takesAll) =>
        (_budget, _indent, _sortsKeys, _takesAll) = (budget, indent, sortsKeys, takesAll);

    /// <summary>What Mistral's <c>json_dump</c> gives: indented by four, in ASCII; sequences of any kind become arrays.</summary>
    internal static string Dump(object? value, EvaluationBudget budget)
    {
        var json = new PythonJson(budget, indent: "    ", sortsKeys: false, takesAll: true);
        json.Write(value);
        return json._text.ToString();
    }

    /// <summary>What Python's <c>json.dumps(sort_keys=True)</c> gives.</summary>
    /// <exception cref="PythonErrorException">A value is none of JSON's (TypeError).</exception>
    internal static string DumpSorted(object? value, string? indent, EvaluationBudget budget)
    {
        var json = new PythonJson(budget, indent, sortsKeys: true, takesAll: false);
        json.Write(value);
        return json._text.ToString();
    }

    /// <summary>The JSON that a text holds.</summary>
    /// <exception cref="PythonErrorException">The value is no text (TypeError), or the text no JSON (JSONDecodeError).</exception>
    internal static JsonData Parse(string text, EvaluationBudget budget)
    {
        budget.Allocate(text.Length);
        try
        {
            return JsonData.Parse(text);
        }
        catch (JsonException error)
        {
            throw new PythonErrorException("JSONDecodeError", $"the text is no JSON: {error.Message}");
        }
    }

    private void Write(object? value)
    {
        EvaluationBudget.EnsureStack();
        _budget.Step();
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case bool boolean:
                _text.Append(boolean ? "true" : "false");
                break;
            case string text:
                WriteText(text);
                break;
            case long or BigInteger:
                _text.Append(PythonOperations.ToText(value, _budget));
                break;
            case double number:
                _text.Append(NumberText(number));
                break;
            case PythonList list:
                WriteAll(list.Count, '[', ']', i => Write(list[i]));
                break;
            case PythonDictionary dictionary:
                WriteEntries(dictionary);
                break;
            case PythonObject { OwnText: { } own }:
                WriteText(own);
                break;
            case var _ when _takesAll:
                Write(PythonOperations.ToValue(PythonOperations.ToJson(value, _budget), isFrozen: false));
                break;
            default:
                throw PythonErrorException.Type($"Object of type {PythonOperations.TypeName(value)} is not JSON serializable");
        }
    }

    private void WriteEntries(PythonDictionary dictionary)
    {
        var keys = new object?[dictionary.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = dictionary.At(i).Key;
        }

        if (_sortsKeys)
        {
            keys = PythonOrder.Sort(keys, keys, isReversed: false, _budget);
        }

        WriteAll(keys.Length, '{', '}', i =>
        {
            WriteText(KeyText(keys[i]));
            _text.Append(": ");
            dictionary.TryGet(keys[i], out var item, _budget);
            Write(item);
        });
    }

    private void WriteAll(int count, char open, char close, Action<int> write)
    {
        _text.Append(open);
        if (count > 0)
        {
            _depth++;
            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    _text.Append(_indent is null ? ", " : ",");
                }

                WriteLine();
                write(i);
            }

            _depth--;
            WriteLine();
        }

        _text.Append(close);
    }

    private void WriteLine()
    {
        if (_indent is { } indent)
        {
            _budget.Allocate((long)indent.Length * _depth);
            _text.Append('\n').Insert(_text.Length, indent, _depth);
        }
    }

    private string KeyText(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool boolean => boolean ? "true" : "false",
        double number => NumberText(number),
        long or BigInteger => PythonOperations.ToText(key, _budget),
        PythonObject { OwnText: { } own } => own,
        _ => throw PythonErrorException.Type($"keys must be str, int, float, bool or None, not {PythonOperations.TypeName(key)}"),
    };

    private static string NumberText(double number) => double.IsFinite(number)
        ? PythonOperations.FloatText(number)
        : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private void WriteText(string text)
    {
        _budget.Allocate(text.Length);
        _text.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\f' => _text.Append("\\f"),
                '\b' => _text.Append("\\b"),
                < ' ' or > '~' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => _text.Append(character),
            };
        }

        _text.Append('"');
    }
}
