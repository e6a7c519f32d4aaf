namespace Mistral.Executions.Decisions;

/// <summary>Runs failed tasks again, or skips them; their workflow executions go on, all the way up.</summary>
internal static class Reruns
{
    /// <exception cref="InvalidStateTransitionException">The task has not failed or been cancelled, or the workflow has succeeded.</exception>
    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static void Rerun(Turn turn, TaskExecution task, bool reset, JsonMap? environment)
    {
        if (!Reopen(turn, task, environment, ExecutionState.Running))
        {
            return;
        }

        var children = turn.AllChildren(task);
        Children.TakeBackResults(turn, task, onlyFailures: !reset);
        var items = reset ? null : Items.AgainWhere(task.Items, children);
        task = task with
        {
            RetryNumber = 0,
            PolicyProgress = TaskPolicyProgress.None,
            Items = items,
            NextTasks = null,
            Processed = false,
        };
        turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Running, turn.Now));
        turn.Note(task.Id, "rerun", reset ? "with reset" : null);
        TaskStart.RunAgain(turn, task.Id);
        Pausing.Continue(turn, task.WorkflowExecutionId);
    }

    /// <exception cref="InvalidStateTransitionException">The task has not failed, or the workflow has succeeded.</exception>
    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static void Skip(Turn turn, TaskExecution task, JsonMap? environment)
    {
        if (!Reopen(turn, task, environment, ExecutionState.Skipped))
        {
            return;
        }

        turn.Note(task.Id, "skipped", null);
        TaskCompletion.Complete(turn, task.Id, ExecutionState.Skipped, "Task was skipped.");
        Pausing.Continue(turn, task.WorkflowExecutionId);
    }

    private static bool Reopen(Turn turn, TaskExecution task, JsonMap? environment, ExecutionState to)
    {
        if (!ExecutionStateMachine.CanMove(ExecutionKind.Task, task.State, to) || !task.State.IsCompleted())
        {
            throw new InvalidStateTransitionException(ExecutionKind.Task, task.Id, task.Name, task.State, to);
        }

        var workflow = turn.Tree.FindWorkflow(task.WorkflowExecutionId)!;
        if (workflow.State == ExecutionState.Paused)
        {
            throw new InvalidStateTransitionException(ExecutionKind.Workflow, workflow.Id, workflow.Name, workflow.State, ExecutionState.Running);
        }

        UpdateEnvironment(turn, workflow, environment);
        MakeRunning(turn, workflow.Id);
        return true;
    }

    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static void UpdateEnvironment(Turn turn, WorkflowExecution workflow, JsonMap? environment)
    {
        if (environment is null || environment.Count == 0)
        {
            return;
        }

        if (workflow.State is not (ExecutionState.Idle or ExecutionState.Paused or ExecutionState.Error))
        {
            throw new InputException($"The environment of the workflow execution '{workflow.Id}' can only be changed while it is IDLE, PAUSED or ERROR; it is {workflow.State.ToWireName()}.");
        }

        turn.Save(workflow with { Environment = JsonMaps.MergeDeep(workflow.Environment, environment), UpdatedAt = turn.Now });
    }

    /// <summary>Makes a workflow execution run again, with the task and the workflow above it, up to the root.</summary>
    private static void MakeRunning(Turn turn, string workflowId)
    {
        var workflow = turn.Tree.FindWorkflow(workflowId)!;
        if (workflow.State != ExecutionState.Running)
        {
            turn.Save(ExecutionStateMachine.Move(workflow, ExecutionState.Running, turn.Now));
            RestartDelays(turn, workflowId);
        }

        if (workflow.TaskExecutionId is { } parentId && turn.Tree.FindTask(parentId) is { } parent)
        {
            MakeRunning(turn, parent.WorkflowExecutionId);
            if (parent.State != ExecutionState.Running)
            {
                // Of the items only this one runs again; the others have had their end.
                var items = parent.Items is { } old
                    ? old with { Running = old.Running + 1, Failed = Math.Max(0, old.Failed - (workflow.State == ExecutionState.Error ? 1 : 0)), Cancelled = Math.Max(0, old.Cancelled - (workflow.State == ExecutionState.Cancelled ? 1 : 0)) }
                    : null;
                turn.Save(ExecutionStateMachine.Move(parent, ExecutionState.Running, turn.Now) with
                {
                    Items = items,
                    NextTasks = null,
                    Processed = false,
                });
            }
        }
    }

    // The timers of delayed tasks went with the end of the workflow: their delay counts as over.
    private static void RestartDelays(Turn turn, string workflowId)
    {
        foreach (var task in turn.Tree.TasksOf(workflowId).Where(t => t.Record.State == ExecutionState.RunningDelayed).ToList())
        {
            turn.SetTimer(task.Record.Id, TimerKind.ContinueTask, TimeSpan.Zero);
        }
    }
}
