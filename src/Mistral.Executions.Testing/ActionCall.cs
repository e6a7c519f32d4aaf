namespace Mistral.Executions.Testing;

/// <summary>One call of an action that a test has replaced.</summary>
public sealed record ActionCall
{
    /// <summary>The input.</summary>
    public required JsonMap Input { get; init; }

    /// <summary>The id of the action execution: the same when the action is run again after the process died.</summary>
    public required string ActionExecutionId { get; init; }

    /// <summary>The name of the task; <see langword="null"/> when the action execution stands alone.</summary>
    public string? TaskName { get; init; }

    /// <summary>The name of the workflow; <see langword="null"/> when the action execution stands alone.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>Which attempt at its item or task it is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The place of the item it runs for, in a task with items; else 0.</summary>
    public required int ItemIndex { get; init; }

    /// <summary>The moment of virtual time at which the action began.</summary>
    public required DateTimeOffset At { get; init; }
}
