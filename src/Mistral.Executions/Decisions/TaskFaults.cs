namespace Mistral.Executions.Decisions;

/// <summary>
/// What becomes of a task whose definition cannot be carried out. As in Mistral, such an error is not for the routes of
/// the task: the task ends in ERROR, and so does its workflow.
/// </summary>
internal static class TaskFaults
{
    public static void Guard(Turn turn, string taskId, string verb, Action body) => Guard(turn, taskId, verb, body, static (_, run) => run());

    /// <summary>The same for what every step does: the body gets what it needs, so that it captures nothing.</summary>
    public static void Guard<T>(Turn turn, string taskId, string verb, T given, Action<Turn, T> body)
    {
        var task = turn.Tree.FindTask(taskId)!;
        var inbound = turn.Tree.TaskNode(taskId).Inbound ?? DataContext.Empty;
        try
        {
            body(turn, given);
        }
        catch (Exception fault) when (fault is TaskFaultException or ExpressionException)
        {
            Force(turn, task, inbound, $"Failed to {verb} the task '{task.Name}' of the workflow '{task.WorkflowName}': {fault.Message}");
        }
    }

    // The task may have been ended in this turn, before what follows from its end went wrong: nobody has seen that end.
    private static void Force(Turn turn, TaskExecution before, DataContext inbound, string message)
    {
        // The workflow execution says the same of a task whose children it does not look at.
        message = Secrets.Of(turn, before).Apply(message);
        var task = turn.Tree.FindTask(before.Id) is { State: var state } current && !state.IsCompleted() ? current : before;
        if (ExecutionStateMachine.CanMove(ExecutionKind.Task, task.State, ExecutionState.Error))
        {
            turn.KeepHandoverOfNew(task.Id);
            turn.EndTimers(task.Id);
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Error, turn.Now, message), inbound);
        }

        if (turn.Tree.FindWorkflow(task.WorkflowExecutionId) is { State: ExecutionState.Running })
        {
            WorkflowCompletion.Fail(turn, task.WorkflowExecutionId, message);
        }
    }
}
