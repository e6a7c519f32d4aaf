namespace Mistral.Executions;

/// <summary>Opens the engine of a service container, once, and closes it with the container.</summary>
internal sealed class ExecutionEngineOpener(Func<ExecutionEngineOptions> options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<ExecutionEngine>? _opening;

    /// <summary>The engine, when it is open.</summary>
    public ExecutionEngine? Engine => _opening is { IsCompletedSuccessfully: true } opened ? opened.Result : null;

    /// <summary>Opens the engine, or waits for who does. An opening that failed can be tried again.</summary>
    public Task<ExecutionEngine> OpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_opening is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _opening = ExecutionEngine.OpenAsync(options(), cancellationToken);
            }

            return _opening;
        }
    }

    public ValueTask DisposeAsync() => Engine?.DisposeAsync() ?? ValueTask.CompletedTask;
}
