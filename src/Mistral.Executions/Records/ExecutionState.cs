namespace Mistral.Executions;

/// <summary>
/// The state of a workflow, task or action execution. The wire names, which stores and expressions use, are those of
/// Mistral's documentation ("Executions"): <see cref="ExecutionStates.ToWireName"/>.
/// </summary>
public enum ExecutionState
{
    /// <summary><c>IDLE</c>: not started yet; probably not all requirements are satisfied.</summary>
    Idle,

    /// <summary><c>WAITING</c>: the task execution exists, but some of its preconditions are not met, and may never be.</summary>
    Waiting,

    /// <summary><c>RUNNING</c>: being executed.</summary>
    Running,

    /// <summary><c>RUNNING_DELAYED</c>: was running and is held back for a precise amount of time.</summary>
    RunningDelayed,

    /// <summary><c>PAUSED</c>: nothing new starts below it until it is resumed.</summary>
    Paused,

    /// <summary><c>SUCCESS</c>: finished successfully.</summary>
    Success,

    /// <summary><c>ERROR</c>: finished with an error.</summary>
    Error,

    /// <summary><c>CANCELLED</c>: finished because it was cancelled.</summary>
    Cancelled,

    /// <summary><c>SKIPPED</c>: the task failed, and an operator skipped it.</summary>
    Skipped,
}
