using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>One evaluation: the data, the executions around it and the budget.</summary>
/// <param name="context">The variables and what the functions look at.</param>
/// <param name="budget">What the evaluation may cost.</param>
/// <param name="thawed">Whether the data are copied, so that methods which change them are seen everywhere.</param>
internal sealed class JinjaEvaluation(IExpressionContext context, EvaluationBudget budget, bool thawed)
{
    private object? _data;
    private bool _hasData;
    private Random? _random;

    internal IExpressionContext Context => context;

    internal EvaluationBudget Budget => budget;

    /// <summary>Whether <c>_</c> is a value that was given, and not the variables of the context.</summary>
    internal bool HasGivenData { get; private init; }

    /// <summary>What <c>_</c> is.</summary>
    internal object? Data
    {
        get
        {
            if (!_hasData)
            {
                (_data, _hasData) = (ToValue(Variables()), true);
            }

            return _data;
        }
    }

    /// <summary>An evaluation over a value that stands in for the variables.</summary>
    internal static JinjaEvaluation Over(JsonData data, IExpressionContext context, EvaluationBudget budget, bool thawed)
    {
        var evaluation = new JinjaEvaluation(context, budget, thawed) { HasGivenData = true };
        (evaluation._data, evaluation._hasData) = (evaluation.ToValue(data), true);
        return evaluation;
    }

    /// <summary>A variable, as <c>_.name</c> reads it, without making the whole of <c>_</c>.</summary>
    internal bool TryGetVariable(string name, out object? value)
    {
        if (!HasGivenData && !thawed)
        {
            if (context.TryGetVariable(name, out var json))
            {
                value = PythonOperations.ToValue(json, isFrozen: false);
                return true;
            }

            value = null;
            return false;
        }

        value = null;
        return Data is PythonDictionary dictionary && dictionary.TryGet(name, out value, budget);
    }

    /// <summary>
    /// A random-looking place below a count. It follows from an id of the context, so that the same decision gives the
    /// same place again.
    /// </summary>
    internal int NextRandom(int count) => (_random ??= new(context.NewId().GetHashCode())).Next(count);

    /// <summary>JSON as a value of this evaluation.</summary>
    internal object? ToValue(JsonData json)
    {
        var value = PythonOperations.ToValue(json, isFrozen: false);
        return thawed ? Thaw(value) : value;
    }

    /// <summary>Refuses to change a value that only reads from JSON; the expression is then evaluated again over copies.</summary>
    internal static void RequireOwn(bool isView)
    {
        if (isView)
        {
            throw new ThawedDataRequiredException();
        }
    }

    private object? Thaw(object? value)
    {
        EvaluationBudget.EnsureStack();
        switch (value)
        {
            case PythonList list:
                budget.Allocate(list.Count);
                var items = list.ToArray();
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Thaw(items[i]);
                }

                return new PythonList(items, list.IsTuple);
            case PythonDictionary dictionary:
                var copy = new PythonDictionary(isFrozen: false, budget);
                for (var i = 0; i < dictionary.Count; i++)
                {
                    var (key, item) = dictionary.At(i);
                    copy.Set(key, Thaw(item), budget);
                }

                return copy;
            default:
                return value;
        }
    }

    private JsonData Variables()
    {
        var members = new List<KeyValuePair<string, JsonData>>();
        foreach (var name in context.VariableNames)
        {
            if (context.TryGetVariable(name, out var value))
            {
                members.Add(new(name, value));
            }
        }

        budget.Allocate(members.Count);
        return JsonMap.Create(members);
    }
}
