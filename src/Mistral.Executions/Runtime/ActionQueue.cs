namespace Mistral.Executions.Runtime;

/// <summary>Bodies that wait for their turn: so many run at once, in the order in which they came.</summary>
internal sealed class ActionQueue(int limit, Action<RunningAction> begin, Action<RunningAction> drop)
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
