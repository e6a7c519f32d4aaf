namespace Mistral.Executions.Decisions;

/// <summary>Pause and resume go down to nested workflow executions and up to parents, as in Mistral.</summary>
internal static class Pausing
{
    /// <exception cref="InvalidStateTransitionException">The workflow execution has ended.</exception>
    public static void Pause(Turn turn, string workflowId, string? reason)
    {
        foreach (var nested in OpenNested(turn, workflowId))
        {
            Pause(turn, nested, reason);
        }

        var workflow = turn.Tree.FindWorkflow(workflowId)!;
        if (workflow.State == ExecutionState.Paused)
        {
            return;
        }

        turn.Save(ExecutionStateMachine.Move(workflow, ExecutionState.Paused, turn.Now, reason));
        if (workflow.TaskExecutionId is { } parent)
        {
            OnChildPaused(turn, parent);
        }
    }

    public static void Resume(Turn turn, string workflowId, JsonMap? environment)
    {
        if (turn.Tree.FindWorkflow(workflowId) is not { State: ExecutionState.Paused or ExecutionState.Idle } held)
        {
            return;
        }

        foreach (var nested in OpenNested(turn, workflowId))
        {
            Resume(turn, nested, null);
        }

        // Resuming what is below may have resumed this one already, through its task; one that came to its end may be forgotten.
        var workflow = turn.Tree.FindWorkflow(workflowId);
        if (workflow is { State: ExecutionState.Paused } && OpenNested(turn, workflowId).Any(n => turn.Tree.FindWorkflow(n)!.State == ExecutionState.Paused))
        {
            // What went on below has led to the next pause.
            turn.Save(workflow with { Environment = JsonMaps.MergeDeep(workflow.Environment, environment ?? JsonMap.Empty) });
        }
        else if (workflow is { State: ExecutionState.Paused or ExecutionState.Idle })
        {
            workflow = workflow with { Environment = JsonMaps.MergeDeep(workflow.Environment, environment ?? JsonMap.Empty) };
            turn.Save(ExecutionStateMachine.Move(workflow, ExecutionState.Running, turn.Now));
            Continue(turn, workflowId);
        }

        if (held.TaskExecutionId is { } parent)
        {
            OnChildResumed(turn, parent);
        }
    }

