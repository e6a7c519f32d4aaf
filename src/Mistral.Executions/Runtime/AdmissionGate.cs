namespace Mistral.Executions.Runtime;

/// <summary>
/// Lets so many calls into the engine at once; the others wait in the order in which they came. This bounds the mailboxes
/// and what waits to be written.
/// </summary>
internal sealed class AdmissionGate(int limit, WorkTracker tracker)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private int _inside;

    /// <summary>How many calls are inside.</summary>
    public int Inside
    {
        get
        {
            lock (_gate)
            {
                return _inside;
            }
        }
    }

    /// <summary>How many calls wait for their turn.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Ends when the call may go on; <see cref="Leave"/> must follow.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_inside < limit)
            {
                _inside++;
                return ValueTask.CompletedTask;
            }

            return new(WaitAsync(_waiting.AddLast(new Waiting(tracker)), cancellationToken));
        }
    }

    public void Leave()
    {
        Waiting? next = null;
        lock (_gate)
        {
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _inside--;
            }
        }

        next?.Schedule();
    }

    private async Task WaitAsync(LinkedListNode<Waiting> node, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(_ => Withdraw(node, cancellationToken), null);
        await using (registration.ConfigureAwait(false))
        {
            await node.Value.Task.ConfigureAwait(false);
        }
    }

    private void Withdraw(LinkedListNode<Waiting> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (node.List is null)
            {
                return;
            }

            _waiting.Remove(node);
        }

        node.Value.IsWithdrawn = cancellationToken;
        node.Value.Schedule();
    }

    private sealed class Waiting(WorkTracker tracker) : CallerWork(tracker)
    {
        private readonly TaskCompletionSource _turn = new();

        public Task Task => _turn.Task;

        public CancellationToken IsWithdrawn { get; set; }

        protected override void Release()
        {
            if (IsWithdrawn.IsCancellationRequested)
            {
                _turn.SetCanceled(IsWithdrawn);
            }
            else
            {
                _turn.SetResult();
            }
        }
    }
}
