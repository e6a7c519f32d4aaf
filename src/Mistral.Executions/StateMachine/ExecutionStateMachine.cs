namespace Mistral.Executions;

/// <summary>
/// The one place where an execution changes its state. Pure: a record goes in, a new record comes out.
/// </summary>
public static class ExecutionStateMachine
{
    /// <summary>The legal changes of state of one kind of execution.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The table.</returns>
    public static TransitionTable Transitions(ExecutionKind kind) => kind switch
    {
        ExecutionKind.Workflow => TransitionTable.Workflow,
        ExecutionKind.Task => TransitionTable.Task,
        ExecutionKind.Action => TransitionTable.Action,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of execution."),
    };

    /// <summary>Whether an execution of that kind can go from one state to another.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="from">The state it is in.</param>
    /// <param name="to">The state it shall be in.</param>
    /// <returns><see langword="true"/> when it can.</returns>
    public static bool CanMove(ExecutionKind kind, ExecutionState from, ExecutionState to) => Transitions(kind).Contains(from, to);

    /// <summary>The legal changes of state of one kind of execution, as a Mermaid state diagram.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The text of the diagram, with lines that end in a line feed.</returns>
    public static string ToMermaid(ExecutionKind kind) => StateDiagram.Draw(Transitions(kind));

    /// <summary>Moves a workflow execution.</summary>
    /// <param name="execution">The record.</param>
    /// <param name="to">The new state.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="info">Why, when there is something to say.</param>
    /// <returns>The new record; its result is accepted when it has ended.</returns>
    /// <exception cref="InvalidStateTransitionException">The change is not legal.</exception>
    public static WorkflowExecution Move(WorkflowExecution execution, ExecutionState to, DateTimeOffset at, string? info = null)
    {
        ArgumentNullException.ThrowIfNull(execution);
        Check(execution, to);
        return execution with
        {
            State = to,
            StateInfo = info,
            Accepted = to.IsCompleted(),
            UpdatedAt = at,
            FinishedAt = to.IsCompleted() ? at : null,
        };
    }

    /// <summary>Moves a task execution.</summary>
    /// <param name="execution">The record.</param>
    /// <param name="to">The new state.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="info">Why, when there is something to say.</param>
    /// <returns>The new record.</returns>
    /// <exception cref="InvalidStateTransitionException">The change is not legal.</exception>
    public static TaskExecution Move(TaskExecution execution, ExecutionState to, DateTimeOffset at, string? info = null)
    {
        ArgumentNullException.ThrowIfNull(execution);
        Check(execution, to);
        var goesOn = execution.StartedAt is not null && execution.State is (ExecutionState.RunningDelayed or ExecutionState.Paused);
        return execution with
        {
            State = to,
            StateInfo = info,
            StartedAt = to == ExecutionState.Running && !goesOn ? at : execution.StartedAt,
            UpdatedAt = at,
            FinishedAt = to.IsCompleted() ? at : null,
        };
    }

    /// <summary>Moves an action execution.</summary>
    /// <param name="execution">The record.</param>
    /// <param name="to">The new state.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="info">Why, when there is something to say.</param>
    /// <returns>The new record; its result is accepted when it has ended.</returns>
    /// <exception cref="InvalidStateTransitionException">The change is not legal.</exception>
    public static ActionExecution Move(ActionExecution execution, ExecutionState to, DateTimeOffset at, string? info = null)
    {
        ArgumentNullException.ThrowIfNull(execution);
        Check(execution, to);
        return execution with
        {
            State = to,
            StateInfo = info,
            Accepted = to.IsCompleted(),
            FinishedAt = to.IsCompleted() ? at : null,
        };
    }

    /// <summary>Ends an action execution with its output, in one record rather than two.</summary>
    /// <exception cref="InvalidStateTransitionException">The change is not legal.</exception>
    internal static ActionExecution End(ActionExecution execution, ExecutionState to, DateTimeOffset at, JsonMap output, bool accepted, DateTimeOffset? startedAt = null)
    {
        Check(execution, to);
        return execution with { State = to, StateInfo = null, Output = output, Accepted = accepted, StartedAt = startedAt, FinishedAt = at };
    }

    private static void Check(IExecution execution, ExecutionState to)
    {
        if (!CanMove(execution.Kind, execution.State, to))
        {
            throw new InvalidStateTransitionException(execution.Kind, execution.Id, execution.Name, execution.State, to);
        }
    }
}
