using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mistral.Executions.Hosting;

/// <summary>Runs an engine with a generic host.</summary>
public static class MistralExecutionsHosting
{
    /// <summary>
    /// Registers an <see cref="ExecutionEngine"/> that lives with the host: its settings are read from configuration and
    /// checked when the host starts, it is open before any other hosted service starts, and when they have stopped it takes
    /// no more calls, tells running actions to stop and waits for them. Clock, logs and the scopes of actions are the host's.
    /// It can be injected everywhere, also into the constructor of a hosted service, which opens it then.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configuration">The section with the settings, as <see cref="ExecutionEngineSettings"/> names them.</param>
    /// <param name="configure">Registers workflows and actions, and says what else differs from the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>Settings that cannot be used end the start of the host with an <see cref="OptionsValidationException"/> that names each of them.</remarks>
    public static IServiceCollection AddHostedMistralExecutions(
        this IServiceCollection services, IConfiguration configuration, Action<ExecutionEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ExecutionEngineSettings>().Bind(configuration).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ExecutionEngineSettings>, ExecutionEngineSettingsValidator>());
        services.AddMistralExecutions(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ExecutionEngineSettings>>().Value.ToOptions();
            configure?.Invoke(options);
            return options;
        });
        services.TryAddSingleton<ExecutionEngineService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExecutionEngineService>(provider => provider.GetRequiredService<ExecutionEngineService>()));

        // A host makes all its hosted services before it starts the first of them: one that takes the engine opens it.
        services.Replace(ServiceDescriptor.Singleton(provider => provider.OpenExecutionEngineAsync().GetAwaiter().GetResult()));
        return services;
    }

    /// <summary>Adds a check of the engine: healthy while it is open, owns its lease, and its store answers.</summary>
    /// <param name="builder">The health checks of the host.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report when it fails; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">What to find the check by.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddMistralExecutions(
        this IHealthChecksBuilder builder, string name = "mistral_executions", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(name, provider => new ExecutionEngineHealthCheck(provider), failureStatus, tags));
    }
}
