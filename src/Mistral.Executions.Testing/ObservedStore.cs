namespace Mistral.Executions.Testing;

/// <summary>The store of a test host: it tells what was written, and can stand for one that a dead process can no longer reach.</summary>
internal sealed class ObservedStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
{
    private readonly Lock _gate = new();
    private Task? _opening;

    /// <summary>Called after each commit that moved an execution, before anybody hears of it.</summary>
    public Action<IReadOnlyList<ExecutionChanges>>? Committed { get; set; }

    /// <summary>Whether what is written comes to nothing, as if the process were gone.</summary>
    public bool IsOutOfReach { get; set; }

    /// <summary>Opens the store once, however often an engine is opened on it.</summary>
    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _opening ??= Inner.OpenAsync(cancellationToken);
        }
    }

    public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        if (IsOutOfReach)
        {
            return [.. group.Select(_ => CommitOutcome.Refused(CommitRefusal.NotOwner))];
        }

        var outcomes = await Inner.CommitAsync(group, cancellationToken).ConfigureAwait(false);
        var written = group.Where((changes, place) => outcomes[place].Result == CommitResult.Committed && Moves(changes)).ToList();
        if (written.Count > 0)
        {
            Committed?.Invoke(written);
        }

        return outcomes;
    }

    private static bool Moves(ExecutionChanges changes) =>
        changes.NewWorkflows.Count + changes.Workflows.Count + changes.NewTasks.Count + changes.Tasks.Count + changes.NewActions.Count + changes.Actions.Count > 0;
}
