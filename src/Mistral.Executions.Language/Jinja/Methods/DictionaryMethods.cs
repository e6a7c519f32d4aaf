using System.Collections.Frozen;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The methods of Python's <c>dict</c>.</summary>
internal static class DictionaryMethods
{
    internal static FrozenDictionary<string, JinjaFunction> All { get; } = Create().ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    /// <summary>What <c>dict(...)</c> gives.</summary>
    internal static PythonDictionary New(JinjaScope scope, JinjaArguments arguments)
    {
        var dictionary = new PythonDictionary(isFrozen: false, scope.Budget);
        Update(dictionary, arguments, "dict", scope);
        return dictionary;
    }

    private static IEnumerable<JinjaFunction> Create() =>
    [
        JinjaFunction.Of("get", "self, key, default=None, /", static (scope, a) =>
            Self(a).TryGet(JinjaText.Plain(a[1]), out var value, scope.Budget) ? value : a[2]),
        JinjaFunction.Of("keys", "self, /", static (scope, a) => View(a, PythonDictionaryView.Part.Keys, scope)),
        JinjaFunction.Of("values", "self, /", static (scope, a) => View(a, PythonDictionaryView.Part.Values, scope)),
        JinjaFunction.Of("items", "self, /", static (scope, a) => View(a, PythonDictionaryView.Part.Items, scope)),
        JinjaFunction.Of("copy", "self, /", static (scope, a) => Self(a).Copy(isFrozen: false, scope.Budget)),
        JinjaFunction.Of("clear", "self, /", static (scope, a) => Clear(Own(a), scope.Budget)),
        JinjaFunction.Free("pop", Pop),
        JinjaFunction.Of("popitem", "self, /", static (scope, a) => PopItem(Own(a), scope.Budget)),
        JinjaFunction.Of("setdefault", "self, key, default=None, /", static (scope, a) => SetDefault(Self(a), a[1], a[2], scope.Budget)),
        JinjaFunction.Free("update", static (scope, a) =>
        {
            Update(Own(a.Positional), a.SkipPositional(1), "update", scope);
            return null;
        }),
        JinjaFunction.Of("fromkeys", "self, iterable, value=None, /", static (scope, a) => FromKeys(a[1], a[2], scope.Budget)),
    ];

    private static PythonDictionary Self(object?[] arguments) => (PythonDictionary)arguments[0]!;

    private static PythonDictionary Own(object?[] arguments)
    {
        JinjaEvaluation.RequireOwn(Self(arguments).IsView);
        return Self(arguments);
    }

    private static PythonDictionaryView View(object?[] arguments, PythonDictionaryView.Part part, JinjaScope scope) =>
        new(Self(arguments), part, scope.Budget);

    private static object? Clear(PythonDictionary dictionary, EvaluationBudget budget)
    {
        while (dictionary.Count > 0)
        {
            dictionary.Remove(dictionary.At(dictionary.Count - 1).Key, budget);
        }

        return null;
    }

    private static object? Pop(JinjaScope scope, JinjaArguments arguments)
    {
        arguments.RequireNoNamed("pop");
        var given = arguments.Positional;
        if (given.Length is < 2 or > 3)
        {
            throw PythonErrorException.Type("pop() takes a key and perhaps a default");
        }

        var dictionary = Self(given);
        if (!dictionary.TryGet(given[1], out var value, scope.Budget))
        {
            return given.Length == 3 ? given[2] : throw PythonErrorException.Key(PythonOperations.Represent(given[1], scope.Budget));
        }

        Own(given).Remove(given[1], scope.Budget);
        return value;
    }

    private static PythonList PopItem(PythonDictionary dictionary, EvaluationBudget budget)
    {
        if (dictionary.Count == 0)
        {
            throw PythonErrorException.Key("'popitem(): dictionary is empty'");
        }

        var (key, value) = dictionary.At(dictionary.Count - 1);
        dictionary.Remove(key, budget);
        return PythonList.Tuple(key, value);
    }

    private static object? SetDefault(PythonDictionary dictionary, object? key, object? value, EvaluationBudget budget)
    {
        if (dictionary.TryGet(key, out var found, budget))
        {
            return found;
        }

        JinjaEvaluation.RequireOwn(dictionary.IsView);
        dictionary.Set(key, value, budget);
        return value;
    }

    private static PythonDictionary FromKeys(object? keys, object? value, EvaluationBudget budget)
    {
        var dictionary = new PythonDictionary(isFrozen: false, budget);
        var items = JinjaOperators.Iterate(keys, budget);
        while (items.TryNext(out var key))
        {
            dictionary.Set(key, value, budget);
        }

        return dictionary;
    }

    private static void Update(PythonDictionary dictionary, JinjaArguments arguments, string function, JinjaScope scope)
    {
        if (arguments.Positional.Length > 1)
        {
            throw PythonErrorException.Type($"{function} expected at most 1 argument, got {arguments.Positional.Length}");
        }

        if (arguments.Positional is [PythonDictionary other])
        {
            dictionary.SetAll(other, scope.Budget);
        }
        else if (arguments.Positional.Length == 1)
        {
            SetPairs(dictionary, arguments.Positional[0], scope.Budget);
        }

        foreach (var (name, value) in arguments.Named)
        {
            dictionary.Set(name, value, scope.Budget);
        }
    }

    private static void SetPairs(PythonDictionary dictionary, object? pairs, EvaluationBudget budget)
    {
        var items = JinjaOperators.Iterate(pairs, budget);
        while (items.TryNext(out var pair))
        {
            var parts = JinjaOperators.Iterate(pair, budget);
            if (!parts.TryNext(out var key) || !parts.TryNext(out var value) || parts.TryNext(out _))
            {
                throw PythonErrorException.Value("an element of a sequence that makes a dict must be a pair of key and value");
            }

            dictionary.Set(key, value, budget);
        }
    }
}
