namespace Mistral.Executions;

/// <content>What has ended.</content>
public sealed partial class InMemoryExecutionStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<EndedTree>>(
            () =>
            [
                .. _trees.Values
                    .Where(t => t.HasEnded && t.Workflows.ContainsKey(t.Id) == (kind == ExecutionKind.Workflow))
                    .Select(Ended)
                    .OrderBy(t => t.CreatedAt)
                    .ThenBy(t => t.Id, StringComparer.Ordinal)
                    .Where(t => after is null || t.CreatedAt > after.CreatedAt || (t.CreatedAt == after.CreatedAt && string.CompareOrdinal(t.Id, after.Id) > 0))
                    .Take(limit),
            ],
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Memory is given back by itself; how much is in use, this store cannot say.</remarks>
    public Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => Locked(() => default(StoreSpace), cancellationToken);

    private EndedTree Ended(InMemoryTree tree)
    {
        var owner = _leases[tree.OwnerId];
        var lease = new EngineLease(owner.EngineId, owner.IsSuperseded ? DateTimeOffset.MinValue : owner.ExpiresAt);
        return tree.Workflows.TryGetValue(tree.Id, out var workflow)
            ? new(tree.Id, ExecutionKind.Workflow, workflow.State, workflow.CreatedAt, workflow.FinishedAt ?? workflow.UpdatedAt, lease)
            : new(tree.Id, ExecutionKind.Action, tree.Actions[tree.Id].State, tree.Actions[tree.Id].CreatedAt, tree.Actions[tree.Id].FinishedAt ?? tree.Actions[tree.Id].CreatedAt, lease);
    }
}
