using System.Numerics;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    /// <summary>Python's <c>==</c>.</summary>
    internal static bool AreEqual(object? left, object? right, EvaluationBudget budget)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        switch (left)
        {
            case string text when right is string other:
                budget.Scan(text);
                return string.Equals(text, other, StringComparison.Ordinal);
            case long integer when right is long other:
                return integer == other;
            case bool or long or BigInteger or double when IsNumber(right):
                return CompareNumbers(left, right) == 0;
            case PythonList list when right is PythonList other:
                return list.IsTuple == other.IsTuple && HaveEqualItems(list, other, budget);
            case PythonDictionary dictionary when right is PythonDictionary other:
                return HaveEqualEntries(dictionary, other, budget);
            case PythonDateTime time when right is PythonDateTime other:
                return time.Offset is null == other.Offset is null && time.UtcMicroseconds == other.UtcMicroseconds;
            case PythonTimeSpan span when right is PythonTimeSpan other:
                return span.Microseconds == other.Microseconds;
            case PythonObject thing:
                return thing.IsEqualTo(right, budget);
        }

        if (right is PythonObject rightThing)
        {
            return rightThing.IsEqualTo(left, budget);
        }

        return ReferenceEquals(left, right) || (IsSet(left) && IsSet(right) && HaveSameMembers(left, right, budget));
    }

    private static bool IsSet(object value) => value is PythonSet or PythonDictionaryView { IsSet: true };

    private static bool HaveSameMembers(object left, object right, EvaluationBudget budget)
    {
        if (TryLength(left) != TryLength(right))
        {
            return false;
        }

        var items = Iterate(left, budget);
        while (items.TryNext(out var item))
        {
            if (!Contains(right, item, budget))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Python's <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> and <c>&gt;=</c>.</summary>
    /// <exception cref="PythonErrorException">The two have no order (TypeError).</exception>
    internal static bool Compare(object? left, object? right, PythonComparison comparison, EvaluationBudget budget)
    {
        if (left is long leftInteger && right is long rightInteger)
        {
            return Holds(leftInteger.CompareTo(rightInteger), comparison);
        }

        if (IsNumber(left) && IsNumber(right))
        {
            return CompareNumbers(left!, right!) is { } order && Holds(order, comparison);
        }

        switch (left)
        {
            case string text when right is string other:
                budget.Scan(text);
                return Holds(PythonText.Compare(text, other), comparison);
            case PythonList list when right is PythonList other && list.IsTuple == other.IsTuple:
                return CompareItems(list, other, comparison, budget);
            case PythonTimeSpan span when right is PythonTimeSpan other:
                return Holds(span.Microseconds.CompareTo(other.Microseconds), comparison);
            case PythonDateTime time when right is PythonDateTime other:
                return time.Offset is null == other.Offset is null
                    ? Holds(time.UtcMicroseconds.CompareTo(other.UtcMicroseconds), comparison)
                    : throw PythonErrorException.Type("can't compare offset-naive and offset-aware datetimes");
        }

        if (AsSet(left, budget) is { } leftSet && AsSet(right, budget) is { } rightSet)
        {
            return comparison switch
            {
                PythonComparison.Less => leftSet.Count < rightSet.Count && leftSet.IsSubsetOf(rightSet),
                PythonComparison.LessOrEqual => leftSet.IsSubsetOf(rightSet),
                PythonComparison.Greater => rightSet.Count < leftSet.Count && rightSet.IsSubsetOf(leftSet),
                _ => rightSet.IsSubsetOf(leftSet),
            };
        }

        throw PythonErrorException.Type(
            $"'{SymbolOf(comparison)}' not supported between instances of '{TypeName(left)}' and '{TypeName(right)}'");
    }

    /// <summary>Orders two numbers exactly; null when one is NaN.</summary>
    internal static int? CompareNumbers(object left, object right)
    {
        var (a, b) = (AsNumber(left), AsNumber(right));
        switch (a, b)
        {
            case (long x, long y):
                return x.CompareTo(y);
            case (double x, double y):
                return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
            case (double x, _):
                return -CompareToFloat(ToBigInteger(b), x);
            case (_, double y):
                return CompareToFloat(ToBigInteger(a), y);
            default:
                return ToBigInteger(a).CompareTo(ToBigInteger(b));
        }
    }

    private static int? CompareToFloat(BigInteger integer, double number)
    {
        if (double.IsNaN(number))
        {
            return null;
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? -1 : 1;
        }

        var whole = Math.Floor(number);
        var order = integer.CompareTo(new BigInteger(whole));
        return order != 0 || whole == number ? order : -1;
    }

    private static bool Holds(int order, PythonComparison comparison) => comparison switch
    {
        PythonComparison.Less => order < 0,
        PythonComparison.LessOrEqual => order <= 0,
        PythonComparison.Greater => order > 0,
        _ => order >= 0,
    };

    private static string SymbolOf(PythonComparison comparison) => comparison switch
    {
        PythonComparison.Less => "<",
        PythonComparison.LessOrEqual => "<=",
        PythonComparison.Greater => ">",
        _ => ">=",
    };

    private static bool HaveEqualItems(PythonList left, PythonList right, EvaluationBudget budget)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        EvaluationBudget.EnsureStack();
        for (var i = 0; i < left.Count; i++)
        {
            budget.Step();
            if (!AreSame(left[i], right[i], budget))
            {
                return false;
            }
        }

        return true;
    }

    // Containers take an item for equal to itself even when it is NaN.
    private static bool AreSame(object? left, object? right, EvaluationBudget budget) =>
        ReferenceEquals(left, right) || AreEqual(left, right, budget);

    private static bool HaveEqualEntries(PythonDictionary left, PythonDictionary right, EvaluationBudget budget)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        EvaluationBudget.EnsureStack();
        for (var i = 0; i < left.Count; i++)
        {
            budget.Step();
            var (key, item) = left.At(i);
            if (!right.TryGet(key, out var other, budget) || !AreSame(item, other, budget))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CompareItems(PythonList left, PythonList right, PythonComparison comparison, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            budget.Step();
            if (!AreSame(left[i], right[i], budget))
            {
                return Compare(left[i], right[i], comparison, budget);
            }
        }

        return Holds(left.Count.CompareTo(right.Count), comparison);
    }
}
