using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Mistral.Executions;

/// <summary>Registers an engine with a service container.</summary>
public static class MistralExecutionsServices
{
    /// <summary>
    /// Registers an <see cref="ExecutionEngine"/> on a SQLite file as a singleton. The program opens it before the host runs,
    /// with <see cref="OpenExecutionEngineAsync"/>; from then on it can be injected. The container closes it. Clock, logs and
    /// the scopes of actions are those of the container.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file; it is made when it is missing.</param>
    /// <param name="configure">Registers workflows and actions, and says what else differs from the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMistralExecutions(this IServiceCollection services, string path, Action<ExecutionEngineOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddMistralExecutions(_ =>
        {
            var options = new ExecutionEngineOptions(path);
            configure?.Invoke(options);
            return options;
        });
    }

    /// <summary>Registers an <see cref="ExecutionEngine"/> whose options are made with the help of other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="createOptions">Makes the options, once. What they do not say of clock, logs and services is taken from the container.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddMistralExecutions(this IServiceCollection services, Func<IServiceProvider, ExecutionEngineOptions> createOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(createOptions);
        services.TryAddSingleton(provider => new ExecutionEngineOpener(() => OptionsOf(provider, createOptions)));
        services.TryAddSingleton(provider => provider.GetRequiredService<ExecutionEngineOpener>().Engine
            ?? throw new InvalidOperationException($"The execution engine is not open yet: call 'await host.Services.{nameof(OpenExecutionEngineAsync)}()' before the host runs, which makes the services that take the engine."));
        return services;
    }

    /// <summary>Opens the engine that was registered; executions go on from then. A second call gives the same engine.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="StoreException">The store cannot be used; the message says why and what to do.</exception>
    public static Task<ExecutionEngine> OpenExecutionEngineAsync(this IServiceProvider services, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<ExecutionEngineOpener>().OpenAsync(cancellationToken);

    private static ExecutionEngineOptions OptionsOf(IServiceProvider provider, Func<IServiceProvider, ExecutionEngineOptions> createOptions)
    {
        var options = createOptions(provider);
        options.Services ??= provider;
        options.UseDefaults(provider.GetService<TimeProvider>(), provider.GetService<ILoggerFactory>());
        return options;
    }
}
