namespace Mistral.Executions.Decisions;

/// <summary>What happens when a timer is due. A timer that the tree no longer has is passed over.</summary>
internal static class Timers
{
    public static void Fire(Turn turn, ExecutionTimer timer)
    {
        // One that was moved while it was on its way comes again.
        if (turn.Tree.TimersOf(timer.ExecutionId).Find(t => t.Id == timer.Id) is not { } current || current.DueAt > timer.DueAt)
        {
            return;
        }

        turn.EndTimer(timer);
        var task = turn.Tree.FindTask(timer.ExecutionId);
        switch (timer.Kind)
        {
            case TimerKind.ContinueTask when task is { State: ExecutionState.RunningDelayed }:
                Continue(turn, task);
                break;
            case TimerKind.CompleteTask when task is not null:
                var info = Truth.Text(timer.Data["info"]);
                TaskCompletion.Complete(turn, task.Id, ExecutionStates.Parse(timer.Data["state"].AsString()), info);
                break;
            case TimerKind.TaskTimeout when task is not null:
                TaskCompletion.Complete(turn, task.Id, ExecutionState.Error, $"The task '{task.Name}' has not ended within its timeout of {timer.Data} s.");
                break;
            case TimerKind.RefreshJoin when task is not null:
                Joins.Look(turn, task.Id);
                turn.CheckCompletion(task.WorkflowExecutionId);
                break;
            case TimerKind.ActionDeadline when turn.Tree.FindAction(timer.ExecutionId) is { } action && !action.State.IsCompleted():
                OutsideActions.Miss(turn, action, timer);
                break;
        }
    }

    // A pause is closed: what falls due in it is held until the resume.
    private static void Continue(Turn turn, TaskExecution task)
    {
        if (turn.Tree.FindWorkflow(task.WorkflowExecutionId) is { State: ExecutionState.Paused })
        {
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Idle, turn.Now, "Held until the workflow is resumed."));
        }
        else
        {
            TaskStart.Continue(turn, task.Id);
        }
    }
}
