namespace Mistral.Executions.Decisions;

/// <summary>The end of a task: what it publishes, whether a policy holds it, and where it leads.</summary>
internal static class TaskCompletion
{
    /// <summary>Ends a task. One that has ended stays as it is.</summary>
    public static void Complete(Turn turn, string taskId, ExecutionState state, string? info)
    {
        if (turn.Tree.FindTask(taskId) is not { } task || (task.State.IsCompleted() && state != ExecutionState.Skipped))
        {
            return;
        }

        TaskFaults.Guard(turn, taskId, "complete", (task, state, info), static (ending, end) => End(ending, end.task, end.state, end.info));
    }

    /// <summary>Ends a task that has run nothing; when many have in this decision, in a later one.</summary>
    public static void EndAtOnce(Turn turn, string taskId, ExecutionState state, string? info)
    {
        if (turn.CanEndAtOnce())
        {
            Complete(turn, taskId, state, info);
            return;
        }

        var task = turn.Tree.FindTask(taskId)!;
        turn.Save(ExecutionStateMachine.Move(task, ExecutionState.RunningDelayed, turn.Now, "Goes on in a moment: many tasks have ended at once."));
        turn.SetTimer(taskId, TimerKind.ContinueTask, TimeSpan.Zero);
    }

    /// <summary>The count is found again from the latest task at hand; when that one is forgotten, the record must know it.</summary>
    public static void KeepTaskCount(Turn turn, TaskExecution ended)
    {
        if (turn.Tree.FindWorkflowNode(ended.WorkflowExecutionId) is { } workflow
            && workflow.TaskCount == ended.Ordinal + 1
            && workflow.Record.TaskCount < workflow.TaskCount
            && turn.Tree.FindTask(ended.Id) is null)
        {
            turn.Save(workflow.Record with { TaskCount = workflow.TaskCount });
        }
    }

    private static void End(Turn turn, TaskExecution task, ExecutionState state, string? info)
    {
        turn.RememberChildren(task);
        var definition = turn.DefinitionOf(task)!;
        var inbound = turn.InboundOf(task.Id);
        var ended = ExecutionStateMachine.Move(task, state, turn.Now, info);
        ended = Publish(turn, definition, ended, inbound);
        var keepsResult = definition.KeepResult is null || Truth.Of(definition.KeepResult.Evaluate(Scope(turn, ended, inbound)));
        if (!keepsResult)
        {
            Children.DropResults(turn, task, task.Items is null ? [.. turn.Tree.ChildrenOf(task.Id)] : turn.AllChildren(task));
            turn.RememberChildren(task);
        }

        var final = state == ExecutionState.Skipped || ReferenceEquals(definition.Policies, TaskPolicies.None) ? ended : AfterPolicies(turn, task, ended, inbound);
        if (final is not null)
        {
            Leave(turn, final, definition, inbound);
        }
    }

    private static TaskExecution? AfterPolicies(Turn turn, TaskExecution task, TaskExecution ended, DataContext inbound) =>
        Policies.AfterEnd(turn, task, ended, (e, published) => Scope(turn, e, published ? inbound.Publish(e.Published) : inbound));

    private static void Leave(Turn turn, TaskExecution ended, TaskDefinition definition, DataContext inbound)
    {
        var workflowId = ended.WorkflowExecutionId;
        var workflow = turn.Tree.WorkflowNode(workflowId);
        var outbound = inbound.Publish(ended.Published);
        var commands = workflow.Record.State.IsCompleted() || workflow.Definition.Type == WorkflowType.Reverse
            ? []
            : Routes.Find(turn, ended, definition, outbound);
        turn.EndTimers(ended.Id);
        var isPaused = workflow.Record.State == ExecutionState.Paused;
        var plan = isPaused ? [] : Dispatch.Plan(turn, workflowId, commands, ended);
        ended = ended with
        {
            NextTasks = NextTasks(commands, plan),
            ErrorHandled = ended.State == ExecutionState.Error ? commands.Exists(c => c.Event == RouteKind.OnError) : ended.ErrorHandled,
            Processed = !isPaused,
        };
        turn.RememberHandover(ended.Id, new(outbound, ContextReader.OriginAfter(ended)));
        turn.Save(ended);
        if (isPaused)
        {
            return;
        }

        Dispatch.Run(turn, workflowId, plan);
        if (workflow.Definition.Type == WorkflowType.Reverse)
        {
            Reverse.StartSatisfied(turn, workflowId);
        }

        KeepTaskCount(turn, ended);
        turn.CheckJoins(workflowId, ended.Name);
        turn.CheckCompletion(workflowId);
    }

    /// <summary>The routes that lead to tasks, each with the execution it led to.</summary>
    private static IReadOnlyList<NextTask> NextTasks(List<Command> commands, IReadOnlyList<Command> plan)
    {
        if (commands.Count == 0)
        {
            return [];
        }

        if (commands is [{ IsEngineCommand: false } only])
        {
            return [new NextTask(only.Target, only.Event, plan is [var planned] ? planned.Execution?.Id : null)];
        }

        var executions = plan.Where(c => c.Execution is not null).ToLookup(c => (c.Target, c.Event), c => c.Execution!.Value.Id);
        return [.. commands.Where(c => !c.IsEngineCommand).Select(c => new NextTask(c.Target, c.Event, executions[(c.Target, c.Event)].FirstOrDefault()))];
    }

    /// <summary>What expressions of a task see that ends.</summary>
    public static DecisionScope Scope(Turn turn, TaskExecution ended, DataContext data) => new(turn, ended.WorkflowExecutionId, ended.Id)
    {
        Current = ended,
        Branch = data,
    };

    private static TaskExecution Publish(Turn turn, TaskDefinition definition, TaskExecution ended, DataContext inbound)
    {
        var publish = ended.State switch
        {
            ExecutionState.Success => definition.PublishOnSuccess,
            ExecutionState.Error => definition.PublishOnError,
            ExecutionState.Skipped => definition.PublishOnSkip,
            _ => null,
        };
        if (publish is null)
        {
            return ended;
        }

        var scope = Scope(turn, ended, inbound);
        var branch = Variables(turn, publish.Branch, scope);
        var global = Variables(turn, publish.Global, scope);
        if (global.Count > 0)
        {
            var workflow = turn.Tree.FindWorkflow(ended.WorkflowExecutionId)!;
            turn.Save(workflow with { Context = JsonMaps.MergeDeep(workflow.Context, global), UpdatedAt = turn.Now });
        }

        return ended with { Published = branch };
    }

    private static JsonMap Variables(Turn turn, IExpression? expression, DecisionScope scope)
    {
        var value = expression?.Evaluate(scope) ?? JsonMap.Empty;
        if (value.Kind != JsonKind.Object)
        {
            throw new TaskFaultException($"what is published must be an object, but is {value.Kind}.");
        }

        return JsonSize.Fault(value, turn.Input.Limits.PayloadBytes) is { } fault
            ? throw new TaskFaultException($"what is published {fault}.")
            : value.AsObject();
    }
}
