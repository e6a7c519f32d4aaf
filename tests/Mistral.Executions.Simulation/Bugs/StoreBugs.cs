namespace Mistral.Executions.Simulation.Bugs;

/// <summary>Stores that make an engine behave as one with a bug does.</summary>
internal static class StoreBugs
{
    /// <summary>Says that everything is committed before it is.</summary>
    public sealed class SaysCommittedBefore(IExecutionStore inner) : PassingStore(inner)
    {
        public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
        {
            _ = base.CommitAsync(group, cancellationToken);
            return Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => CommitOutcome.Committed)]);
        }
    }

    /// <summary>Takes one outcome for another.</summary>
    public sealed class TakesOutcome(IExecutionStore inner, Func<CommitOutcome, bool> which, CommitOutcome forThat) : PassingStore(inner)
    {
        public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
            [.. (await base.CommitAsync(group, cancellationToken)).Select(o => which(o) ? forThat : o)];
    }

    /// <summary>Writes in the name of whoever owns the tree.</summary>
    public sealed class IgnoresTheFence(IExecutionStore inner) : PassingStore(inner)
    {
        public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
        {
            var unfenced = new List<ExecutionChanges>();
            foreach (var changes in group)
            {
                var stored = changes.IsNewTree ? null : await ReadTreeAsync(changes.TreeId, cancellationToken);
                unfenced.Add(stored is null ? changes : changes with { OwnerId = stored.OwnerId, Epoch = stored.Epoch });
            }

            return await base.CommitAsync(unfenced, cancellationToken);
        }
    }

    /// <summary>Changes what is written.</summary>
    public sealed class WritesOther(IExecutionStore inner, Func<ExecutionChanges, ExecutionChanges> change) : PassingStore(inner)
    {
        public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
            base.CommitAsync([.. group.Select(change)], cancellationToken);
    }

    /// <summary>Takes every other engine for dead.</summary>
    public sealed class TakesFromTheLiving(IExecutionStore inner) : PassingStore(inner)
    {
        public override Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
            base.ClaimTreeAsync(treeId, engineId, now + TimeSpan.FromHours(1), cancellationToken);

        public override Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
            base.ReadRecoverableActionsAsync(engineId, now + TimeSpan.FromHours(1), after, limit, cancellationToken);
    }

    /// <summary>Writes a lease that runs out long before its engine thinks so.</summary>
    public sealed class LeasesRunOutEarly(IExecutionStore inner) : PassingStore(inner)
    {
        public override Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
            base.RenewLeaseAsync(lease with { ExpiresAt = now + TimeSpan.FromSeconds(1) }, now, cancellationToken);
    }

    /// <summary>Changes what an engine reads of a tree.</summary>
    public sealed class ReadsOtherTree(IExecutionStore inner, Func<StoredTree, StoredTree> change) : PassingStore(inner)
    {
        public override async Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) =>
            await base.ReadTreeAsync(treeId, cancellationToken) is { } tree ? change(tree) : null;
    }

    /// <summary>Sees actions of a tree as running whose result was accepted.</summary>
    public sealed class ForgetsResults(IExecutionStore inner) : PassingStore(inner)
    {
        public override async Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken)
        {
            var tree = await base.ReadTreeAsync(treeId, cancellationToken);
            return tree is null ? null : tree with { Actions = [.. tree.Actions.Select(a => a.IsOutside ? a : Forget(a))] };
        }

        public override async Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
            await base.ReadActionAsync(id, cancellationToken) is { } action ? Forget(action) : null;

        private static ActionExecution Forget(ActionExecution action) => action with { State = ExecutionState.Running, Output = JsonMap.Empty, Accepted = false, FinishedAt = null };
    }

    /// <summary>Takes trees over without that their new engine hears of it.</summary>
    public sealed class TakesOverInSilence(IExecutionStore inner) : PassingStore(inner)
    {
        public override async Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
            (await base.ClaimTreeAsync(treeId, engineId, now, cancellationToken)) with { FormerOwnerId = null };
    }

    /// <summary>Reads only the first timers, and never those beyond.</summary>
    public sealed class ForgetsLaterTimers(IExecutionStore inner) : PassingStore(inner)
    {
        public override Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
            after is null ? base.ReadTimersAsync(engineId, now, after, limit, cancellationToken) : Task.FromResult<IReadOnlyList<ExecutionTimer>>([]);
    }

    /// <summary>Finds nothing of what dead engines left.</summary>
    public sealed class FindsNothingToRecover(IExecutionStore inner) : PassingStore(inner)
    {
        public override Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RecoverableAction>>([]);
    }
}
