namespace Mistral.Executions;

/// <summary>What the three kinds of execution record have in common.</summary>
public interface IExecution
{
    /// <summary>The kind of execution.</summary>
    ExecutionKind Kind { get; }

    /// <summary>The id: a UUIDv7 in its usual text form, unless the caller chose one for a workflow execution.</summary>
    string Id { get; }

    /// <summary>The name of the workflow, task or action.</summary>
    string Name { get; }

    /// <summary>The state.</summary>
    ExecutionState State { get; }

    /// <summary>Why it is in this state, when there is something to say.</summary>
    string? StateInfo { get; }

    /// <summary>The workflow execution at the top of its tree; <see langword="null"/> for an action execution that stands alone.</summary>
    string? RootExecutionId { get; }

    /// <summary>When it was created.</summary>
    DateTimeOffset CreatedAt { get; }

    /// <summary>When it ended; <see langword="null"/> while it has not.</summary>
    DateTimeOffset? FinishedAt { get; }
}
