using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <content>From the store into memory.</content>
internal sealed partial class TreeMailbox
{
    // Held so that the catalog keeps what the tree goes on with.
    private IReadOnlyList<DefinitionCatalog.ReadDefinition> _definitions = [];
    private DefinitionMismatchException? _unfit;

    // Whether the tree was this engine's when the store was last asked: then what runs in it is what this engine runs.
    private bool _isOurs;

    // Who had the tree when it was taken up; empty when that is not known.
    private string? _formerOwner;

    /// <summary>Brings the tree into memory for that message.</summary>
    private async ValueTask LoadAsync(Envelope envelope)
    {
        // A start is taken for that of a new tree; the store says so when it is not.
        if (envelope.Message is Message.StartWorkflow or Message.StartAction)
        {
            Begin(ExecutionTree.Empty(TreeId), epoch: 1);
            return;
        }

        try
        {
            await ClaimAndReadAsync().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            if (runtime.Recovery.Remember(TreeId, null) is not null)
            {
                runtime.Lease.SweepAgain();
            }

            throw;
        }
    }

    private async ValueTask ClaimAndReadAsync()
    {
        // To own it comes first, so that it is read once.
        var formerOwner = runtime.Recovery.Remember(TreeId, await ClaimAsync().ConfigureAwait(false));
        var stored = await runtime.Store.ReadTreeAsync(TreeId, CancellationToken.None).ConfigureAwait(false)
            ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, TreeId);
        _definitions = await runtime.Catalog.PrepareAsync(ExecutionTree.DefinitionHashes(stored)).ConfigureAwait(false);
        _unfit = _definitions.FirstOrDefault(d => d.Mismatch is not null)?.Mismatch;
        var latest = await ReadLatestTasksAsync(stored).ConfigureAwait(false);
        Begin(Build(stored, latest), stored.Epoch);
        _isOurs = true;
        if (formerOwner is not null)
        {
            TakeUp(stored, formerOwner);
            runtime.Recovery.Forget(TreeId);
        }

        if (_unfit is not null && _ahead is { IsEnded: false, Root: { State: not ExecutionState.Paused } root })
        {
            Decide(Envelope.FromInside(Tracker, new Message.Pause(root.Id, _unfit.Message)));
        }
    }

    /// <exception cref="StoreException">The rows are damaged: they do not make a tree.</exception>
    private ExecutionTree Build(StoredTree stored, Dictionary<string, IReadOnlyList<TaskExecution>> latest)
    {
        try
        {
            var tree = ExecutionTree.Load(TreeId, stored, latest, runtime.Catalog);
            return _unfit is null && tree.AllWorkflows.FirstOrDefault(w => tree.TasksOf(w.Record.Id).Any(t => w.Definition.FindTask(t.Record.Name) is null)) is { } wrong
                ? throw new InvalidOperationException($"A task of the workflow execution '{wrong.Record.Id}' has a name that its definition does not know.")
                : tree;
        }
        catch (Exception exception) when (exception is not ExecutionException)
        {
            throw new StoreException(
                CommitRefusal.Failed, $"The execution '{TreeId}' cannot be read: its rows do not fit each other. Restore the store from a backup, or delete them. ({exception.Message})", exception);
        }
    }

    /// <summary>Makes the engine the owner of the tree.</summary>
    /// <returns>The dead engine that had it; <see langword="null"/> when it was this one.</returns>
    private async ValueTask<string?> ClaimAsync()
    {
        ClaimOutcome claim;
        try
        {
            claim = await runtime.Store.ClaimTreeAsync(TreeId, runtime.EngineId, runtime.Time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException) when (!_isOurs)
        {
            // It may have been written all the same.
            runtime.Recovery.Remember(TreeId, runtime.Recovery.Remember(TreeId, null) ?? "");
            throw;
        }

        if (!claim.Exists)
        {
            runtime.Recovery.Forget(TreeId);
            throw new ExecutionNotFoundException(ExecutionKind.Workflow, TreeId);
        }

        // One whose lease was taken finds out when it writes.
        if (!claim.Claimed && claim.OwnerId != runtime.EngineId)
        {
            runtime.Recovery.Forget(TreeId);
            _isOurs = false;
            runtime.Lease.OtherEngineSeen();
            throw new ExecutionOwnedElsewhereException(TreeId, claim.OwnerId, claim.OwnedUntil);
        }

        return claim.FormerOwnerId;
    }

    private async ValueTask<Dictionary<string, IReadOnlyList<TaskExecution>>> ReadLatestTasksAsync(StoredTree stored)
    {
        var latest = new Dictionary<string, IReadOnlyList<TaskExecution>>(StringComparer.Ordinal);
        foreach (var (workflowExecutionId, names) in ExecutionTree.TasksToRead(stored, runtime.Catalog))
        {
            latest[workflowExecutionId] = await runtime.Store.ReadLatestTasksAsync(workflowExecutionId, names, CancellationToken.None).ConfigureAwait(false);
        }

        return latest;
    }

    // The engine that had the tree is dead: what it ran is taken up before anything else.
    private void TakeUp(StoredTree stored, string formerOwner)
    {
        foreach (var timer in stored.Timers)
        {
            runtime.Timers.Add(timer);
        }

        _formerOwner = formerOwner;
        if (_unfit is null && !_ahead!.IsEnded)
        {
            var name = runtime.Lease.OtherEnginesSeen ? "taken-over" : "recovered";
            Decide(Envelope.FromInside(Tracker, new Message.Recover(name, formerOwner.Length == 0 ? "The engine that had this execution no longer runs." : $"The engine {formerOwner} that had this execution no longer runs.")));
        }
    }

    private void Begin(ExecutionTree tree, long epoch)
    {
        _durable = tree;
        _ahead = tree;
        _epoch = epoch;
    }

    private void Forget()
    {
        _durable = null;
        _ahead = null;
        _definitions = [];
        _unfit = null;
    }

    private async ValueTask DeleteAsync(Envelope envelope)
    {
        if (!_ahead!.IsAtItsEnd || envelope.MayDelete?.Invoke(_ahead) == false)
        {
            Refuse(envelope, new ExecutionNotEndedException(TreeId));
            return;
        }

        if (_inFlight is not null || _building is not null)
        {
            // What is under way becomes durable first.
            _reload = true;
            _first.Enqueue(envelope);
            return;
        }

        if (!envelope.TryAccept())
        {
            return;
        }

        var tree = _ahead;
        if (!await runtime.Store.DeleteTreeAsync(TreeId, CancellationToken.None).ConfigureAwait(false))
        {
            throw new ExecutionNotFoundException(ExecutionKind.Workflow, TreeId);
        }

        Forget();
        runtime.Deleted(tree);
        envelope.Complete(tree);
    }
}
