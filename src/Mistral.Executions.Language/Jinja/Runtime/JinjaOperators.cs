using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal delegate object? JinjaOperator(object? left, object? right, EvaluationBudget budget);

internal delegate object? JinjaUnaryOperator(object? value, EvaluationBudget budget);

/// <summary>Python's operators, with undefined values and markup.</summary>
internal static class JinjaOperators
{
    internal static object? Add(object? left, object? right, EvaluationBudget budget)
    {
        if (left is long or string or double && right is long or string or double)
        {
            return PythonOperations.Add(left, right, budget);
        }

        RequireDefined(left, right);
        if ((left is JinjaMarkup && JinjaText.TryGet(right) is not null) || (right is JinjaMarkup && left is string))
        {
            var text = JinjaMarkup.Escape(left, budget).Text + JinjaMarkup.Escape(right, budget).Text;
            budget.Allocate(text.Length);
            return new JinjaMarkup(text);
        }

        return PythonOperations.Add(left, right, budget);
    }

    internal static object? Subtract(object? left, object? right, EvaluationBudget budget)
    {
        RequireDefined(left, right);
        if (left is PythonDictionaryView { IsSet: true } || right is PythonDictionaryView { IsSet: true })
        {
            // What a view is a part of, or has parts of, need be no set itself.
            return PythonOperations.Difference(ToSet(left, budget), ToSet(right, budget), budget);
        }

        return PythonOperations.Subtract(left, right, budget);
    }

    internal static object? Multiply(object? left, object? right, EvaluationBudget budget)
    {
        RequireDefined(left, right);
        if (left is JinjaMarkup || right is JinjaMarkup)
        {
            var text = PythonOperations.Multiply(JinjaText.Plain(left), JinjaText.Plain(right), budget);
            return new JinjaMarkup((string)text);
        }

        return PythonOperations.Multiply(left, right, budget);
    }

    internal static object? Divide(object? left, object? right, EvaluationBudget budget)
    {
        RequireDefined(left, right);
        return PythonOperations.TrueDivide(left, right);
    }

    internal static object? FloorDivide(object? left, object? right, EvaluationBudget budget)
    {
        RequireDefined(left, right);
        return PythonOperations.FloorDivide(left, right, budget);
    }

    internal static object? Modulo(object? left, object? right, EvaluationBudget budget)
    {
        if (left is string or JinjaMarkup)
        {
            return PercentFormat.Format(left, right, budget);
        }

        RequireDefined(left, right);
        return PythonOperations.Modulo(left, right, budget);
    }

    internal static object? Power(object? left, object? right, EvaluationBudget budget)
    {
        RequireDefined(left, right);
        return PythonOperations.Power(left, right, budget);
    }

    internal static object? Negate(object? value, EvaluationBudget budget)
    {
        RequireDefined(value);
        return PythonOperations.Negate(value);
    }

    internal static object? Plus(object? value, EvaluationBudget budget)
    {
        RequireDefined(value);
        return PythonOperations.Plus(value);
    }

    internal static bool AreEqual(object? left, object? right, EvaluationBudget budget)
    {
        // Python asks the left value first; None and what has no opinion of its own leave it to the right one.
        if (left is JinjaUndefined undefined)
        {
            return undefined.IsEqualTo(right, budget);
        }

        return right is JinjaUndefined other ? other.IsEqualTo(left, budget)
            : left is JinjaRange range && right is JinjaRange otherRange ? range.HasSameItems(otherRange)
            : PythonOperations.AreEqual(left, right, budget);
    }

    internal static bool Compare(object? left, object? right, PythonComparison comparison, EvaluationBudget budget)
    {
        if (left is long && right is long)
        {
            return PythonOperations.Compare(left, right, comparison, budget);
        }

        RequireDefined(left, right);
        return PythonOperations.Compare(JinjaText.Plain(left), JinjaText.Plain(right), comparison, budget);
    }

    internal static bool Contains(object? collection, object? item, EvaluationBudget budget)
    {
        switch (collection)
        {
            case JinjaUndefined { IsLenient: false } undefined:
                throw undefined.Fault();
            case JinjaUndefined:
                return false;
            case string or JinjaMarkup:
                RequireDefined(item);
                return PythonOperations.Contains(JinjaText.Plain(collection), JinjaText.Plain(item), budget);
            case JinjaRange range:
                return range.Contains(item, budget);
            default:
                return PythonOperations.Contains(collection, item, budget);
        }
    }

    internal static PythonIterator Iterate(object? value, EvaluationBudget budget) => value switch
    {
        JinjaUndefined undefined => undefined.IsLenient ? PythonIterator.From([], budget) : throw undefined.Fault(),
        JinjaMarkup markup => PythonOperations.Iterate(markup.Text, budget),
        PythonBytes bytes => PythonIterator.From(Enumerable.Range(0, bytes.Count).Select(bytes.At), budget, "bytes_iterator"),
        _ => PythonOperations.Iterate(value, budget),
    };

    internal static int Length(object? value) => value switch
    {
        JinjaUndefined undefined => undefined.IsLenient ? 0 : throw undefined.Fault(),
        JinjaMarkup markup => PythonText.Length(markup.Text),
        PythonBytes bytes => bytes.Count,
        _ => PythonOperations.TryLength(value)
            ?? throw PythonErrorException.Type($"object of type '{PythonOperations.TypeName(value)}' has no len()"),
    };

    /// <summary>The items from the last to the first; null for what Python's <c>reversed()</c> refuses.</summary>
    internal static PythonIterator? TryReverse(object? value, EvaluationBudget budget)
    {
        switch (value)
        {
            case JinjaUndefined undefined:
                return undefined.IsLenient ? PythonIterator.From([], budget, "reversed") : throw undefined.Fault();
            case PythonList list:
                return PythonIterator.From(Backwards(list.Count, i => list[i]), budget, list.IsTuple ? "reversed" : "list_reverseiterator");
            case string or JinjaMarkup:
                var characters = PythonText.Characters(JinjaText.TryGet(value)!, budget);
                return PythonIterator.From(Backwards(characters.Count, i => characters[i]), budget, "reversed");
            case PythonDictionary dictionary:
                return PythonIterator.From(Backwards(dictionary.Count, i => dictionary.At(i).Key), budget, "dict_reversekeyiterator");
            case PythonDictionaryView view:
                return PythonIterator.From(Backwards(view.Count, view.At), budget, view.TypeName switch
                {
                    "dict_keys" => "dict_reversekeyiterator",
                    "dict_values" => "dict_reversevalueiterator",
                    _ => "dict_reverseitemiterator",
                });
            case JinjaRange range:
                return PythonIterator.From(Backwards(range.Count, range.At), budget, "range_iterator");
            default:
                return null;
        }
    }

    internal static void RequireDefined(object? value)
    {
        if (value is JinjaUndefined undefined)
        {
            throw undefined.Fault();
        }
    }

    private static void RequireDefined(object? left, object? right)
    {
        RequireDefined(left);
        RequireDefined(right);
    }

    private static PythonSet ToSet(object? value, EvaluationBudget budget) =>
        PythonSet.From(Iterate(value, budget), isFrozen: false, budget);

    private static IEnumerable<object?> Backwards(int count, Func<int, object?> at)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            yield return at(i);
        }
    }
}
