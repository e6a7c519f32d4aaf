namespace Mistral.Executions.Testing;

/// <summary>What one task execution did.</summary>
public sealed class TaskRun
{
    internal TaskRun(TaskExecution execution, IReadOnlyList<ActionExecution> actions, IReadOnlyList<WorkflowRun> workflows) =>
        (Execution, Actions, Workflows) = (execution, actions, workflows);

    /// <summary>The record of the task execution.</summary>
    public TaskExecution Execution { get; }

    /// <summary>The name of the task.</summary>
    public string Name => Execution.Name;

    /// <summary>The state.</summary>
    public ExecutionState State => Execution.State;

    /// <summary>Its action executions in the order in which they began: one for each attempt and each item.</summary>
    public IReadOnlyList<ActionExecution> Actions { get; }

    /// <summary>The nested workflows that it ran, in the order in which they began.</summary>
    public IReadOnlyList<WorkflowRun> Workflows { get; }

    /// <summary>What its actions and workflows were given, in the order in which they began.</summary>
    public IReadOnlyList<JsonMap> Inputs => [.. Actions.Select(a => a.Input), .. Workflows.Select(w => w.Execution.Input)];

    /// <summary>How often it ran: 1 and the repetitions of its <c>retry</c> policy.</summary>
    public int Attempts => Execution.RetryNumber + 1;

    /// <summary>The task with what it ran, as text.</summary>
    /// <returns>A line for each execution, without a line feed at the end.</returns>
    public override string ToString() => RunText.Of(this);

    /// <summary>What tells when it began, among other tasks: the time, and what was made then, as ids are made in order. A join is made long before it begins.</summary>
    internal (DateTimeOffset At, string Id) Beginning => (Execution.StartedAt ?? Execution.CreatedAt, Execution.IsJoin ? FirstBelow ?? Execution.Id : Execution.Id);

    private string? FirstBelow => Actions.Select(a => a.Id).Concat(Workflows.Select(w => w.Id)).Min(StringComparer.Ordinal);
}
