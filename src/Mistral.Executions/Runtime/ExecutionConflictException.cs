namespace Mistral.Executions;

/// <summary>An execution was started with an id that another one has: with another definition, or another input.</summary>
public sealed class ExecutionConflictException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="executionId">The id.</param>
    /// <param name="difference">What differs.</param>
    public ExecutionConflictException(string executionId, string difference)
        : base($"There is an execution with the id '{executionId}' already, and it is another one: {difference} Choose another id, or start it with what it was started with.") =>
        ExecutionId = executionId;

    /// <summary>The id.</summary>
    public string ExecutionId { get; }
}
