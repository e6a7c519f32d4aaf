using System.Runtime.ExceptionServices;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Counts what is under way, so that a test can let all work that is due be done: messages, commits, reads and bodies, but
/// not what waits for the clock or for something outside.
/// </summary>
internal sealed class WorkTracker(IRuntimeScheduler scheduler)
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource>? _waiting;
    private int _underWay;

    public IRuntimeScheduler Scheduler { get; } = scheduler;

    /// <summary>Told of a fault in the engine itself: of what no work is allowed to throw.</summary>
    public Action<Exception> Break { get; set; } = static exception => ExceptionDispatchInfo.Throw(exception);

    public void Begin() => Interlocked.Increment(ref _underWay);

    public void End()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && Volatile.Read(ref _waiting) is not null)
        {
            Release();
        }
    }

    /// <summary>Ends when nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            var waiting = new TaskCompletionSource();
            (_waiting ??= []).Add(waiting);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _underWay) != 0)
            {
                return waiting.Task;
            }

            _waiting.Remove(waiting);
            _waiting = _waiting.Count == 0 ? null : _waiting;
            return Task.CompletedTask;
        }
    }

    private void Release()
    {
        List<TaskCompletionSource>? waiting;
        lock (_gate)
        {
            // Work that began meanwhile releases them when it ends.
            if (Volatile.Read(ref _underWay) != 0)
            {
                return;
            }

            waiting = _waiting;
            _waiting = null;
        }

        foreach (var one in waiting ?? [])
        {
            one.TrySetResult();
        }
    }
}
