using Mistral.Executions.Diagnostics;
using Mistral.Executions.Retention;

namespace Mistral.Executions.Runtime;

/// <summary>Purges what the policy of the host lets go: with the first renewal of the lease, and then once an hour.</summary>
internal sealed class RetentionWork(EngineRuntime runtime, RetentionPolicy policy) : RuntimeWork(runtime.Tracker)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;
    private int _isRunning;

    /// <summary>Called with every renewal of the lease, one at a time.</summary>
    public void StartWhenDue()
    {
        var now = runtime.Time.GetUtcNow();
        if (now >= _dueAt && Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            _dueAt = now + Pause;
            Schedule();
        }
    }

    /// <summary>Purges now.</summary>
    public static async Task<PurgeResult> PurgeAsync(EngineRuntime runtime, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var purge = new Purge(runtime.Store, policy, runtime.EngineId, runtime.Time, (root, token) => DeleteAsync(runtime, root, token));
        await using (purge.ConfigureAwait(false))
        {
            var result = await purge.RunAsync(cancellationToken).ConfigureAwait(false);
            if (result.Purged > 0)
            {
                Log.Purged(runtime.Logger, result.Purged, result.UsedBytes);
            }

            return result;
        }
    }

    protected override async ValueTask RunAsync()
    {
        try
        {
            await PurgeAsync(runtime, policy, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception) when (runtime.StopReason is not null)
        {
            // What is left goes with a later purge.
        }
        catch (ExecutionException exception)
        {
            Log.PurgeFailed(runtime.Logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private static async ValueTask<PurgeOutcome> DeleteAsync(EngineRuntime runtime, IExecution root, CancellationToken cancellationToken)
    {
        try
        {
            // A root that was run again since it was read, and perhaps archived, stays; and so does one below which an outside action is open.
            var envelope = Envelope.FromCaller(runtime.Tracker, tree => tree.IsEnded && ((IExecution?)tree.Root ?? tree.StandaloneAction) is { } now && Purge.IsUnchanged(now, root));
            await runtime.SendAsync(root.Id, envelope, cancellationToken).ConfigureAwait(false);
            return PurgeOutcome.Deleted;
        }
        catch (ExecutionOwnedElsewhereException)
        {
            return PurgeOutcome.OwnedElsewhere;
        }
        catch (ExecutionException exception) when (exception is ExecutionNotEndedException or ExecutionNotFoundException or DefinitionMismatchException)
        {
            return PurgeOutcome.Kept;
        }
    }
}
