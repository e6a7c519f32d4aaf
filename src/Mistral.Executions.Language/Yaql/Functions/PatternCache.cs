using System.Collections.Concurrent;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>The regular expressions that one YAQL expression has compiled, so that it compiles each once, whenever it runs.</summary>
internal sealed class PatternCache
{
    // An expression that builds patterns from data could make any number of them.
    private const int MaximumPatterns = 32;

    // Compiling even the shortest pattern takes as long as a thousand calls.
    private const int StepsToCompile = 1_000;

    private readonly ConcurrentDictionary<(string Pattern, bool IgnoreCase, bool MultiLine, bool DotAll), YaqlRegex> _patterns = new();

    internal YaqlRegex Get(string pattern, bool ignoreCase, bool multiLine, bool dotAll, EvaluationBudget budget)
    {
        var key = (pattern, ignoreCase, multiLine, dotAll);
        if (_patterns.TryGetValue(key, out var known))
        {
            return known;
        }

        budget.Read(16L * pattern.Length, StepsToCompile);
        var compiled = YaqlRegex.Compile(pattern, ignoreCase, multiLine, dotAll);
        if (_patterns.Count < MaximumPatterns)
        {
            _patterns.TryAdd(key, compiled);
        }

        return compiled;
    }
}
