namespace Mistral.Executions;

/// <content>Environments by name.</content>
public sealed partial class InMemoryExecutionStore
{
    private readonly SortedDictionary<string, StoredEnvironment> _environments = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Locked(
            () => _environments[environment.Name] = _environments.TryGetValue(environment.Name, out var former)
                ? environment with { CreatedAt = former.CreatedAt }
                : environment,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        Locked(() => _environments.GetValueOrDefault(name), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredEnvironment>>(() => [.. _environments.Values], cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        Locked(() => _environments.Remove(name), cancellationToken);
}
