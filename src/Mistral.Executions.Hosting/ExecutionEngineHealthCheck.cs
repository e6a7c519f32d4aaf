using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mistral.Executions.Hosting;

/// <summary>Whether the engine is open, owns its lease, and its store answers.</summary>
internal sealed class ExecutionEngineHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<ExecutionEngineService>() is { IsOpen: false })
        {
            return new(context.Registration.FailureStatus, "The execution engine is not open yet.");
        }

        ExecutionEngine engine;
        try
        {
            engine = services.GetRequiredService<ExecutionEngine>();
            await engine.QueryWorkflowPageAsync(new() { PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ExecutionException or InvalidOperationException)
        {
            return new(context.Registration.FailureStatus, exception.Message, exception);
        }

        return HealthCheckResult.Healthy($"Engine {engine.Id} is open.");
    }
}
