namespace Mistral.Executions;

/// <summary>
/// Keeps executions in memory, for tests and for work that need not survive the process. It keeps every promise of a
/// store but that one.
/// </summary>
/// <remarks>Disposing it frees nothing and ends nothing: another engine can go on with what is in it.</remarks>
public sealed partial class InMemoryExecutionStore : IExecutionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryTree> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<(ExecutionKind Kind, string Id), InMemoryTree> _treeOf = [];
    private readonly Dictionary<string, InMemoryLease> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredDefinition> _definitions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Locked<IReadOnlyList<CommitOutcome>>(() => [.. group.Select(Commit)], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Locked(() => _trees.GetValueOrDefault(treeId)?.Read(), cancellationToken);

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            if (!_trees.TryGetValue(treeId, out var tree))
            {
                return default;
            }

            var canOwn = _leases.TryGetValue(engineId, out var lease) && !lease.IsSuperseded;
            if (tree.OwnerId == engineId)
            {
                return new ClaimOutcome(true, canOwn, engineId);
            }

            var owner = _leases[tree.OwnerId];
            if (!canOwn || owner.IsLiving(now))
            {
                return new ClaimOutcome(true, false, owner.EngineId, owner.ExpiresAt);
            }

            _leases[owner.EngineId] = owner with { IsSuperseded = true };
            tree.OwnerId = engineId;
            tree.Epoch++;
            return new ClaimOutcome(true, true, engineId, FormerOwnerId: owner.EngineId);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Locked(() =>
        {
            var others = _leases.Values.Any(l => l.EngineId != lease.EngineId && l.IsLiving(now));
            var requests = RequestsFor(lease.EngineId, now).Any();
            if (_leases.TryGetValue(lease.EngineId, out var known) && known.IsSuperseded)
            {
                return new LeaseRenewal(IsHeld: false, others, requests);
            }

            _leases[lease.EngineId] = new InMemoryLease(lease.EngineId, lease.ExpiresAt, IsSuperseded: false);
            return new LeaseRenewal(IsHeld: true, others, requests);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            if (_leases.TryGetValue(engineId, out var lease))
            {
                _leases[engineId] = lease with { ExpiresAt = DateTimeOffset.MinValue };
            }

            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            if (!_trees.TryGetValue(treeId, out var tree))
            {
                return false;
            }

            if (!tree.HasEnded)
            {
                throw new StoreException(CommitRefusal.Invalid, $"The execution '{treeId}' has not ended: cancel it before it is deleted.");
            }

            _trees.Remove(treeId);
            foreach (var key in KeysOf(tree.Workflows.Values, tree.Tasks.Values, tree.Actions.Values))
            {
                _treeOf.Remove(key);
            }

            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<(ExecutionKind Kind, string Id)> KeysOf(
        IEnumerable<WorkflowExecution> workflows, IEnumerable<TaskExecution> tasks, IEnumerable<ActionExecution> actions) =>
        workflows.Cast<IExecution>().Concat(tasks).Concat(actions).Select(e => (e.Kind, e.Id));

    private CommitOutcome Commit(ExecutionChanges changes)
    {
        if (!_leases.TryGetValue(changes.OwnerId, out var lease) || lease.IsSuperseded)
        {
            return CommitOutcome.Refused(CommitRefusal.NotOwner);
        }

        var isKnown = _trees.TryGetValue(changes.TreeId, out var tree);
        var isOwner = isKnown && tree!.OwnerId == changes.OwnerId && tree.Epoch == changes.Epoch;
        if (!changes.IsNewTree && !isOwner)
        {
            return CommitOutcome.Refused(CommitRefusal.NotOwner);
        }

        if (changes.IsNewTree)
        {
            var root = changes.NewWorkflows.Cast<IExecution>().Concat(changes.NewActions).FirstOrDefault(e => e.Id == changes.TreeId);
            if (root is null)
            {
                return CommitOutcome.Refused(CommitRefusal.Invalid);
            }

            if (isKnown && !(isOwner && tree!.BeginsWith(root) && tree.HasAllBegunBy(changes)))
            {
                return CommitOutcome.Refused(CommitRefusal.AlreadyExists);
            }
        }

        tree ??= new InMemoryTree(changes.TreeId) { OwnerId = changes.OwnerId, Epoch = changes.Epoch };
        var keys = KeysOf(changes.NewWorkflows, changes.NewTasks, changes.NewActions).ToList();
        if (keys.Exists(k => _treeOf.TryGetValue(k, out var other) && other != tree) || !tree.HasAllChangedBy(changes))
        {
            return CommitOutcome.Refused(CommitRefusal.Invalid);
        }

        _trees[tree.Id] = tree;
        tree.Apply(changes);
        foreach (var key in keys)
        {
            _treeOf[key] = tree;
        }

        foreach (var answer in changes.Answers)
        {
            Answer(answer);
        }

        foreach (var definition in changes.Definitions)
        {
            _definitions.TryAdd(definition.Hash, definition);
        }

        return CommitOutcome.Committed;
    }

    private bool IsFor(string engineId, InMemoryTree tree, DateTimeOffset now) =>
        tree.OwnerId == engineId || !_leases[tree.OwnerId].IsLiving(now);

    private Task<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_lock)
            {
                return Task.FromResult(work());
            }
        }
        catch (StoreException refused)
        {
            return Task.FromException<T>(refused);
        }
    }
}
