namespace Mistral.Executions.Runtime;

/// <summary>One who wants to hear of durable changes, with what it has not taken yet. Scheduled, it lets the watcher go on.</summary>
internal sealed class Watcher(WorkTracker tracker, ExecutionWatch watch) : CallerWork(tracker)
{
    private readonly Lock _gate = new();
    private readonly Queue<ExecutionChange> _changes = new();
    private TaskCompletionSource? _waiting;
    private TaskCompletionSource? _released;
    private ExecutionException? _end;

    /// <summary>Takes a change up when it is wanted. When there is no room the watcher ends after what it has.</summary>
    public void Offer(string treeId, IExecution execution, bool isNew)
    {
        if (!watch.Includes(execution))
        {
            return;
        }

        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            if (_changes.Count >= watch.Buffer)
            {
                _end = new WatcherFellBehindException(watch.Buffer);
                return;
            }

            _changes.Enqueue(new(treeId, execution, isNew));
            LetGo();
        }
    }

    public void End(ExecutionException reason)
    {
        lock (_gate)
        {
            _end ??= reason;
            LetGo();
        }
    }

    /// <summary>The next change, after waiting for it when there is none.</summary>
    public async ValueTask<ExecutionChange> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource waiting;
            lock (_gate)
            {
                if (_changes.TryDequeue(out var change))
                {
                    return change;
                }

                if (_end is not null)
                {
                    throw _end;
                }

                cancellationToken.ThrowIfCancellationRequested();
                waiting = _waiting ??= new();
            }

            var registration = cancellationToken.UnsafeRegister(static watcher => ((Watcher)watcher!).ReleaseNow(), this);
            await using (registration.ConfigureAwait(false))
            {
                await waiting.Task.ConfigureAwait(false);
            }
        }
    }

    protected override void Release()
    {
        TaskCompletionSource? released;
        lock (_gate)
        {
            (released, _released) = (_released, null);
        }

        released?.SetResult();
    }

    private void ReleaseNow()
    {
        lock (_gate)
        {
            LetGo();
        }
    }

    private void LetGo()
    {
        if (_waiting is null)
        {
            return;
        }

        (_released, _waiting) = (_waiting, null);
        Schedule();
    }
}
