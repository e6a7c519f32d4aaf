using System.Diagnostics;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>A body that runs or waits for its turn. Scheduled, it is told to stop.</summary>
internal sealed class RunningAction(WorkTracker tracker, string treeId, Effect.RunAction effect, ActionQueue queue, ActivityContext trace) : RuntimeWork(tracker), IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _isCancelled;

    public bool IsCancelled => Volatile.Read(ref _isCancelled) != 0;

    public string TreeId { get; } = treeId;

    public Effect.RunAction Effect { get; } = effect;

    public ActionQueue Queue { get; } = queue;

    /// <summary>The span that its own belongs to.</summary>
    public ActivityContext Trace { get; } = trace;

    /// <summary>When the body began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public CancellationToken Token => _stop.Token;

    /// <summary>Tells the body to stop: what the host hangs on the token runs on a thread of its own.</summary>
    public void Cancel()
    {
        if (Interlocked.Exchange(ref _isCancelled, 1) == 0)
        {
            Schedule();
        }
    }

    /// <summary>The body has ended. A token that is about to be cancelled is left to the collector.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isCancelled, 1) == 0)
        {
            _stop.Dispose();
        }
    }

    protected override ValueTask RunAsync()
    {
        _stop.Cancel();
        return ValueTask.CompletedTask;
    }
}
