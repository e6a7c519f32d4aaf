namespace Mistral.Executions;

/// <summary>
/// What one decision changed: records as they are from now on, written in one transaction or not at all. A record that
/// was made in this decision stands in a list of its own, so that a store can insert it without looking.
/// </summary>
/// <remarks>
/// What a record is made with and never changes, a store need not write again: of every execution its id, name, parents,
/// root, index and <c>CreatedAt</c>; of a workflow execution also the namespace, definition, input, parameters
/// and tags; of a task execution the workflow's name, the type, tags, ordinal and whether it is a join; of an
/// action execution the namespace, input and target.
/// </remarks>
public sealed record ExecutionChanges
{
    /// <summary>The tree it belongs to: the id of the root workflow execution, or of an action execution that stands alone.</summary>
    public required string TreeId { get; init; }

    /// <summary>The engine that owns the tree.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The fencing epoch of that ownership. A store refuses the changes when the tree has another.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// Whether the tree begins with these changes. They hold the root then, and a store refuses them when a root of that
    /// id exists already, unless it is the very same one, of the same owner and epoch: the set is written again.
    /// </summary>
    public bool IsNewTree { get; init; }

    /// <summary>New workflow executions.</summary>
    public IReadOnlyList<WorkflowExecution> NewWorkflows { get; init; } = [];

    /// <summary>Changed workflow executions.</summary>
    public IReadOnlyList<WorkflowExecution> Workflows { get; init; } = [];

    /// <summary>New task executions.</summary>
    public IReadOnlyList<TaskExecution> NewTasks { get; init; } = [];

    /// <summary>Changed task executions.</summary>
    public IReadOnlyList<TaskExecution> Tasks { get; init; } = [];

    /// <summary>New action executions.</summary>
    public IReadOnlyList<ActionExecution> NewActions { get; init; } = [];

    /// <summary>Changed action executions.</summary>
    public IReadOnlyList<ActionExecution> Actions { get; init; } = [];

    /// <summary>Timers that are set.</summary>
    public IReadOnlyList<ExecutionTimer> NewTimers { get; init; } = [];

    /// <summary>The ids of timers that have fired or are no longer wanted; one that is not there is no mistake.</summary>
    public IReadOnlyList<string> EndedTimers { get; init; } = [];

    /// <summary>Definitions that executions of this tree go on with; one that is stored already is left as it is.</summary>
    public IReadOnlyList<StoredDefinition> Definitions { get; init; } = [];

    /// <summary>What happened that the records themselves do not show.</summary>
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Answers to requests of the inbox that these changes carry out: a request is done and answered at once, or neither.</summary>
    public IReadOnlyList<InboxAnswer> Answers { get; init; } = [];
}