    /// <summary>A child of a task was paused: so are the task and its workflow.</summary>
    public static void OnChildPaused(Turn turn, string taskId)
    {
        if (turn.Tree.FindTask(taskId) is not { } task || task.State.IsCompleted())
        {
            return;
        }

        if (ExecutionStateMachine.CanMove(ExecutionKind.Task, task.State, ExecutionState.Paused))
        {
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Paused, turn.Now));
        }

        if (turn.Tree.FindWorkflow(task.WorkflowExecutionId) is { State: ExecutionState.Running })
        {
            Pause(turn, task.WorkflowExecutionId, null);
        }
    }

    /// <summary>A child of a task was resumed: the task goes on when no child is paused, its workflow when no task is.</summary>
    public static void OnChildResumed(Turn turn, string taskId)
    {
        if (turn.Tree.FindTask(taskId) is not { } task)
        {
            return;
        }

        GoOn(turn, task);
        if (turn.Tree.TasksOf(task.WorkflowExecutionId).All(t => t.Record.State != ExecutionState.Paused))
        {
            Resume(turn, task.WorkflowExecutionId, null);
        }
    }

    /// <summary>A task that was paused with a child goes on when no child is paused any more: the last can have been resumed, or have ended.</summary>
    public static void GoOn(Turn turn, TaskExecution task)
    {
        if (task.State != ExecutionState.Paused || turn.Tree.ChildrenOf(task.Id).Any(c => c.State == ExecutionState.Paused))
        {
            return;
        }

        turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Running, turn.Now));
        if (task.Items is { } items && Items.HasMore(items))
        {
            TaskFaults.Guard(turn, task.Id, "go on with", () => Items.Schedule(turn, turn.Tree.FindTask(task.Id)!, turn.DefinitionOf(task)!));
        }
    }

    /// <summary>Goes on with a workflow execution: tasks that were held, what followed from tasks that ended meanwhile, and kept commands.</summary>
    public static void Continue(Turn turn, string workflowId)
    {
        if (turn.Tree.FindWorkflowNode(workflowId) is not { Record.State: ExecutionState.Running } workflow)
        {
            // What was set going again has come to its end already.
            return;
        }

        if (workflow.TaskCount == 0)
        {
            WorkflowStart.StartTasks(turn, workflowId);
            turn.CheckCompletion(workflowId);
            return;
        }

        foreach (var paused in turn.Tree.TasksOf(workflowId).Where(t => t.Record.State == ExecutionState.Paused).ToList())
        {
            GoOn(turn, paused.Record);
        }

        var held = turn.Tree.TasksOf(workflowId).Where(t => t.Record.State == ExecutionState.Idle).Select(t => t.Record.Id).ToList();
        var ended = turn.Tree.TasksOf(workflowId).Where(t => t.Record.State.IsCompleted() && !t.Record.Processed).Select(t => t.Record).ToList();
        var backlog = workflow.Record.Backlog;
        turn.Save(workflow.Record with { Backlog = [] });
        RunBacklog(turn, workflowId, backlog);
        foreach (var task in held)
        {
            if (turn.Tree.FindWorkflow(workflowId) is { State: ExecutionState.Running } && turn.Tree.FindTask(task) is { State: ExecutionState.Idle })
            {
                TaskStart.Continue(turn, task);
            }
        }

        foreach (var task in ended.Where(t => turn.Tree.FindTask(t.Id) is not null))
        {
            TaskFaults.Guard(turn, task.Id, "complete", () => Process(turn, task));
        }

        if (workflow.Definition.Type == WorkflowType.Reverse && turn.Tree.FindWorkflow(workflowId) is { State: ExecutionState.Running })
        {
            Reverse.StartSatisfied(turn, workflowId);
        }

        if (turn.Tree.FindWorkflow(workflowId) is { State: ExecutionState.Running })
        {
            Joins.CheckAll(turn, workflowId);
        }

        turn.CheckCompletion(workflowId);
    }

    /// <summary>The workflow executions directly below that have not ended.</summary>
    public static IReadOnlyList<string> OpenNested(Turn turn, string workflowId) =>
    [
        .. turn.Tree.TasksOf(workflowId)
            .SelectMany(t => turn.Tree.ChildrenOf(t.Record.Id))
            .OfType<WorkflowExecution>()
            .Where(w => !w.State.IsCompleted())
            .Select(w => w.Id),
    ];

    private static void RunBacklog(Turn turn, string workflowId, IReadOnlyList<PendingCommand> backlog)
    {
        if (backlog.Count == 0)
        {
            return;
        }

        var commands = backlog.Select(p => new Command(p.Target, p.Trigger.Event, p.Message, p.Trigger.TaskExecutionId)).ToList();
        var plan = Dispatch.Plan(turn, workflowId, commands, turn.TaskById);
        foreach (var led in plan.Where(c => c.Execution is not null).GroupBy(c => c.TriggerId, StringComparer.Ordinal))
        {
            var trigger = turn.TaskById(led.Key);
            turn.RememberHandover(trigger.Id, turn.HandoverOf(trigger.Id));
            turn.Save(trigger with { NextTasks = [.. trigger.NextTasks!.Select(n => led.FirstOrDefault(c => c.LeadsTo(n)) is { Execution: { } target } ? n with { TaskExecutionId = target.Id } : n)] });
        }

        try
        {
            Dispatch.Run(turn, workflowId, plan);
        }
        catch (Exception fault) when (fault is TaskFaultException or ExpressionException)
        {
            // Refused, the resume would be refused each time, and the workflow execution could not end.
            if (turn.Tree.FindWorkflow(workflowId) is { State: ExecutionState.Running } workflow)
            {
                WorkflowCompletion.Fail(turn, workflowId, $"Failed to resume the workflow '{workflow.Name}': {fault.Message}");
            }
        }
    }

    /// <summary>Takes the routes of a task that ended while the workflow was paused. A pause on its way is passed over.</summary>
    private static void Process(Turn turn, TaskExecution task)
    {
        var workflow = turn.Tree.WorkflowNode(task.WorkflowExecutionId);
        var definition = turn.DefinitionOf(task)!;
        var handover = turn.HandoverOf(task.Id);
        List<Command> commands = workflow.Definition.Type == WorkflowType.Reverse || workflow.Record.State.IsCompleted()
            ? []
            : Routes.Find(turn, task, definition, handover.Data);
        commands.RemoveAll(c => c.Target == EngineCommands.Pause);
        var plan = Dispatch.Plan(turn, task.WorkflowExecutionId, commands, _ => task);
        turn.RememberHandover(task.Id, handover);
        turn.Save(task with
        {
            Processed = true,
            NextTasks = [.. (task.NextTasks ?? []).Select(n => n with { TaskExecutionId = plan.Find(c => c.LeadsTo(n))?.Execution?.Id })],
        });
        Dispatch.Run(turn, task.WorkflowExecutionId, plan);
        TaskCompletion.KeepTaskCount(turn, task);
        turn.CheckJoins(task.WorkflowExecutionId, task.Name);
    }
}
