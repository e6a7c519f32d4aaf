using Microsoft.Extensions.Hosting;

namespace Mistral.Executions.Hosting;

/// <summary>Opens the engine before the other services of the host start, and drains it when they have stopped.</summary>
internal sealed class ExecutionEngineService(IServiceProvider services) : IHostedLifecycleService
{
    private ExecutionEngine? _engine;

    /// <summary>Whether the start of the host has come to the engine.</summary>
    public bool IsOpen => _engine is not null;

    public async Task StartingAsync(CancellationToken cancellationToken) =>
        _engine = await services.OpenExecutionEngineAsync(cancellationToken).ConfigureAwait(false);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }
    }
}
