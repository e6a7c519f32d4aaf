using System.Runtime.CompilerServices;

namespace Mistral.Executions.Retention;

/// <summary>
/// One purge of a store. It looks at ended roots a page at a time, oldest first, and deletes one tree after the other: between
/// any two of them the engine can write.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="policy">What is kept.</param>
/// <param name="engineId">The engine that purges.</param>
/// <param name="time">The clock.</param>
/// <param name="delete">Deletes the tree of a root, unless it has changed since the root was read.</param>
internal sealed class Purge(
    IExecutionStore store,
    RetentionPolicy policy,
    string engineId,
    TimeProvider time,
    Func<IExecution, CancellationToken, ValueTask<PurgeOutcome>> delete) : IAsyncDisposable
{
    private const int PageSize = 500;

    // How many trees are deleted before room is given back.
    private const int TreesBetweenLooks = 50;

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private PurgeResult _result = new();
    private Archive? _archive;
    private StoreSpace _space;
    private long _excess;
    private int _deletedSinceLook;

    /// <summary>Asks the living engine that has a tree to delete it; <see langword="null"/> when nobody is asked.</summary>
    public Func<string, CancellationToken, ValueTask>? HandOver { get; init; }

    /// <summary>Whether a root is as it was read.</summary>
    public static bool IsUnchanged(IExecution now, IExecution read) =>
        now.State == read.State && (now as WorkflowExecution)?.UpdatedAt == (read as WorkflowExecution)?.UpdatedAt;

    public async ValueTask<PurgeResult> RunAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        if (policy.MaximumBytes is not null && _space.UsedBytes is null)
        {
            throw new StoreException(CommitRefusal.Invalid, $"The store cannot say how many bytes it uses, so {nameof(RetentionPolicy.MaximumBytes)} cannot be kept.");
        }

        if (policy.MaximumExecutions is { } most)
        {
            await foreach (var _ in EndedAsync(cancellationToken).ConfigureAwait(false))
            {
                _excess++;
            }

            _excess -= most;
        }

        await foreach (var tree in EndedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (NoneAfterCanGo(tree))
            {
                break;
            }

            if (MustGo(tree))
            {
                await PurgeAsync(tree, cancellationToken).ConfigureAwait(false);
            }
        }

        await GiveBackAsync(cancellationToken).ConfigureAwait(false);
        return _result with { UsedBytes = _space.UsedBytes, FreeBytes = _space.FreeBytes };
    }

    public ValueTask DisposeAsync() => _archive?.DisposeAsync() ?? ValueTask.CompletedTask;

    private bool MustGo(EndedTree tree)
    {
        var age = _now - tree.FinishedAt;
        var isFailure = tree.State is ExecutionState.Error or ExecutionState.Cancelled;
        if (isFailure && policy.MaximumAgeOfFailures is { } longest)
        {
            return age > longest;
        }

        return age > policy.MaximumAge || _excess > 0 || _space.UsedBytes > policy.MaximumBytes;
    }

    // What was created later cannot have ended before.
    private bool NoneAfterCanGo(EndedTree tree)
    {
        var age = _now - tree.CreatedAt;
        return !(age > policy.MaximumAge || age > policy.MaximumAgeOfFailures || _excess > 0 || _space.UsedBytes > policy.MaximumBytes);
    }

    private async ValueTask PurgeAsync(EndedTree tree, CancellationToken cancellationToken)
    {
        if (tree.Owner is { } owner && owner.EngineId != engineId && owner.ExpiresAt > time.GetUtcNow())
        {
            await LeaveAsync(tree, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await ReadRootAsync(tree, cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        if (tree.Owner is null)
        {
            // Another purge was interrupted here, after it had archived what was to be archived.
            await store.DeleteTreeAsync(tree.Id, cancellationToken).ConfigureAwait(false);
            await CountAsync(PurgeOutcome.Deleted, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (policy.ArchivePath is { } path)
        {
            _archive ??= await Archive.OpenAsync(store, path, engineId, time, cancellationToken).ConfigureAwait(false);
            await _archive.AddAsync(root, cancellationToken).ConfigureAwait(false);
        }

        await CountAsync(await delete(root, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync(EndedTree tree, CancellationToken cancellationToken)
    {
        if (HandOver is null)
        {
            _result = _result with { OwnedElsewhere = _result.OwnedElsewhere + 1 };
            return;
        }

        await HandOver(tree.Id, cancellationToken).ConfigureAwait(false);
        _excess--;
        _result = _result with { HandedOver = _result.HandedOver + 1 };
    }

    private async ValueTask CountAsync(PurgeOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case PurgeOutcome.Deleted:
                _excess--;
                _result = _result with { Purged = _result.Purged + 1, Archived = _result.Archived + (_archive is null ? 0 : 1) };
                if (++_deletedSinceLook == (policy.MaximumBytes is null ? TreesBetweenLooks : 1))
                {
                    await LookAsync(cancellationToken).ConfigureAwait(false);
                }

                break;
            case PurgeOutcome.Kept:
                _result = _result with { Kept = _result.Kept + 1 };
                break;
            default:
                _result = _result with { OwnedElsewhere = _result.OwnedElsewhere + 1 };
                break;
        }
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        _deletedSinceLook = 0;
        _space = await store.ReclaimSpaceAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask GiveBackAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        for (var before = long.MaxValue; _space.FreeBytes > 0 && _space.FreeBytes < before;)
        {
            before = _space.FreeBytes;
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<IExecution?> ReadRootAsync(EndedTree tree, CancellationToken cancellationToken) => tree.Kind == ExecutionKind.Workflow
        ? await store.ReadWorkflowAsync(tree.Id, cancellationToken).ConfigureAwait(false)
        : await store.ReadActionAsync(tree.Id, cancellationToken).ConfigureAwait(false);

    /// <summary>All ended trees, oldest first, of both kinds.</summary>
    private async IAsyncEnumerable<EndedTree> EndedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var workflows = EndedAsync(ExecutionKind.Workflow, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (workflows.ConfigureAwait(false))
        {
            var hasWorkflow = await workflows.MoveNextAsync().ConfigureAwait(false);
            await foreach (var action in EndedAsync(ExecutionKind.Action, cancellationToken).ConfigureAwait(false))
            {
                for (; hasWorkflow && workflows.Current.CreatedAt <= action.CreatedAt; hasWorkflow = await workflows.MoveNextAsync().ConfigureAwait(false))
                {
                    yield return workflows.Current;
                }

                yield return action;
            }

            for (; hasWorkflow; hasWorkflow = await workflows.MoveNextAsync().ConfigureAwait(false))
            {
                yield return workflows.Current;
            }
        }
    }

    private async IAsyncEnumerable<EndedTree> EndedAsync(ExecutionKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EndedTree? last = null;
        do
        {
            var page = await store.ReadEndedTreesAsync(kind, last, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var tree in page)
            {
                yield return tree;
            }

            last = page.Count < PageSize ? null : page[^1];
        }
        while (last is not null);
    }
}
