using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>What one evaluation of an expression shares: the data, the budget, and the patterns it compiled.</summary>
internal sealed class YaqlEvaluation(IExpressionContext context, EvaluationBudget budget, PatternCache patterns)
{
    private Dictionary<(string Name, int Count), YaqlCallSite>? _sites;

    internal IExpressionContext Context => context;

    internal EvaluationBudget Budget => budget;

    internal PatternCache Patterns => patterns;

    /// <summary>Where the library itself calls a function by name with values, as <c>sum</c> calls the operator +.</summary>
    internal YaqlCallSite SiteOf(string name, int count)
    {
        _sites ??= [];
        if (!_sites.TryGetValue((name, count), out var site))
        {
            _sites[(name, count)] = site = new(name, YaqlArgument.Values(count), isMethod: false);
        }

        return site;
    }
}
