namespace Mistral.Executions;

/// <summary>An execution cannot go from the state it is in to the one that was asked for.</summary>
public sealed class InvalidStateTransitionException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of execution.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="from">The state it is in.</param>
    /// <param name="to">The state that was asked for.</param>
    public InvalidStateTransitionException(ExecutionKind kind, string id, string name, ExecutionState from, ExecutionState to)
        : base($"The {WordFor(kind)} execution '{id}' of '{name}' cannot go from {from.ToWireName()} to {to.ToWireName()}.") =>
        (ExecutionKind, ExecutionId, From, To) = (kind, id, from, to);

    /// <summary>The kind of execution.</summary>
    public ExecutionKind ExecutionKind { get; }

    /// <summary>The id of the execution.</summary>
    public string ExecutionId { get; }

    /// <summary>The state it is in.</summary>
    public ExecutionState From { get; }

    /// <summary>The state that was asked for.</summary>
    public ExecutionState To { get; }

    private static string WordFor(ExecutionKind kind) => kind switch
    {
        ExecutionKind.Workflow => "workflow",
        ExecutionKind.Task => "task",
        _ => "action",
    };
}
