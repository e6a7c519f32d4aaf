namespace Mistral.Executions;

/// <summary>Another engine on the same store has the execution. Nothing was changed.</summary>
public sealed class ExecutionOwnedElsewhereException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="executionId">The execution at the top of the tree.</param>
    /// <param name="ownerId">The engine that has it, when that is known.</param>
    /// <param name="ownedUntil">When the lease of that engine runs out unless it is renewed, when that is known.</param>
    public ExecutionOwnedElsewhereException(string executionId, string? ownerId, DateTimeOffset? ownedUntil)
        : base($"The execution '{executionId}' belongs to another engine{(ownerId is null ? "" : $" ({ownerId}{(ownedUntil is { } until ? $", at least until {until:O}" : "")})")}: ask that one.") =>
        (ExecutionId, OwnerId, OwnedUntil) = (executionId, ownerId, ownedUntil);

    /// <summary>The execution at the top of the tree.</summary>
    public string ExecutionId { get; }

    /// <summary>The engine that has it; <see langword="null"/> when that is not known.</summary>
    public string? OwnerId { get; }

    /// <summary>When the lease of that engine runs out, unless it is renewed; <see langword="null"/> when that is not known.</summary>
    public DateTimeOffset? OwnedUntil { get; }
}
