namespace Mistral.Executions;

/// <summary>Only what has ended can be deleted, whole trees at a time.</summary>
public sealed class ExecutionNotEndedException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="executionId">The execution at the top of the tree.</param>
    public ExecutionNotEndedException(string executionId)
        : base($"The execution '{executionId}' has not ended, or something below it still runs: cancel it, or wait for its end, before it is deleted.") =>
        ExecutionId = executionId;

    /// <summary>The execution at the top of the tree.</summary>
    public string ExecutionId { get; }
}
