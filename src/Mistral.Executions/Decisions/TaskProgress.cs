using System.Collections.Frozen;

namespace Mistral.Executions.Decisions;

/// <summary>The latest execution of a task, as joins see it.</summary>
/// <param name="Id">The task execution.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
/// <param name="State">Its state.</param>
/// <param name="Routes">The routes it took; <see langword="null"/> until it has ended.</param>
/// <param name="Outbound">The data it hands on; <see langword="null"/> until it has ended, or when they have not been read yet.</param>
/// <param name="Origin">Where a task that follows finds those data again.</param>
/// <param name="Visit">Which run of its task it is.</param>
internal sealed record TaskProgress(string Id, int Ordinal, ExecutionState State, IReadOnlyList<NextTask>? Routes, DataContext? Outbound, ContextOrigin Origin, int Visit)
{
    /// <summary>Whether it has ended and its routes are known.</summary>
    public bool IsSettled => State.IsCompleted() && Routes is not null;

    public IReadOnlyList<NextTask> Next => Routes ?? [];

    private FrozenSet<string> Targets { get; } = Routes is null ? [] : Routes.Select(n => n.Name).ToFrozenSet(StringComparer.Ordinal);

    public bool Took(string target) => Targets.Contains(target);
}
