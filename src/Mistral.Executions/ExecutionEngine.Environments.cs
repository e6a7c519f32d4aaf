namespace Mistral.Executions;

/// <content>Environments by name.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>
    /// Defines an environment that executions can be started with by its name, in place of one of that name. Executions
    /// that are there already keep the variables they were started with. See "Environment" in Mistral's documentation of
    /// its terms.
    /// </summary>
    /// <param name="name">The name: 1 to 255 characters.</param>
    /// <param name="variables">What expressions see as <c>env()</c>.</param>
    /// <param name="description">A text for people.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    /// <exception cref="StoreException">The store did not take it. Nothing was changed.</exception>
    public Task DefineEnvironmentAsync(string name, JsonMap variables, string description = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(description);
        var now = _runtime.Time.GetUtcNow();
        return OpenStore.WriteEnvironmentAsync(new(CheckedId(name), variables, description, now, now), cancellationToken);
    }

    /// <summary>Reads an environment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The environment, or <see langword="null"/> when there is none of that name.</returns>
    public Task<StoredEnvironment?> FindEnvironmentAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OpenStore.ReadEnvironmentAsync(name, cancellationToken);
    }

    /// <summary>All environments.</summary>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The environments, in the order of their names.</returns>
    public Task<IReadOnlyList<StoredEnvironment>> ListEnvironmentsAsync(CancellationToken cancellationToken = default) =>
        OpenStore.ReadEnvironmentsAsync(cancellationToken);

    /// <summary>Deletes an environment. Executions that were started with it keep its variables.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether there was one of that name.</returns>
    /// <exception cref="StoreException">The store did not do it. Nothing was changed.</exception>
    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OpenStore.DeleteEnvironmentAsync(name, cancellationToken);
    }

    /// <summary>
    /// The start parameters with the variables of the environment that they name in its place. A name that is not known is
    /// left, and refused when the start is decided.
    /// </summary>
    private async ValueTask<JsonMap> WithEnvironmentAsync(StartOptions options, CancellationToken cancellationToken)
    {
        var parameters = options.Parameters;
        if (options.EnvironmentName is { } given)
        {
            parameters = parameters.With("env", given);
        }
        else if (options.Environment.Count > 0)
        {
            parameters = parameters.With("env", options.Environment);
        }

        return parameters.GetOrNull("env") is { Kind: JsonKind.String } name
            && await _runtime.Store.ReadEnvironmentAsync(name.AsString(), cancellationToken).ConfigureAwait(false) is { } environment
            ? parameters.With("env", environment.Variables)
            : parameters;
    }
}
