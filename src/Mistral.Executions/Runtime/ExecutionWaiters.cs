namespace Mistral.Executions.Runtime;

/// <summary>Callers that wait for the end of an execution. They keep no tree in memory.</summary>
internal sealed class ExecutionWaiters(WorkTracker tracker)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);
    private ExecutionException? _closed;

    /// <summary>Begins to wait. Whether the execution has ended already is to be looked at after that.</summary>
    public Waiter Add(string executionId)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            if (!_waiters.TryGetValue(executionId, out var list))
            {
                _waiters.Add(executionId, list = []);
            }

            var waiter = new Waiter(tracker, executionId);
            list.Add(waiter);
            return waiter;
        }
    }

    public void Remove(Waiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(waiter.ExecutionId, out var list) && list.Remove(waiter) && list.Count == 0)
            {
                _waiters.Remove(waiter.ExecutionId);
            }
        }
    }

    /// <summary>Tells those who wait that an execution has ended, which is durable.</summary>
    public void Complete(IExecution execution) => End(execution.Id, execution, null);

    /// <summary>Tells those who wait that an execution never ends.</summary>
    public void Fail(string executionId, ExecutionException reason) => End(executionId, null, reason);

    /// <summary>The executions that are waited for.</summary>
    public IReadOnlyList<string> Awaited()
    {
        lock (_gate)
        {
            return [.. _waiters.Keys];
        }
    }

    public void Close(ExecutionException reason)
    {
        List<Waiter> all;
        lock (_gate)
        {
            _closed = reason;
            all = [.. _waiters.Values.SelectMany(w => w)];
            _waiters.Clear();
        }

        foreach (var waiter in all)
        {
            waiter.End(null, reason);
        }
    }

    private void End(string executionId, IExecution? execution, ExecutionException? reason)
    {
        List<Waiter>? list;
        lock (_gate)
        {
            if (!_waiters.Remove(executionId, out list))
            {
                return;
            }
        }

        foreach (var waiter in list)
        {
            waiter.End(execution, reason);
        }
    }

    /// <summary>One caller that waits. Scheduled, it lets the caller go on.</summary>
    internal sealed class Waiter(WorkTracker tracker, string executionId) : CallerWork(tracker)
    {
        private readonly TaskCompletionSource<IExecution> _end = new();
        private int _isEnded;
        private IExecution? _execution;
        private Exception? _reason;

        public string ExecutionId { get; } = executionId;

        public Task<IExecution> Task => _end.Task;

        public void Cancel(CancellationToken cancellationToken) => End(null, new OperationCanceledException(cancellationToken));

        public void End(IExecution? execution, Exception? reason)
        {
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                (_execution, _reason) = (execution, reason);
                Schedule();
            }
        }

        protected override void Release()
        {
            switch (_reason)
            {
                case null:
                    _end.SetResult(_execution!);
                    break;
                case OperationCanceledException cancelled:
                    _end.SetCanceled(cancelled.CancellationToken);
                    break;
                default:
                    _end.SetException(_reason);
                    break;
            }
        }
    }
}
