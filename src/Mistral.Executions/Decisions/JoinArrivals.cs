using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>Which tasks have led to an execution of a join.</summary>
/// <param name="JoinId">The execution of the join.</param>
/// <param name="First">Of each task that has, the first run that did, as its place in the order of creation.</param>
internal sealed record JoinArrivals(string JoinId, ImmutableDictionary<string, int> First)
{
    /// <summary>An execution of a join that nothing has led to yet.</summary>
    public static JoinArrivals None(string joinId) => new(joinId, ImmutableDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>Whether an earlier run of the same task has led there.</summary>
    public bool IncludesEarlierThan(TaskExecution trigger) => First.TryGetValue(trigger.Name, out var first) && first < trigger.Ordinal;
}
