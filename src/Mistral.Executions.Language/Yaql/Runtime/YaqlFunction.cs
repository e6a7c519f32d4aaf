namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>One overload of a function, method, property or operator, as it is declared.</summary>
internal sealed class YaqlFunction(string name, YaqlParameter[] parameters)
{
    internal string Name => name;

    /// <summary>The parameters that take an argument each.</summary>
    internal YaqlParameter[] Parameters => parameters;

    /// <summary>Takes all arguments beyond <see cref="Parameters"/>, when there is one.</summary>
    internal YaqlParameterType? Rest { get; init; }

    /// <summary>Whether it takes arguments of any name.</summary>
    internal bool TakesAnyName { get; init; }

    /// <summary>Whether <c>a => b</c> among its arguments names none but is a value.</summary>
    internal bool HasNoNames { get; init; }

    internal bool IsFunction { get; init; } = true;

    internal bool IsMethod { get; init; }

    /// <summary>What it does, for one argument.</summary>
    internal Func<YaqlScope, object?, object?>? Body1 { get; init; }

    /// <summary>What it does, for two arguments.</summary>
    internal Func<YaqlScope, object?, object?, object?>? Body2 { get; init; }

    /// <summary>What it does, for any number of arguments and, last, those of any name.</summary>
    internal Func<YaqlScope, object?[], IReadOnlyList<KeyValuePair<string, object?>>, object?>? Body { get; init; }
}
