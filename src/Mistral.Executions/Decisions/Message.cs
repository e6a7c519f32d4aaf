namespace Mistral.Executions.Decisions;

/// <summary>Something a tree is told. One message leads to one decision.</summary>
internal abstract record Message
{
    private Message()
    {
    }

    /// <summary>Its kind, and no data.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Starts a tree with a workflow execution at its top.</summary>
    /// <param name="Definition">The workflow.</param>
    /// <param name="Id">The id of the root execution.</param>
    /// <param name="Input">The input as the caller gave it.</param>
    /// <param name="Parameters">Start parameters: <c>env</c>, <c>task_name</c>, <c>evaluate_env</c> and what else the caller gave.</param>
    /// <param name="Description">A text of the caller's.</param>
    /// <param name="Tags">Tags beside those of the definition.</param>
    public sealed record StartWorkflow(WorkflowDefinition Definition, string Id, JsonMap Input, JsonMap Parameters, string Description, IReadOnlyList<string> Tags) : Message;

    /// <summary>Starts a tree that is one action execution.</summary>
    /// <param name="Id">The id of the action execution.</param>
    /// <param name="Action">The name of the action.</param>
    /// <param name="Namespace">The namespace to look it up in.</param>
    /// <param name="Input">The input.</param>
    /// <param name="Target">The queue to run it in.</param>
    public sealed record StartAction(string Id, string Action, string Namespace, JsonMap Input, string? Target) : Message;

    /// <summary>An action has a result.</summary>
    /// <param name="ActionExecutionId">The action execution.</param>
    /// <param name="Result">The result.</param>
    /// <param name="StartedAt">When the body began that gave it.</param>
    public sealed record CompleteAction(string ActionExecutionId, ActionResult Result, DateTimeOffset? StartedAt = null) : Message;

    /// <summary>An operator pauses or resumes one outside action.</summary>
    /// <param name="ActionExecutionId">The action execution.</param>
    /// <param name="State">PAUSED or RUNNING.</param>
    public sealed record UpdateAction(string ActionExecutionId, ExecutionState State) : Message;

    /// <summary>Whoever works on an outside action says that it goes on.</summary>
    /// <param name="ActionExecutionId">The action execution.</param>
    public sealed record Heartbeat(string ActionExecutionId) : Message;

    /// <summary>A timer is due.</summary>
    /// <param name="Timer">The timer.</param>
    public sealed record TimerDue(ExecutionTimer Timer) : Message;

    /// <summary>Pauses a workflow execution and those below it.</summary>
    /// <param name="WorkflowExecutionId">The workflow execution.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Pause(string WorkflowExecutionId, string? Reason) : Message;

    /// <summary>Resumes a paused workflow execution and those below it.</summary>
    /// <param name="WorkflowExecutionId">The workflow execution.</param>
    /// <param name="Environment">Merged into its environment, when given.</param>
    public sealed record Resume(string WorkflowExecutionId, JsonMap? Environment) : Message;

    /// <summary>Ends a workflow execution: SUCCESS, ERROR or CANCELLED.</summary>
    /// <param name="WorkflowExecutionId">The workflow execution.</param>
    /// <param name="State">The state it shall end in.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Stop(string WorkflowExecutionId, ExecutionState State, string? Reason) : Message;

    /// <summary>Runs a failed or cancelled task again, and its parents go on.</summary>
    /// <param name="TaskExecutionId">The task execution.</param>
    /// <param name="Reset">Whether all its results are thrown away, or only the failed ones.</param>
    /// <param name="Environment">Merged into the environment, when given.</param>
    public sealed record Rerun(string TaskExecutionId, bool Reset, JsonMap? Environment) : Message;

    /// <summary>Skips a failed task, and its parents go on.</summary>
    /// <param name="TaskExecutionId">The task execution.</param>
    /// <param name="Environment">Merged into the environment, when given.</param>
    public sealed record Skip(string TaskExecutionId, JsonMap? Environment) : Message;

    /// <summary>Changes what an operator may change at any time.</summary>
    /// <param name="WorkflowExecutionId">The workflow execution.</param>
    /// <param name="Description">The new description, when given.</param>
    /// <param name="Environment">Merged into the environment, when given: only while IDLE, PAUSED or ERROR.</param>
    public sealed record Update(string WorkflowExecutionId, string? Description, JsonMap? Environment) : Message;

    /// <summary>
    /// The tree was read after its engine died, or taken over: every action that was running is run again when it is safe
    /// to, and ends in ERROR when not. Sent once, before anything else, when a tree is claimed from another engine id.
    /// </summary>
    /// <param name="Event">What the history shall call it: <c>recovered</c> or <c>taken-over</c>.</param>
    /// <param name="Reason">What the history shall say.</param>
    public sealed record Recover(string Event, string Reason) : Message;
}
