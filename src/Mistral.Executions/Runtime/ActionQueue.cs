namespace Mistral.Executions.Runtime;

/// <summary>Bodies that wait for their turn: so many run at once, in the order in which they came.</summary>
/// <param name="target">The target that tasks name; <see langword="null"/> for the queue of the engine.</param>
/// <param name="limit">How many run at once.</param>
/// <param name="begin">Runs a body.</param>
/// <param name="drop">Forgets a body that is no longer wanted when its turn comes.</param>
internal sealed class ActionQueue(string? target, int limit, Action<RunningAction> begin, Action<RunningAction> drop)
{
    private readonly Lock _gate = new();
    private readonly Queue<RunningAction> _waiting = new();
    private int _running;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public string? Target => target;

    public int Limit => limit;

    /// <summary>How many wait before that body; <see langword="null"/> when it does not wait.</summary>
    public int? CountBefore(RunningAction action)
    {
        lock (_gate)
        {
            var before = 0;
            foreach (var waiting in _waiting)
            {
                if (waiting == action)
                {
                    return before;
                }

                before++;
            }

            return null;
        }
    }

    public void Enter(RunningAction action)
    {
        lock (_gate)
        {
            if (_running >= limit)
            {
                _waiting.Enqueue(action);
                return;
            }

            _running++;
        }

        begin(action);
    }

    public void Leave()
    {
        while (TakeNext() is { } next)
        {
            if (!next.IsCancelled)
            {
                begin(next);
                return;
            }

            drop(next);
        }
    }

    private RunningAction? TakeNext()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next))
            {
                return next;
            }

            _running--;
            return null;
        }
    }
}
