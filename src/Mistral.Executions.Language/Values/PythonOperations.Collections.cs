namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    /// <summary>Python's <c>iter()</c>; null for what cannot be walked.</summary>
    internal static PythonIterator? TryIterate(object? value, EvaluationBudget budget) => value switch
    {
        PythonIterable iterable => iterable.GetIterator(),
        PythonList list => new ListIterator(list, budget),
        PythonDictionary dictionary => new PythonDictionaryView(dictionary, PythonDictionaryView.Part.Keys, budget).GetIterator(),
        PythonSet set => new SetIterator(set, budget),
        string text => new TextIterator(text, budget),
        _ => null,
    };

    /// <summary>Python's <c>iter()</c>.</summary>
    /// <exception cref="PythonErrorException">The value cannot be walked (TypeError).</exception>
    internal static PythonIterator Iterate(object? value, EvaluationBudget budget) =>
        TryIterate(value, budget) ?? throw PythonErrorException.Type($"'{TypeName(value)}' object is not iterable");

    /// <summary>Python's <c>len()</c>; null for what has no length.</summary>
    internal static int? TryLength(object? value) => value switch
    {
        string text => PythonText.Length(text),
        PythonList list => list.Count,
        PythonDictionary dictionary => dictionary.Count,
        PythonSet set => set.Count,
        PythonIterable iterable => iterable.Length,
        _ => null,
    };

    /// <summary>Python's <c>in</c>.</summary>
    internal static bool Contains(object? collection, object? item, EvaluationBudget budget)
    {
        switch (collection)
        {
            case string text:
                budget.Handle(text.Length);
                return item is string part
                    ? text.Contains(part, StringComparison.Ordinal)
                    : throw PythonErrorException.Type($"'in <string>' requires string as left operand, not {TypeName(item)}");
            case PythonDictionary dictionary:
                return dictionary.Contains(item, budget);
            case PythonSet set:
                return set.Contains(item);
            case PythonDictionaryView view:
                return view.Contains(item);
        }

        var items = TryIterate(collection, budget)
            ?? throw PythonErrorException.Type($"argument of type '{TypeName(collection)}' is not iterable");
        while (items.TryNext(out var candidate))
        {
            if (AreSame(candidate, item, budget))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The item at an index of a list or text, or of a key of a dict: Python's <c>x[i]</c> without slices.</summary>
    internal static object? Index(object? value, object? index, EvaluationBudget budget)
    {
        switch (value)
        {
            case PythonDictionary dictionary:
                return dictionary.TryGet(index, out var found, budget)
                    ? found
                    : throw PythonErrorException.Key($"there is no key {Represent(index, budget)}");
            case PythonList list when IsInteger(index):
                var place = Place(index!, list.Count);
                return place >= 0
                    ? list[place]
                    : throw PythonErrorException.Index($"{(list.IsTuple ? "tuple" : "list")} index out of range");
            case string text when IsInteger(index):
                budget.Handle(text.Length);
                var position = Place(index!, PythonText.Length(text));
                return position >= 0
                    ? PythonText.Slice(text, position, position + 1)
                    : throw PythonErrorException.Index("string index out of range");
            case PythonList list:
                throw PythonErrorException.Type(
                    $"{(list.IsTuple ? "tuple" : "list")} indices must be integers or slices, not {TypeName(index)}");
            case string:
                throw PythonErrorException.Type($"string indices must be integers, not '{TypeName(index)}'");
            default:
                throw PythonErrorException.Type($"'{TypeName(value)}' object is not subscriptable");
        }
    }

    /// <summary>Python's <c>x[start:stop:step]</c> over a list or text; null is an end left out.</summary>
    internal static object Slice(object? value, object? start, object? stop, object? step, EvaluationBudget budget)
    {
        var count = value is PythonList or string
            ? TryLength(value)!.Value
            : throw PythonErrorException.Type($"'{TypeName(value)}' object is not subscriptable");
        var stride = step is null ? 1 : ToBound(step);
        if (stride == 0)
        {
            throw PythonErrorException.Value("slice step cannot be zero");
        }

        var first = start is null ? (stride > 0 ? 0 : count - 1) : Bound(ToBound(start), count, stride);
        var end = stop is null ? (stride > 0 ? count : -1) : Bound(ToBound(stop), count, stride);
        if (stride == 1)
        {
            return value is PythonList whole ? whole.Range(first, end, budget) : TextSlice((string)value, first, end, budget);
        }

        var places = new List<int>();
        for (long place = first; stride > 0 ? place < end : place > end; place += stride)
        {
            budget.Allocate(1);
            places.Add((int)place);
        }

        if (value is PythonList list)
        {
            return new PythonList([.. places.Select(p => list[p])], list.IsTuple);
        }

        var characters = PythonText.Characters((string)value, budget);
        return string.Concat(places.Select(p => characters[p]));
    }

    internal static PythonList Concatenate(PythonList left, PythonList right, EvaluationBudget budget)
    {
        budget.AllocateList((long)left.Count + right.Count);
        var items = left.ToArray(after: right.Count);
        right.ToArray().CopyTo(items, left.Count);
        return new(items, left.IsTuple);
    }

    /// <summary>All items in a list or tuple.</summary>
    internal static PythonList Collect(PythonIterator items, bool isTuple, EvaluationBudget budget)
    {
        var list = new PythonList([], 0, isTuple);
        while (items.TryNext(out var item))
        {
            list.Add(item, budget);
        }

        return list;
    }

    /// <summary>The value as a set when Python takes it for one; null otherwise.</summary>
    internal static PythonSet? AsSet(object? value, EvaluationBudget budget) => value switch
    {
        PythonSet set => set,
        PythonDictionaryView { IsSet: true } view => PythonSet.From(view.GetIterator(), isFrozen: false, budget),
        _ => null,
    };

    internal static PythonSet Union(PythonSet left, PythonSet right, EvaluationBudget budget) =>
        Chosen(left, right, budget, static (_, _) => true, static (_, _) => true);

    internal static PythonSet Intersection(PythonSet left, PythonSet right, EvaluationBudget budget) =>
        Chosen(left, right, budget, static (item, other) => other.Contains(item), static (_, _) => false);

    internal static PythonSet Difference(PythonSet left, PythonSet right, EvaluationBudget budget) =>
        Chosen(left, right, budget, static (item, other) => !other.Contains(item), static (_, _) => false);

    internal static PythonSet SymmetricDifference(PythonSet left, PythonSet right, EvaluationBudget budget) =>
        Chosen(left, right, budget, static (item, other) => !other.Contains(item), static (item, other) => !other.Contains(item));

    private static PythonSet Chosen(
        PythonSet left, PythonSet right, EvaluationBudget budget, Func<object?, PythonSet, bool> takeLeft, Func<object?, PythonSet, bool> takeRight)
    {
        var result = new PythonSet(left.IsFrozen, budget);
        for (var i = 0; i < left.Count; i++)
        {
            if (takeLeft(left[i], right))
            {
                result.Add(left[i]);
            }
        }

        for (var i = 0; i < right.Count; i++)
        {
            if (takeRight(right[i], left))
            {
                result.Add(right[i]);
            }
        }

        return result;
    }

    private static string TextSlice(string text, int start, int end, EvaluationBudget budget)
    {
        budget.Scan(text);
        var slice = PythonText.Slice(text, start, end);
        budget.Allocate(slice.Length);
        return slice;
    }

    private static int Place(object index, int count)
    {
        var place = ToIndex(index);
        place = place < 0 ? place + count : place;
        return place >= 0 && place < count ? place : -1;
    }

    private static int Bound(int bound, int count, int stride)
    {
        if (bound < 0)
        {
            return Math.Max(bound + count, stride > 0 ? 0 : -1);
        }

        return Math.Min(bound, stride > 0 ? count : count - 1);
    }

    private sealed class ListIterator(PythonList list, EvaluationBudget budget) : PythonIterator(budget)
    {
        private int _place;

        internal override string TypeName => list.IsTuple ? "tuple_iterator" : "list_iterator";

        protected override bool Advance(out object? item)
        {
            if (_place < list.Count)
            {
                item = list[_place++];
                return true;
            }

            item = null;
            return false;
        }
    }

    private sealed class SetIterator(PythonSet set, EvaluationBudget budget) : PythonIterator(budget)
    {
        private int _place;

        internal override string TypeName => "set_iterator";

        protected override bool Advance(out object? item)
        {
            if (_place < set.Count)
            {
                item = set[_place++];
                return true;
            }

            item = null;
            return false;
        }
    }

    private sealed class TextIterator(string text, EvaluationBudget budget) : PythonIterator(budget)
    {
        private int _place;

        internal override string TypeName => "str_iterator";

        protected override bool Advance(out object? item)
        {
            if (_place >= text.Length)
            {
                item = null;
                return false;
            }

            var width = PythonText.WidthAt(text, _place);
            item = PythonText.Unit(text, _place, width);
            _place += width;
            return true;
        }
    }
}
