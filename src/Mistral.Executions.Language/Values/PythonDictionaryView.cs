namespace Mistral.Executions.Language.Values;

/// <summary>What a dict's <c>keys()</c>, <c>values()</c> and <c>items()</c> give. Keys and items behave as sets.</summary>
internal sealed class PythonDictionaryView(PythonDictionary dictionary, PythonDictionaryView.Part part, EvaluationBudget budget) : PythonIterable
{
    internal enum Part
    {
        Keys,
        Values,
        Items,
    }

    internal PythonDictionary Dictionary => dictionary;

    internal bool IsSet => part != Part.Values;

    internal int Count => dictionary.Count;

    internal override int? Length => dictionary.Count;

    internal override string TypeName => (part, dictionary.IsFrozen) switch
    {
        (Part.Keys, true) => "KeysView",
        (Part.Values, true) => "ValuesView",
        (Part.Items, true) => "ItemsView",
        (Part.Keys, false) => "dict_keys",
        (Part.Values, false) => "dict_values",
        _ => "dict_items",
    };

    internal object? At(int place)
    {
        var (key, value) = dictionary.At(place);
        return part switch
        {
            Part.Keys => key,
            Part.Values => value,
            _ => PythonList.Tuple(key, value),
        };
    }

    internal bool Contains(object? item)
    {
        switch (part)
        {
            case Part.Keys:
                return dictionary.Contains(item, budget);
            case Part.Items:
                return IsPair(item, out var key, out var wanted)
                    && dictionary.TryGet(key, out var value, budget)
                    && PythonOperations.AreEqual(value, wanted, budget);
            default:
                for (var i = 0; i < Count; i++)
                {
                    if (PythonOperations.AreEqual(At(i), item, budget))
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    private bool IsPair(object? item, out object? key, out object? value)
    {
        (key, value) = (null, null);
        if (item is PythonList { IsTuple: true, Count: 2 } pair)
        {
            (key, value) = (pair[0], pair[1]);
            return true;
        }

        // The items of a frozen dict take any two values for a pair, and nothing else.
        return dictionary.IsFrozen && (PythonOperations.Iterate(item, budget) is var parts
            && parts.TryNext(out key) && parts.TryNext(out value) && !parts.TryNext(out _)
                ? true
                : throw PythonErrorException.Value("an item of a dict is a pair of key and value"));
    }

    internal override PythonIterator GetIterator() => new Iterator(this, budget);

    private sealed class Iterator(PythonDictionaryView view, EvaluationBudget budget) : PythonIterator(budget)
    {
        private int _place;

        internal override string TypeName => "dict_keyiterator";

        protected override bool Advance(out object? item)
        {
            if (_place < view.Count)
            {
                item = view.At(_place++);
                return true;
            }

            item = null;
            return false;
        }
    }
}
