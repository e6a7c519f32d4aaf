namespace Mistral.Executions.Decisions;

/// <summary>Runs failed tasks again, or skips them; their workflow executions go on, all the way up.</summary>
internal static class Reruns
{
    /// <exception cref="InvalidStateTransitionException">The task has not failed or been cancelled, or the workflow has succeeded.</exception>
    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static void Rerun(Turn turn, TaskExecution task, bool reset, JsonMap? environment)
    {
        var above = Reopen(turn, task, environment, ExecutionState.Running);
        Children.Abandon(turn, task);
        var children = turn.AllChildren(task);
        Children.TakeBackResults(turn, task, onlyFailures: !reset && task.Items is not null);
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
        Continue(turn, task.WorkflowExecutionId, above);
    }

    /// <exception cref="InvalidStateTransitionException">The task has not failed, or the workflow has succeeded.</exception>
    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static void Skip(Turn turn, TaskExecution task, JsonMap? environment)
    {
        var above = Reopen(turn, task, environment, ExecutionState.Skipped);
        turn.Note(task.Id, "skipped", null);
        TaskCompletion.Complete(turn, task.Id, ExecutionState.Skipped, "Task was skipped.");
        Continue(turn, task.WorkflowExecutionId, above);
    }

    // Nobody can resume what runs already: what the workflow executions above held goes on with them.
    private static void Continue(Turn turn, string workflowId, List<string> above)
    {
        Pausing.Continue(turn, workflowId);
        foreach (var reopened in above)
        {
            Pausing.Continue(turn, reopened);
        }
    }

    /// <returns>The workflow executions above that did not run and now do, from the inside out.</returns>
    private static List<string> Reopen(Turn turn, TaskExecution task, JsonMap? environment, ExecutionState to)
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

        CheckCounts(turn, workflow);

        // It runs before anything else is saved: one that has ended would be forgotten at once.
        var changed = WithEnvironment(turn, workflow, environment);
        var above = new List<string>();
        MakeRunning(turn, workflow.Id, above);
        above.Remove(workflow.Id);
        if (changed != workflow)
        {
            turn.Save(turn.Tree.FindWorkflow(workflow.Id)! with { Environment = changed.Environment });
        }

        turn.KeepHandover(task);
        return above;
    }

    // What belongs to an attempt that its task has taken back has nowhere to go on to.
    private static void CheckCounts(Turn turn, WorkflowExecution workflow)
    {
        for (var above = workflow; above is { TaskExecutionId: { } taskId }; above = turn.Tree.FindTask(taskId) is { } task ? turn.Tree.FindWorkflow(task.WorkflowExecutionId) : null)
        {
            if (above.State.IsCompleted() && !above.Accepted)
            {
                throw new InvalidStateTransitionException(ExecutionKind.Workflow, above.Id, above.Name, above.State, ExecutionState.Running);
            }

            if (above.State.IsCompleted() && turn.Tree.FindTask(taskId) is { State: ExecutionState.Running or ExecutionState.Paused, Items: { Concurrency: > 0 } items } full && items.Running >= items.Concurrency)
            {
                throw new InputException($"The task '{full.Name}' runs {items.Running} items, as many as it may. Run this again when one of them has ended.");
            }
        }
    }

    /// <summary>A workflow execution with what is merged into its environment.</summary>
    /// <exception cref="InputException">The environment cannot be changed now.</exception>
    public static WorkflowExecution WithEnvironment(Turn turn, WorkflowExecution workflow, JsonMap? environment)
    {
        if (environment is null || environment.Count == 0)
        {
            return workflow;
        }

        if (workflow.State is not (ExecutionState.Idle or ExecutionState.Paused or ExecutionState.Error))
        {
            throw new InputException($"The environment of the workflow execution '{workflow.Id}' can only be changed while it is IDLE, PAUSED or ERROR; it is {workflow.State.ToWireName()}.");
        }

        return workflow with { Environment = JsonMaps.MergeDeep(workflow.Environment, environment), UpdatedAt = turn.Now };
    }

    /// <summary>Makes a workflow execution run again, with the task and the workflow above it, up to the root.</summary>
    private static void MakeRunning(Turn turn, string workflowId, List<string> reopened)
    {
        var workflow = turn.Tree.FindWorkflow(workflowId)!;
        if (workflow.State != ExecutionState.Running)
        {
            turn.Save(ExecutionStateMachine.Move(workflow, ExecutionState.Running, turn.Now));
            RestartDelays(turn, workflowId);
            reopened.Add(workflowId);
        }

        if (workflow.TaskExecutionId is { } parentId && turn.Tree.FindTask(parentId) is { } parent)
        {
            MakeRunning(turn, parent.WorkflowExecutionId, reopened);
            MakeRunning(turn, parent);
        }
    }

    private static void MakeRunning(Turn turn, TaskExecution parent)
    {
        // Of the items only this one runs again; the others go on, or have had their end, maybe after that of the task.
        var items = parent.Items is { } old ? Items.Recounted(old, turn.AllChildren(parent)) : null;
        if (parent.State != ExecutionState.Running)
        {
            turn.Save(ExecutionStateMachine.Move(parent, ExecutionState.Running, turn.Now) with { Items = items, NextTasks = null, Processed = false });

            // What was kept of its former end is not carried out: it will have another.
            var workflow = turn.Tree.FindWorkflow(parent.WorkflowExecutionId)!;
            if (workflow.Backlog.Any(p => p.Trigger.TaskExecutionId == parent.Id))
            {
                turn.Save(workflow with { Backlog = [.. workflow.Backlog.Where(p => p.Trigger.TaskExecutionId != parent.Id)] });
            }
        }
        else if (items is not null)
        {
            turn.Save(parent with { Items = items, UpdatedAt = turn.Now });
        }
    }

    // The timers of delayed tasks went with the end of the workflow: their delay counts as over.
    private static void RestartDelays(Turn turn, string workflowId)
    {
        foreach (var task in turn.Tree.TasksOf(workflowId).Select(t => t.Record).Where(t => t.State == ExecutionState.RunningDelayed).ToList())
        {
            if (Policies.IsHeldAfterItsEnd(task))
            {
                var (state, info) = EndOf(turn, task);
                Policies.SetEnd(turn, task.Id, TimeSpan.Zero, state, info);
            }
            else
            {
                turn.SetTimer(task.Id, TimerKind.ContinueTask, TimeSpan.Zero);
            }
        }
    }

    /// <summary>The end that wait-after held back: that of its children; a task without one has run into its timeout, or is a join that was given up.</summary>
    private static (ExecutionState State, string? Info) EndOf(Turn turn, TaskExecution task)
    {
        if (task.Items is { } items && Items.HaveEnded(items))
        {
            return Items.EndOf(items);
        }

        return turn.Tree.ChildrenOf(task.Id).LastOrDefault(c => c.State.IsCompleted() && Children.IsAccepted(c)) is { State: var state }
            ? (state, null)
            : (ExecutionState.Error, "Ended without a result before the policy 'wait-after' held it.");
    }
}
