namespace Mistral.Executions.Decisions;

/// <summary>
/// Takes decisions: a pure function from a tree, a message and an input to a new tree, what changed, and what is to be
/// done. Nothing it does reaches beyond its result.
/// </summary>
internal static class Decider
{
    public static Decision Decide(ExecutionTree tree, Message message, DecisionInput input)
    {
        var turn = new Turn(tree, input);
        try
        {
            Apply(turn, message);
            turn.Finish();
        }
        catch (LookupNeededException needed)
        {
            return new() { Tree = tree, Needs = needed.Lookup };
        }
        catch (ExecutionException refusal)
        {
            return new() { Tree = tree, Refusal = Secrets.Redacted(turn, message, refusal) };
        }
        catch (TaskFaultException fault)
        {
            return new() { Tree = tree, Refusal = Secrets.Redacted(turn, message, new InputException(fault.Message)) };
        }

        // What was read to find that there is nothing to do is not kept.
        return turn.Changes.IsEmpty && turn.Effects.Count == 0
            ? new() { Tree = tree }
            : new() { Tree = turn.Tree, Changes = turn.Changes.IsEmpty ? null : turn.Changes, Effects = turn.Effects };
    }

    private static void Apply(Turn turn, Message message)
    {
        switch (message)
        {
            case Message.StartWorkflow start:
                WorkflowStart.Start(turn, start.Definition, start.Id, start.Input, start.Parameters, start.Description, start.Tags, task: null, index: 0);
                break;
            case Message.StartAction start:
                Standalone.Start(turn, start);
                break;
            case Message.CompleteAction complete:
                ActionRules.Complete(turn, Action(turn, complete.ActionExecutionId), complete.Result, complete.StartedAt);
                break;
            case Message.UpdateAction update:
                ActionRules.Update(turn, Action(turn, update.ActionExecutionId), update.State);
                break;
            case Message.Heartbeat heartbeat:
                OutsideActions.Heartbeat(turn, Action(turn, heartbeat.ActionExecutionId));
                break;
            case Message.TimerDue due:
                Timers.Fire(turn, due.Timer);
                break;
            case Message.Pause pause:
                Pause(turn, Workflow(turn, pause.WorkflowExecutionId), pause.Reason);
                break;
            case Message.Resume resume:
                Resume(turn, Workflow(turn, resume.WorkflowExecutionId), resume.Environment);
                break;
            case Message.Stop stop:
                Stop(turn, Workflow(turn, stop.WorkflowExecutionId), stop.State, stop.Reason);
                break;
            case Message.Rerun rerun:
                Reruns.Rerun(turn, Task(turn, rerun.TaskExecutionId), rerun.Reset, rerun.Environment);
                break;
            case Message.Skip skip:
                Reruns.Skip(turn, Task(turn, skip.TaskExecutionId), skip.Environment);
                break;
            case Message.Update update:
                Update(turn, Workflow(turn, update.WorkflowExecutionId), update);
                break;
            default:
                Recovery.Recover(turn, (Message.Recover)message);
                break;
        }
    }

    private static void Pause(Turn turn, WorkflowExecution workflow, string? reason)
    {
        if (workflow.State != ExecutionState.Paused)
        {
            Pausing.Pause(turn, workflow.Id, reason);
            turn.Note(workflow.Id, "paused", reason);
        }
    }

    private static void Resume(Turn turn, WorkflowExecution workflow, JsonMap? environment)
    {
        if (workflow.State == ExecutionState.Running)
        {
            return;
        }

        if (workflow.State.IsCompleted())
        {
            throw new InvalidStateTransitionException(ExecutionKind.Workflow, workflow.Id, workflow.Name, workflow.State, ExecutionState.Running);
        }

        turn.Note(workflow.Id, "resumed", null);
        Pausing.Resume(turn, workflow.Id, environment);
    }

    private static void Stop(Turn turn, WorkflowExecution workflow, ExecutionState state, string? reason)
    {
        if (workflow.State == state)
        {
            return;
        }

        if (!state.IsCompleted() || !ExecutionStateMachine.CanMove(ExecutionKind.Workflow, workflow.State, state))
        {
            throw new InvalidStateTransitionException(ExecutionKind.Workflow, workflow.Id, workflow.Name, workflow.State, state);
        }

        turn.Note(workflow.Id, state == ExecutionState.Cancelled ? "cancelled" : "stopped", reason);
        switch (state)
        {
            case ExecutionState.Success:
                WorkflowCompletion.Succeed(turn, workflow.Id, reason);
                break;
            case ExecutionState.Error:
                WorkflowCompletion.Fail(turn, workflow.Id, reason);
                break;
            default:
                WorkflowCompletion.Cancel(turn, workflow.Id, reason);
                break;
        }
    }

    private static void Update(Turn turn, WorkflowExecution workflow, Message.Update update)
    {
        var updated = Reruns.WithEnvironment(turn, workflow, update.Environment);
        if (update.Description is { } description)
        {
            updated = updated with { Description = description, UpdatedAt = turn.Now };
        }

        if (updated != workflow)
        {
            turn.Save(updated);
        }

        turn.Note(workflow.Id, "updated", null);
    }

    private static WorkflowExecution Workflow(Turn turn, string id)
    {
        Admit(turn, id, ExecutionKind.Workflow, id);
        return turn.Tree.FindWorkflow(id)!;
    }

    private static TaskExecution Task(Turn turn, string id)
    {
        if (turn.Tree.FindTask(id) is { } atHand)
        {
            return atHand;
        }

        var task = turn.FindTaskById(id) ?? throw new ExecutionNotFoundException(ExecutionKind.Task, id);
        Admit(turn, task.WorkflowExecutionId, ExecutionKind.Task, id);
        return turn.Tree.FindTask(id) ?? task;
    }

    private static ActionExecution Action(Turn turn, string id)
    {
        if (turn.Tree.FindAction(id) is { } atHand)
        {
            return atHand;
        }

        var action = turn.Answer<ActionExecution?>(new Lookup.ActionById(id)) ?? throw new ExecutionNotFoundException(ExecutionKind.Action, id);
        if (action.WorkflowExecutionId is { } workflowId && !action.State.IsCompleted())
        {
            Admit(turn, workflowId, ExecutionKind.Action, id);
        }

        return turn.Tree.FindAction(id) ?? action;
    }

    /// <summary>Takes the workflow execution in that the message is for, when it has ended and is not at hand.</summary>
    /// <exception cref="ExecutionNotFoundException">It is not there, or not any more: another engine can have deleted it between two look-ups.</exception>
    private static void Admit(Turn turn, string workflowId, ExecutionKind kind, string id)
    {
        if (turn.Tree.FindWorkflow(workflowId) is null && turn.Answer<StoredTree?>(new Lookup.EndedWorkflow(workflowId)) is { } stored)
        {
            turn.Admit(stored);
        }

        if (turn.Tree.FindWorkflow(workflowId) is null)
        {
            throw new ExecutionNotFoundException(kind, id);
        }
    }
}
