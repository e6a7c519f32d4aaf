using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>Turns the value of a whole expression into plain data: tuples and lazy sequences become lists, frozen dicts dicts.</summary>
internal static class YaqlOutput
{
    /// <exception cref="PythonErrorException">A key or an item of a set is a list or dict once it is plain (TypeError).</exception>
    internal static object? Finish(object? value, EvaluationBudget budget)
    {
        switch (value)
        {
            case PythonList { Json: { } json }:
                return new PythonList(json, isTuple: false);
            case PythonDictionary { Json: { } json }:
                return new PythonDictionary(json, isFrozen: false);
            case PythonDictionary dictionary:
                return FinishedEntries(dictionary, budget);
            case PythonSet or PythonDictionaryView { IsSet: true }:
                return FinishedSet(value, budget);
            case PythonList or PythonIterable:
                return FinishedItems(value, budget);
            default:
                return value;
        }
    }

    private static PythonList FinishedItems(object value, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var result = PythonList.NewList();
        var items = PythonOperations.Iterate(value, budget);
        while (items.TryNext(out var item))
        {
            result.Add(Finish(item, budget), budget);
        }

        return result;
    }

    private static PythonDictionary FinishedEntries(PythonDictionary dictionary, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var result = new PythonDictionary(isFrozen: false, budget);
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, item) = dictionary.At(i);
            result.Set(Finish(key, budget), Finish(item, budget), budget);
        }

        return result;
    }

    private static PythonSet FinishedSet(object set, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var result = new PythonSet(isFrozen: false, budget);
        var items = PythonOperations.Iterate(set, budget);
        while (items.TryNext(out var item))
        {
            result.Add(Finish(item, budget));
        }

        return result;
    }
}
