using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Functions;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>What one evaluation of an expression shares: the data, the budget, and the patterns it compiled.</summary>
internal sealed class YaqlEvaluation(IExpressionContext context, EvaluationBudget budget, PatternCache patterns)
{
    private Dictionary<(string Name, int Count), YaqlCallSite>? _sites;

    internal IExpressionContext Context => context;

    internal EvaluationBudget Budget => budget;

    internal PatternCache Patterns => patterns;

    /// <summary>What Mistral makes known as <c>$__env</c>, <c>$__execution</c> and <c>$__task_execution</c>.</summary>
    internal object? Reserved(string name) =>
        name is "__env" or "__execution" or "__task_execution" && context.TryGetVariable(name, out var value)
            ? PythonOperations.ToValue(value, isFrozen: false)
            : null;

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
