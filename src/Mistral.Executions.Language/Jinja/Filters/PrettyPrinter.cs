using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>pprint</c>: what does not fit 80 columns is broken into lines, and dicts are in the order of their keys.</summary>
internal sealed class PrettyPrinter
{
    private const int Width = 80;

    private readonly StringBuilder _text = new();
    private readonly EvaluationBudget _budget;

    private PrettyPrinter(EvaluationBudget budget) => _budget = budget;

    internal static string Print(object? value, EvaluationBudget budget)
    {
        var printer = new PrettyPrinter(budget);
        printer.Write(value, indent: 0, allowance: 0, level: 0);
        return printer._text.ToString();
    }

    private void Write(object? value, int indent, int allowance, int level)
    {
        EvaluationBudget.EnsureStack();
        var flat = Flat(value);
        if (PythonText.Length(flat) <= Width - indent - allowance)
        {
            Append(flat);
            return;
        }

        switch (value)
        {
            case PythonDictionary dictionary:
                WriteEntries(dictionary, indent + 1, allowance + 1, level + 1);
                break;
            case PythonList list:
                var (open, close) = list.IsTuple ? ("(", list.Count == 1 ? ",)" : ")") : ("[", "]");
                Append(open);
                WriteItems(list, indent + 1, allowance + close.Length, level + 1);
                Append(close);
                break;
            case string { Length: > 0 } text:
                WriteText(text, indent, allowance, level + 1);
                break;
            default:
                Append(flat);
                break;
        }
    }

    private void WriteEntries(PythonDictionary dictionary, int indent, int allowance, int level)
    {
        Append("{");
        var keys = SortedKeys(dictionary);
        for (var i = 0; i < keys.Length; i++)
        {
            var key = Flat(keys[i]);
            Append(i == 0 ? string.Empty : NewLine(indent));
            Append(key + ": ");
            dictionary.TryGet(keys[i], out var item, _budget);
            Write(item, indent + PythonText.Length(key) + 2, i == keys.Length - 1 ? allowance : 1, level);
        }

        Append("}");
    }

    private void WriteItems(PythonList list, int indent, int allowance, int level)
    {
        for (var i = 0; i < list.Count; i++)
        {
            Append(i == 0 ? string.Empty : NewLine(indent));
            Write(list[i], indent, i == list.Count - 1 ? allowance : 1, level);
        }
    }

    private static string NewLine(int indent) => ",\n" + new string(' ', indent);

    private void WriteText(string text, int indent, int allowance, int level)
    {
        if (level == 1)
        {
            indent++;
            allowance++;
        }

        var chunks = new List<string>();
        var lines = StringSplitting.Lines(text, keepsEnds: true, _budget);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = (string)lines[i]!;
            var isLast = i == lines.Count - 1;
            var flat = Flat(line);
            if (PythonText.Length(flat) <= Width - indent - (isLast ? allowance : 0))
            {
                chunks.Add(flat);
            }
            else
            {
                AddWords(line, Width - indent, isLast ? allowance : 0, chunks);
            }
        }

        if (chunks.Count == 1)
        {
            Append(Flat(text));
            return;
        }

        var joined = string.Join("\n" + new string(' ', indent), chunks);
        Append(level == 1 ? $"({joined})" : joined);
    }

    private void AddWords(string line, int width, int allowance, List<string> chunks)
    {
        var current = string.Empty;
        var start = 0;
        while (start < line.Length)
        {
            var end = start;
            while (end < line.Length && !PythonText.IsSpace(line[end]))
            {
                end++;
            }

            while (end < line.Length && PythonText.IsSpace(line[end]))
            {
                end++;
            }

            var candidate = current + line[start..end];
            if (PythonText.Length(Flat(candidate)) > width - (end == line.Length ? allowance : 0))
            {
                if (current.Length > 0)
                {
                    chunks.Add(Flat(current));
                }

                current = line[start..end];
            }
            else
            {
                current = candidate;
            }

            start = end;
        }

        if (current.Length > 0)
        {
            chunks.Add(Flat(current));
        }
    }

    private object?[] SortedKeys(PythonDictionary dictionary)
    {
        var keys = new object?[dictionary.Count];
        var order = new object?[dictionary.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = dictionary.At(i).Key;
            order[i] = JinjaText.Plain(keys[i]);
        }

        // Keys without a common order are in that of their types' names.
        return PythonOrder.Sort(keys, order, isReversed: false, _budget, static (left, right) =>
            PythonOperations.IsNumber(left) && PythonOperations.IsNumber(right) ? PythonOperations.CompareNumbers(left!, right!) < 0
            : left is string a && right is string b ? PythonText.Compare(a, b) < 0
            : string.CompareOrdinal(PythonOperations.TypeName(left), PythonOperations.TypeName(right)) < 0);
    }

    /// <summary>The value in one line.</summary>
    private string Flat(object? value)
    {
        EvaluationBudget.EnsureStack();
        switch (value)
        {
            case PythonDictionary dictionary:
                var entries = Array.ConvertAll(SortedKeys(dictionary), key =>
                {
                    dictionary.TryGet(key, out var item, _budget);
                    return $"{Flat(key)}: {Flat(item)}";
                });
                return Charged($"{{{string.Join(", ", entries)}}}");
            case PythonList list:
                var items = string.Join(", ", Array.ConvertAll(list.ToArray(), Flat));
                return Charged(!list.IsTuple ? $"[{items}]" : list.Count == 1 ? $"({items},)" : $"({items})");
            default:
                return PythonOperations.Represent(value, _budget);
        }
    }

    private string Charged(string text)
    {
        _budget.Allocate(text.Length);
        return text;
    }

    private void Append(string text)
    {
        _budget.Allocate(text.Length);
        _text.Append(text);
    }
}
