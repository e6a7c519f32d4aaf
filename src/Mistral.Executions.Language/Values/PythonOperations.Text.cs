using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    // Python refuses to print or read integers of more digits.
    private const int MaximumDigits = 4300;

    /// <summary>Python's <c>str()</c>.</summary>
    internal static string ToText(object? value, EvaluationBudget budget) => value switch
    {
        string text => text,
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        PythonDateTime time => time.ToString(),
        PythonTimeSpan span => span.ToString(),
        PythonObject other => other.ToText(budget),
        _ => Represent(value, budget),
    };

    /// <summary>Python's <c>repr()</c>.</summary>
    internal static string Represent(object? value, EvaluationBudget budget)
    {
        switch (value)
        {
            case null:
                return "None";
            case bool boolean:
                return boolean ? "True" : "False";
            case long integer:
                return integer.ToString(CultureInfo.InvariantCulture);
            case BigInteger big:
                return IntegerText(big);
            case double number:
                return FloatText(number);
            case PythonDateTime time:
                return time.Represent();
            case PythonTimeSpan span:
                return span.Represent();
            case PythonObject other:
                return other.Represent(budget);
            default:
                var text = new StringBuilder();
                Represent(value, text, budget);
                return text.ToString();
        }
    }

    /// <summary>A float as Python prints it: the shortest digits that give it back.</summary>
    internal static string FloatText(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var roundTrip = value.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Decompose(roundTrip);
        var sign = roundTrip[0] == '-' ? "-" : string.Empty;
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    internal static string IntegerText(BigInteger value)
    {
        // 33 bits hold less than ten digits, so this refuses nothing that is allowed.
        if (value.GetBitLength() > MaximumDigits * 33L / 9)
        {
            throw TooManyDigits();
        }

        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Length - (value.Sign < 0 ? 1 : 0) > MaximumDigits ? throw TooManyDigits() : text;
    }

    /// <summary>A text in quotes with its escapes, as Python's <c>repr()</c> gives it.</summary>
    internal static void RepresentText(string value, StringBuilder text)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < value.Length; i += PythonText.WidthAt(value, i))
        {
            var character = value[i];
            if (character == quote || character == '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character is >= ' ' and < (char)127)
            {
                text.Append(character);
            }
            else
            {
                AppendEscaped(value, i, text);
            }
        }

        text.Append(quote);
    }

    private static void AppendEscaped(string value, int place, StringBuilder text)
    {
        var character = value[place];
        var escape = character switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => null };
        var width = PythonText.WidthAt(value, place);
        var point = width == 2 ? char.ConvertToUtf32(character, value[place + 1]) : character;
        if (escape is not null)
        {
            text.Append(escape);
        }
        else if (PythonText.IsPrintable(point))
        {
            text.Append(value, place, width);
        }
        else
        {
            text.Append(point switch
            {
                < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{point:x2}"),
                < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{point:x4}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\U{point:x8}"),
            });
        }
    }

    private static (string Digits, int Exponent) Decompose(string roundTrip)
    {
        var text = roundTrip.AsSpan().TrimStart('-');
        var exponent = 0;
        var mark = text.IndexOf('E');
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var digits = string.Concat(whole, point < 0 ? [] : text[(point + 1)..]);
        var leading = digits.Length - digits.AsSpan().TrimStart('0').Length;
        if (leading == digits.Length)
        {
            return ("0", 0);
        }

        return (digits[leading..].TrimEnd('0'), exponent + whole.Length - 1 - leading);
    }

    private static void Represent(object? value, StringBuilder text, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var before = text.Length;
        switch (value)
        {
            case string own:
                RepresentText(own, text);
                break;
            case PythonList list:
                text.Append(list.IsTuple ? '(' : '[');
                for (var i = 0; i < list.Count; i++)
                {
                    AppendItem(list[i], i, text, budget);
                }

                text.Append(list.IsTuple ? list.Count == 1 ? ",)" : ")" : "]");
                return;
            case PythonDictionary dictionary:
                RepresentEntries(dictionary, text, budget);
                return;
            case PythonSet set:
                RepresentSet(set, text, budget);
                return;
            case PythonDictionaryView view:
                text.Append(view.TypeName).Append('(');
                Represent(ViewContent(view, budget), text, budget);
                text.Append(')');
                return;
            case PythonIterable iterable:
                text.Append(iterable.Represent(budget));
                break;
            default:
                text.Append(Represent(value, budget));
                break;
        }

        budget.Allocate(text.Length - before);
    }

    private static object ViewContent(PythonDictionaryView view, EvaluationBudget budget) => view.Dictionary.IsFrozen
        ? view.Dictionary
        : Collect(view.GetIterator(), isTuple: false, budget);

    private static void AppendItem(object? item, int place, StringBuilder text, EvaluationBudget budget)
    {
        budget.Allocate(2);
        if (place != 0)
        {
            text.Append(", ");
        }

        Represent(item, text, budget);
    }

    private static void RepresentEntries(PythonDictionary dictionary, StringBuilder text, EvaluationBudget budget)
    {
        text.Append('{');
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, item) = dictionary.At(i);
            AppendItem(key, i, text, budget);
            text.Append(": ");
            Represent(item, text, budget);
        }

        text.Append('}');
    }

    private static void RepresentSet(PythonSet set, StringBuilder text, EvaluationBudget budget)
    {
        var name = set.IsFrozen ? "frozenset" : "set";
        if (set.Count == 0)
        {
            text.Append(name).Append("()");
            return;
        }

        text.Append(set.IsFrozen ? "frozenset({" : "{");
        for (var i = 0; i < set.Count; i++)
        {
            AppendItem(set[i], i, text, budget);
        }

        text.Append(set.IsFrozen ? "})" : "}");
    }

    private static PythonErrorException TooManyDigits() =>
        PythonErrorException.Value($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion");
}
