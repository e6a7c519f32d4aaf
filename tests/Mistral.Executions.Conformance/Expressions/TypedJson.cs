using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Conformance.Expressions;

/// <summary>Values in the notation of the cases, which keeps types apart that JSON has not.</summary>
internal static class TypedJson
{
    private static readonly EvaluationLimits Unlimited =
        new() { MaximumSteps = int.MaxValue, MaximumSize = int.MaxValue };

    internal static JsonData Of(object? value) => value switch
    {
        null => JsonData.Null,
        bool boolean => boolean,
        long integer => integer,
        BigInteger big => big,
        double number => double.IsFinite(number) ? number : Marked("$float", PythonOperations.FloatText(number)),
        string text => text,
        PythonList list => list.IsTuple ? Marked("$tuple", Items(list)) : Items(list),
        PythonDictionary dictionary => Entries(dictionary),
        PythonSet set => Marked("$set", Sorted(Items(set))),
        PythonDateTime time => Marked("$datetime", time.ToIso('T')),
        PythonTimeSpan span => Marked("$timespan_us", (BigInteger)span.Microseconds),
        PythonIterable iterable => Items(iterable),
        _ => Marked("$object", ShortType(value)),
    };

    /// <summary>Whether two values in the notation are the same; sets, and on demand lists, in any order.</summary>
    internal static bool AreSame(JsonData expected, JsonData actual, bool isUnordered)
    {
        if (expected.Kind != actual.Kind)
        {
            return false;
        }

        return expected.Kind switch
        {
            JsonKind.Float => expected.AsDouble().Equals(actual.AsDouble()),
            JsonKind.Array => HaveSameItems(expected.AsArray(), actual.AsArray(), isUnordered),
            JsonKind.Object => expected.AsObject() is var map && actual.AsObject() is var other && map.Count == other.Count
                && map.All(member => other.TryGetValue(member.Key, out var theirs)
                    && AreSame(member.Value, theirs, isUnordered || member.Key == "$set")),
            _ => expected == actual,
        };
    }

    /// <summary>The name of the type, as the cases give it where a value has no stable form.</summary>
    internal static string TypeOf(object? value) => value switch
    {
        string => "str",
        PythonDateTime => "datetime",
        PythonTimeSpan => "timespan_us",
        _ => ShortType(value),
    };

    private static string ShortType(object? value) => PythonOperations.TypeName(value).Split('.')[^1];

    private static bool HaveSameItems(JsonList expected, JsonList actual, bool isUnordered)
    {
        if (expected.Count != actual.Count)
        {
            return false;
        }

        if (!isUnordered)
        {
            return expected.Zip(actual).All(pair => AreSame(pair.First, pair.Second, isUnordered));
        }

        var left = actual.ToList();
        return expected.All(item => left.FindIndex(i => AreSame(item, i, isUnordered)) is var place and >= 0 && RemoveAt(left, place));
    }

    private static bool RemoveAt(List<JsonData> items, int place)
    {
        items.RemoveAt(place);
        return true;
    }

    private static JsonData Marked(string name, JsonData value) => JsonMap.Create((name, value));

    private static JsonData Items(object value)
    {
        var items = new List<JsonData>();
        var walk = PythonOperations.Iterate(value, new EvaluationBudget(Unlimited));
        while (walk.TryNext(out var item))
        {
            items.Add(Of(item));
        }

        return JsonList.Create(items);
    }

    private static JsonData Sorted(JsonData items) =>
        JsonList.Create(items.AsArray().OrderBy(static i => i.ToString(), StringComparer.Ordinal));

    private static JsonData Entries(PythonDictionary dictionary)
    {
        var entries = Enumerable.Range(0, dictionary.Count).Select(dictionary.At).ToList();
        if (entries.TrueForAll(static e => e.Key is string key && !key.StartsWith('$')))
        {
            return JsonMap.Create(entries.Select(static e => KeyValuePair.Create((string)e.Key!, Of(e.Value))));
        }

        return Marked("$dict", JsonList.Create(entries.Select(static e => (JsonData)JsonList.Create(Of(e.Key), Of(e.Value)))));
    }
}
