using System.Globalization;
using System.Numerics;

namespace Mistral.Executions.Language.Values;

internal static partial class PythonOperations
{
    /// <summary>
    /// The JSON as a value; arrays and objects are read in place. Frozen, arrays are tuples and objects can be keys, as
    /// YAQL has its input; not frozen, they are lists and dicts.
    /// </summary>
    internal static object? ToValue(JsonData json, bool isFrozen)
    {
        if (json.TryGetInt64(out var integer))
        {
            return Box(integer);
        }

        return json.Kind switch
        {
            JsonKind.Null => null,
            JsonKind.String => json.AsString(),
            JsonKind.Object => new PythonDictionary(json.AsObject(), isFrozen),
            JsonKind.Array => new PythonList(json.AsArray(), isFrozen),
            JsonKind.Boolean => Box(json.AsBoolean()),
            JsonKind.Integer => json.AsInteger(),
            _ => json.AsDouble(),
        };
    }

    /// <summary>
    /// The value as JSON: sets, tuples and iterators become arrays, keys that are no texts become texts, a time becomes
    /// its ISO text without a zone.
    /// </summary>
    /// <exception cref="PythonErrorException">The value has no JSON form (ValueError).</exception>
    internal static JsonData ToJson(object? value, EvaluationBudget budget) => ToJson(value, JsonDataReader.MaximumDepth - 1, budget);

    private static JsonData ToJson(object? value, int levels, EvaluationBudget budget)
    {
        switch (value)
        {
            case null:
                return default;
            case string text:
                return text;
            case long integer:
                return integer;
            case bool boolean:
                return boolean;
            case double number:
                return number;
            case BigInteger big:
                return big;
            case PythonDateTime time:
                return StoredText(time);
            case PythonTimeSpan span:
                throw PythonErrorException.Value($"a timespan ({span}) has no JSON form; take its seconds or its text");
            case PythonList { Json: { } json }:
                RequireLevels(json, levels, budget);
                return json;
            case PythonDictionary { Json: { } json }:
                RequireLevels(json, levels, budget);
                return json;
            case PythonDictionary dictionary:
                return ToJsonMap(dictionary, Below(levels), budget);
            case PythonObject other:
                return other.ToJson(budget);
        }

        var below = Below(levels);
        var items = Iterate(value, budget);
        var elements = new List<JsonData>(TryLength(value) ?? 0);
        while (items.TryNext(out var item))
        {
            elements.Add(ToJson(item, below, budget));
            budget.Allocate(1);
        }

        return JsonList.FromArray([.. elements]);
    }

    private static int Below(int levels) => levels > 0
        ? levels - 1
        : throw new EvaluationLimitException($"its value is nested more than {JsonDataReader.MaximumDepth - 1} deep, the most that JSON may");

    // What is read whole from data fits; what an expression puts inside its own lists may not.
    private static void RequireLevels(JsonData json, int levels, EvaluationBudget budget)
    {
        if (levels == JsonDataReader.MaximumDepth - 1)
        {
            return;
        }

        switch (json.Kind)
        {
            case JsonKind.Array:
                budget.Handle(json.AsArray().Count);
                foreach (var element in json.AsArray().Span)
                {
                    RequireLevels(element, Below(levels), budget);
                }

                break;
            case JsonKind.Object:
                budget.Handle(json.AsObject().Count);
                foreach (var member in json.AsObject().Span)
                {
                    RequireLevels(member.Value, Below(levels), budget);
                }

                break;
        }
    }

    private static JsonMap ToJsonMap(PythonDictionary dictionary, int levels, EvaluationBudget budget)
    {
        budget.Allocate(dictionary.Count);
        var members = new List<KeyValuePair<string, JsonData>>(dictionary.Count);
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, item) = dictionary.At(i);
            members.Add(new(KeyText(key, budget), ToJson(item, levels, budget)));
        }

        return JsonMap.FromMembers(members);
    }

    // Years before 1000 have no leading zeros, as strftime writes them.
    private static string StoredText(PythonDateTime time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.Wall.Year}{time.Wall:-MM-dd'T'HH:mm:ss.ffffff}");

    private static string KeyText(object? key, EvaluationBudget budget) => key switch
    {
        string text => text,
        null => "null",
        bool boolean => boolean ? "true" : "false",
        long or BigInteger or double => ToText(key, budget),
        PythonDateTime time => StoredText(time),
        _ => throw PythonErrorException.Type($"keys must be str, int, float, bool or None, not {TypeName(key)}"),
    };
}
