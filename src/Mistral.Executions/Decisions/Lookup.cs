namespace Mistral.Executions.Decisions;

/// <summary>
/// Something a decision wants to know that the tree does not hold. The decision is given up, the runtime waits until
/// what the tree has changed is durable, reads the answer from the store, and decides again with the answer at hand.
/// </summary>
internal abstract record Lookup
{
    private Lookup()
    {
    }

    /// <summary>The results that count of a finished or running task: <see cref="ActionExecution"/> or <see cref="WorkflowExecution"/> records, accepted and ended. Answer: <c>IReadOnlyList&lt;IExecution&gt;</c>.</summary>
    public sealed record AcceptedChildren(string TaskExecutionId) : Lookup;

    /// <summary>All children of a task. Answer: <c>IReadOnlyList&lt;IExecution&gt;</c>.</summary>
    public sealed record Children(string TaskExecutionId) : Lookup;

    /// <summary>The latest task execution of a name. Answer: <see cref="TaskExecution"/> or null.</summary>
    public sealed record TaskByName(string WorkflowExecutionId, string Name) : Lookup;

    /// <summary>A task execution. Answer: <see cref="TaskExecution"/> or null.</summary>
    public sealed record TaskById(string TaskExecutionId) : Lookup;

    /// <summary>An action execution. Answer: <see cref="ActionExecution"/> or null.</summary>
    public sealed record ActionById(string ActionExecutionId) : Lookup;

    /// <summary>Every task execution of a workflow execution; of all of them, when there is no id. Answer: <c>IReadOnlyList&lt;TaskExecution&gt;</c>.</summary>
    public sealed record Tasks(string? WorkflowExecutionId) : Lookup;

    /// <summary>Workflow executions. Answer: <c>IReadOnlyList&lt;WorkflowExecution&gt;</c>.</summary>
    public sealed record Workflows(string? Id, string? RootExecutionId, string? State) : Lookup;

    /// <summary>The workflow executions that a task runs. Answer: <c>IReadOnlyList&lt;WorkflowExecution&gt;</c>.</summary>
    public sealed record WorkflowsOfTask(string TaskExecutionId) : Lookup;

    /// <summary>The data a task hands on, by its id: the task execution and those its inbound data come from, on the way back (<see cref="ContextOrigin"/>). Answer: <c>IReadOnlyList&lt;TaskExecution&gt;</c>, the task itself first.</summary>
    public sealed record ContextPath(string TaskExecutionId) : Lookup;

    /// <summary>
    /// The rest of a tree of which nothing below an ended workflow execution is at hand: needed to run an ended execution
    /// again. Answer: <see cref="StoredTree"/> with that workflow execution as if it were open, and above it, up to the
    /// root, each task execution that runs it and the workflow execution of that; or null when there is no such execution.
    /// </summary>
    public sealed record EndedWorkflow(string WorkflowExecutionId) : Lookup;
}
