using System.Collections.Concurrent;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>The regular expressions that one YAQL expression has compiled, so that it compiles each once, whenever it runs.</summary>
internal sealed class PatternCache
{
    // An expression that builds patterns from data could make any number of them.
    private const int MaximumPatterns = 32;

    private readonly ConcurrentDictionary<(string Pattern, bool IgnoreCase, bool MultiLine, bool DotAll), YaqlRegex> _patterns = new();

    internal YaqlRegex Get(string pattern, bool ignoreCase, bool multiLine, bool dotAll)
    {
        var key = (pattern, ignoreCase, multiLine, dotAll);
        if (_patterns.TryGetValue(key, out var known))
        {
            return known;
        }

        var compiled = YaqlRegex.Compile(pattern, ignoreCase, multiLine, dotAll);
        if (_patterns.Count < MaximumPatterns)
        {
            _patterns.TryAdd(key, compiled);
        }

        return compiled;
    }
}
