using System.Collections.Frozen;
using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>All functions of YAQL and of Mistral, by name.</summary>
internal sealed class YaqlLibrary
{
    private readonly FrozenDictionary<string, YaqlOverloads> _functions;
    private readonly FrozenDictionary<string, YaqlOverloads> _methods;

    private YaqlLibrary()
    {
        var standard = new YaqlDeclarations();
        SystemFunctions.Declare(standard);
        LogicFunctions.Declare(standard);
        ComparisonFunctions.Declare(standard);
        MathFunctions.Declare(standard);
        StringFunctions.Declare(standard);
        RegexFunctions.Declare(standard);
        ListFunctions.Declare(standard);
        DictionaryFunctions.Declare(standard);
        SetFunctions.Declare(standard);
        SelectionFunctions.Declare(standard);
        AggregationFunctions.Declare(standard);
        OrderingFunctions.Declare(standard);
        GenerationFunctions.Declare(standard);
        PartitionFunctions.Declare(standard);
        DateTimeFunctions.Declare(standard);
        TimeSpanFunctions.Declare(standard);
        MistralFunctions.Declare(standard);
        var fallback = new YaqlDeclarations();
        SystemFunctions.DeclareFallback(fallback);
        _functions = Group([standard.Functions, fallback.Functions], static f => f.IsFunction);
        _methods = Group([standard.Functions, fallback.Functions], static f => f.IsMethod);
    }

    internal static YaqlLibrary Instance { get; } = new();

    /// <summary>The overloads of a function or method; null when there is none of that name.</summary>
    internal YaqlOverloads? Find(string name, bool isMethod) => (isMethod ? _methods : _functions).GetValueOrDefault(name);

    private static FrozenDictionary<string, YaqlOverloads> Group(IReadOnlyList<YaqlFunction>[] levels, Func<YaqlFunction, bool> isWanted)
    {
        var names = levels.SelectMany(l => l).Where(isWanted).Select(f => f.Name).Distinct(StringComparer.Ordinal);
        return names.ToFrozenDictionary(
            name => name,
            name => new YaqlOverloads([.. levels
                .Select(level => level.Where(f => isWanted(f) && f.Name == name).ToArray())
                .Where(level => level.Length > 0)]),
            StringComparer.Ordinal);
    }
}
