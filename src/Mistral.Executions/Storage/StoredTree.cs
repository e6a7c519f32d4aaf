namespace Mistral.Executions;

/// <summary>
/// The rows of a tree that it needs to go on: what is open, and the little of what has ended that later decisions look
/// at. Never the finished history. Every list is ordered by id.
/// </summary>
public sealed record StoredTree
{
    /// <summary>The engine that owns the tree.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The fencing epoch of that ownership.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// The root workflow execution, every workflow execution below that has not ended, and of those that have, the
    /// ones whose result is accepted and whose task is one of <see cref="Tasks"/>, has not ended and has no items, the ones with an action
    /// execution that has not ended, and the ones above any of these. Empty when the tree is an action execution that
    /// stands alone.
    /// </summary>
    public IReadOnlyList<WorkflowExecution> Workflows { get; init; } = [];

    /// <summary>
    /// Of those workflow executions: every task execution that has not ended, or not been processed, or ended without
    /// leading on (<see cref="TaskExecution.HasNextTasks"/> is false), or ended in ERROR or CANCELLED; and every one that
    /// has an action execution which has not ended, or one of those workflow executions.
    /// </summary>
    public IReadOnlyList<TaskExecution> Tasks { get; init; } = [];

    /// <summary>
    /// Every action execution that has not ended; and of task executions that have not ended and have no items, those
    /// whose result is accepted. For a tree that is an action execution that stands alone: that one.
    /// </summary>
    public IReadOnlyList<ActionExecution> Actions { get; init; } = [];

    /// <summary>
    /// The task executions on the way back from <see cref="Tasks"/> to the data they start from (<see cref="ContextOrigin"/>),
    /// as far as they are not among those.
    /// </summary>
    public IReadOnlyList<TaskExecution> ContextTasks { get; init; } = [];

    /// <summary>All timers of the tree.</summary>
    public IReadOnlyList<ExecutionTimer> Timers { get; init; } = [];

    /// <summary>Whether a task execution is one of <see cref="Tasks"/>, if its workflow execution is one of <see cref="Workflows"/>.</summary>
    internal static bool NeedsToGoOn(TaskExecution task) =>
        !task.State.IsCompleted() || !task.Processed || !task.HasNextTasks
        || task.State is ExecutionState.Error or ExecutionState.Cancelled;
}
