namespace Mistral.Executions;

/// <summary>There is no such execution.</summary>
public sealed class ExecutionNotFoundException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of execution that was looked for.</param>
    /// <param name="id">The id.</param>
    public ExecutionNotFoundException(ExecutionKind kind, string id)
        : base($"There is no {kind.ToString().ToLowerInvariant()} execution '{id}'.") => (ExecutionKind, ExecutionId) = (kind, id);

    /// <summary>The kind of execution that was looked for.</summary>
    public ExecutionKind ExecutionKind { get; }

    /// <summary>The id.</summary>
    public string ExecutionId { get; }
}
