using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The arguments of a call.</summary>
/// <param name="Positional">Those by place.</param>
/// <param name="Named">Those by name, in order.</param>
internal readonly record struct JinjaArguments(object?[] Positional, KeyValuePair<string, object?>[] Named)
{
    internal static JinjaArguments None { get; } = new([], []);

    /// <summary>The same with one more at the front: what a filter, test or method is applied to.</summary>
    internal JinjaArguments Prepend(object? value) => new([value, .. Positional], Named);

    internal JinjaArguments WithNamed(string name, object? value) => new(Positional, [.. Named, new(name, value)]);

    internal JinjaArguments SkipPositional(int count) => new(Positional[count..], Named);

    internal bool TryGetNamed(string name, out object? value)
    {
        foreach (var (key, named) in Named)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                value = named;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The arguments by name as a dict.</summary>
    internal PythonDictionary ToDictionary(EvaluationBudget budget)
    {
        var dictionary = new PythonDictionary(isFrozen: false, budget);
        foreach (var (name, value) in Named)
        {
            dictionary.Set(name, value, budget);
        }

        return dictionary;
    }

    internal void RequireNoNamed(string function)
    {
        if (Named.Length > 0)
        {
            throw PythonErrorException.Type($"{function}() takes no arguments by name");
        }
    }
}
