namespace Mistral.Executions.Decisions;

/// <summary>
/// What becomes of a task whose definition cannot be carried out. As in Mistral, such an error is not for the routes of
/// the task: the task ends in ERROR, and so does its workflow.
/// </summary>
internal static class TaskFaults
{
    public static void Guard(Turn turn, string taskId, string verb, Action body)
    {
        try
        {
            body();
        }
        catch (Exception fault) when (fault is TaskFaultException or ExpressionException)
        {
            Force(turn, taskId, verb, fault.Message);
        }
    }

    private static void Force(Turn turn, string taskId, string verb, string reason)
    {
        if (turn.Tree.FindTask(taskId) is not { } task)
        {
            return;
        }

        var message = $"Failed to {verb} the task '{task.Name}' of the workflow '{task.WorkflowName}': {reason}";
        if (task.State != ExecutionState.Error && ExecutionStateMachine.CanMove(ExecutionKind.Task, task.State, ExecutionState.Error))
        {
            turn.EndTimers(taskId);
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Error, turn.Now, message));
        }

        if (turn.Tree.FindWorkflow(task.WorkflowExecutionId) is { State: ExecutionState.Running })
        {
            WorkflowCompletion.Fail(turn, task.WorkflowExecutionId, message);
        }
    }
}
