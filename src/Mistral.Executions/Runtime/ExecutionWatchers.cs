namespace Mistral.Executions.Runtime;

/// <summary>Those who want to hear of durable changes. A slow one is told that it fell behind; it never holds the engine up.</summary>
internal sealed class ExecutionWatchers(WorkTracker tracker)
{
    private readonly Lock _gate = new();
    private Watcher[] _watchers = [];
    private ExecutionException? _closed;

    public Watcher Add(ExecutionWatch watch)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            var watcher = new Watcher(tracker, watch);
            _watchers = [.. _watchers, watcher];
            return watcher;
        }
    }

    public void Remove(Watcher watcher)
    {
        lock (_gate)
        {
            _watchers = [.. _watchers.Where(w => w != watcher)];
        }
    }

    /// <summary>Tells of changes that are durable, in the order of their tree.</summary>
    public void Tell(ExecutionChanges changes)
    {
        var watchers = Volatile.Read(ref _watchers);
        if (watchers.Length == 0)
        {
            return;
        }

        foreach (var (execution, isNew) in new ChangeOrder(changes).All())
        {
            foreach (var watcher in watchers)
            {
                watcher.Offer(changes.TreeId, execution, isNew);
            }
        }
    }

    public void Close(ExecutionException reason)
    {
        Watcher[] watchers;
        lock (_gate)
        {
            _closed = reason;
            watchers = _watchers;
            _watchers = [];
        }

        foreach (var watcher in watchers)
        {
            watcher.End(reason);
        }
    }
}
