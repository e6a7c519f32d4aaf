using System.Collections.Concurrent;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Looks for actions that dead engines left running and takes their trees over, in the background. A message for such a
/// tree takes it over too, so nothing waits for the end of a sweep. Where other engines live, it also tells those who wait
/// here for what ended there.
/// </summary>
internal sealed class RecoverySweep(EngineRuntime runtime) : RuntimeWork(runtime.Tracker)
{
    private const int PageSize = 500;

    // How many trees are brought into memory at once.
    private const int MostAtOnce = 64;

    // Trees that are claimed and could not be read: those that had them left what they ran to be taken up.
    private readonly ConcurrentDictionary<string, string> _formerOwners = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>Keeps in mind who had a tree that was claimed, until what it ran is taken up.</summary>
    /// <returns>The engine that had it, also when it was claimed before; <see langword="null"/> when there is nothing to be taken up.</returns>
    public string? Remember(string treeId, string? formerOwner)
    {
        if (formerOwner is not null)
        {
            _formerOwners[treeId] = formerOwner;
        }

        return _formerOwners.GetValueOrDefault(treeId);
    }

    public void Forget(string treeId) => _formerOwners.TryRemove(treeId, out _);

    /// <summary>Sweeps; when a sweep is under way, once more after it, for it may have looked before what is to be found was there.</summary>
    public void Start()
    {
        if (Interlocked.Increment(ref _asked) == 1)
        {
            Schedule();
        }
    }

    protected override async ValueTask RunAsync()
    {
        int asked;
        do
        {
            asked = Volatile.Read(ref _asked);
            await SweepAsync().ConfigureAwait(false);
        }
        while (Interlocked.CompareExchange(ref _asked, 0, asked) != asked);
    }

    private async ValueTask SweepAsync()
    {
        try
        {
            foreach (var some in _formerOwners.Keys.Chunk(MostAtOnce))
            {
                await LoadAsync(some).ConfigureAwait(false);
            }

            string? after = null;
            do
            {
                var page = await runtime.Store.ReadRecoverableActionsAsync(runtime.EngineId, runtime.Time.GetUtcNow(), after, PageSize, CancellationToken.None).ConfigureAwait(false);
                after = page.Count < PageSize ? null : page[^1].ActionExecutionId;
                var trees = page.Where(a => a.OwnerId != runtime.EngineId).Select(a => a.TreeId).Distinct(StringComparer.Ordinal);
                foreach (var some in trees.Chunk(MostAtOnce))
                {
                    await LoadAsync(some).ConfigureAwait(false);
                }
            }
            while (after is not null && runtime.StopReason is null);
            if (runtime.Lease.OtherEnginesSeen)
            {
                await TellWaitersAsync().ConfigureAwait(false);
            }
        }
        catch (StoreException exception)
        {
            Log.SweepFailed(runtime.Logger, exception);
            runtime.Lease.SweepAgain();
        }
    }

    // What another engine ended, only the store can tell.
    private async ValueTask TellWaitersAsync()
    {
        foreach (var id in runtime.Waiters.Awaited())
        {
            if (runtime.Trees.Find(id) is null
                && await runtime.ReadAsync(id, CancellationToken.None).ConfigureAwait(false) is { } execution
                && execution.State.IsCompleted())
            {
                runtime.Waiters.Complete(execution);
            }
        }
    }

    private async ValueTask LoadAsync(string[] trees)
    {
        var loads = new Envelope[trees.Length];
        for (var place = 0; place < trees.Length; place++)
        {
            loads[place] = Envelope.FromCaller(Tracker, EnvelopeKind.Load);
            runtime.Trees.Post(trees[place], loads[place]);
        }

        foreach (var load in loads)
        {
            try
            {
                await load.Outcome.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Another engine was faster, or the next sweep finds it again. One bad tree holds up no other.
                Log.TreeNotTakenOver(runtime.Logger, exception);
                if (exception is StoreException)
                {
                    runtime.Lease.SweepAgain();
                }
            }
        }
    }
}
