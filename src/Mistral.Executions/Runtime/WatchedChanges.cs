namespace Mistral.Executions.Runtime;

/// <summary>Changes for one who asks: the watch begins with the enumeration, before its first element is asked for.</summary>
internal sealed class WatchedChanges(ExecutionWatchers watchers, ExecutionWatch watch) : IAsyncEnumerable<ExecutionChange>
{
    public IAsyncEnumerator<ExecutionChange> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(watchers, watchers.Add(watch), cancellationToken);

    private sealed class Enumerator(ExecutionWatchers watchers, Watcher watcher, CancellationToken cancellationToken) : IAsyncEnumerator<ExecutionChange>
    {
        public ExecutionChange Current { get; private set; } = null!;

        public async ValueTask<bool> MoveNextAsync()
        {
            Current = await watcher.TakeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }

        public ValueTask DisposeAsync()
        {
            watchers.Remove(watcher);
            return ValueTask.CompletedTask;
        }
    }
}
