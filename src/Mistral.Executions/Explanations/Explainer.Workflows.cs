namespace Mistral.Executions.Explanations;

/// <content>Workflow executions.</content>
internal sealed partial class Explainer
{
    private Explanation Workflow(WorkflowExecution workflow) => workflow.State switch
    {
        ExecutionState.Success => facts.LastOf(workflow.Id, "stopped") is { } stop && stop.At == workflow.FinishedAt
            ? New(workflow, ReasonKind.StoppedByOperator, $"An operator ended it{At(stop.At)}{Because(stop.Reason)}", stop.At)
            : New(workflow, ReasonKind.Succeeded, $"Ended in SUCCESS{At(workflow.FinishedAt)}.", workflow.FinishedAt),
        ExecutionState.Error => FailedWorkflow(workflow),
        ExecutionState.Cancelled => CancelledWorkflow(workflow),
        _ when facts.DefinitionOf(workflow).Fault is { } fault => New(workflow, ReasonKind.DefinitionMissing, $"Cannot go on: {Ended(fault)}"),
        ExecutionState.Paused => WithBelow(PauseOf(workflow), workflow),
        _ => RunningWorkflow(workflow),
    };

    private Explanation RunningWorkflow(WorkflowExecution workflow)
    {
        var below = facts.Below(workflow.Id);
        var count = below.Executions.Count;
        var open = below.HasMore ? $"more than {count} tasks are not done" : count == 1 ? "1 task is not done" : $"{count} tasks are not done";
        var sentence = facts.HasBelow(workflow.Id) ? $"Runs since {Time(workflow.CreatedAt)}; {open}." : $"Runs since {Time(workflow.CreatedAt)}.";
        return WithBelow(New(workflow, ReasonKind.Running, sentence, workflow.CreatedAt), workflow);
    }

    private Explanation FailedWorkflow(WorkflowExecution workflow)
    {
        if (facts.LastOf(workflow.Id, "stopped") is { } stop && stop.At == workflow.FinishedAt)
        {
            return New(workflow, ReasonKind.StoppedByOperator, $"An operator ended it{At(stop.At)}{Because(stop.Reason)}", stop.At);
        }

        var below = facts.Below(workflow.Id);
        var errors = below.Executions.OfType<TaskExecution>().Where(t => t.State == ExecutionState.Error && t.FinishedAt <= workflow.FinishedAt).ToList();
        var failed = errors.FindAll(t => !t.ErrorHandled);
        var sentence = $"Failed{At(workflow.FinishedAt)}.{(failed.Count == 0 ? "" : FirstCauseAtTop(failed[0]))}";
        if (failed.Count == 0)
        {
            // Nothing but a command says nothing: the errors that led to it are those that were handled.
            sentence = workflow.StateInfo is null && errors.Count > 0
                ? $"Failed{At(workflow.FinishedAt)} by the command 'fail' of a route.{FirstCauseAtTop(errors[0])}"
                : $"Failed{At(workflow.FinishedAt)}{Because(workflow.StateInfo)}";
            failed = workflow.StateInfo is null ? errors : [];
        }

        return New(workflow, ReasonKind.Failed, sentence, workflow.FinishedAt) with
        {
            Children = [.. failed.Select(Any)],
            HasMore = below.HasMore && failed.Count > 0,
        };
    }

    private Explanation CancelledWorkflow(WorkflowExecution workflow)
    {
        for (var above = workflow; above is not null; above = facts.TaskOf(above) is { } task ? facts.WorkflowOf(task) : null)
        {
            if (facts.LastOf(above.Id, "cancelled") is { } entry && entry.At == workflow.FinishedAt)
            {
                var what = above.Id == workflow.Id ? "" : $", with the workflow '{above.Name}' above it";
                return New(workflow, ReasonKind.Cancelled, $"An operator cancelled it{At(entry.At)}{what}{Because(entry.Reason)}", entry.At);
            }
        }

        return WithBelow(New(workflow, ReasonKind.Cancelled, $"Cancelled{At(workflow.FinishedAt)}{Because(workflow.StateInfo)}", workflow.FinishedAt), workflow);
    }

    /// <summary>Why a workflow execution is paused: by an operator, here or above; by what is below; else by a command.</summary>
    private Explanation PauseOf(WorkflowExecution workflow)
    {
        for (var above = workflow; above is not null; above = facts.TaskOf(above) is { } task ? facts.WorkflowOf(task) : null)
        {
            // A later pause of another kind has another reason, or none.
            if (facts.LastOf(above.Id, "paused", "resumed") is { Event: "paused" } entry && entry.Reason == workflow.StateInfo)
            {
                var what = above.Id == workflow.Id ? "" : $", with the workflow '{above.Name}' above it";
                return New(workflow, ReasonKind.PausedByOperator, $"An operator paused it{At(entry.At)}{what}{Because(entry.Reason)}", entry.At);
            }
        }

        var below = facts.Below(workflow.Id).Executions;
        if (below.FirstOrDefault(t => t is TaskExecution task && IsHeldByPauseBefore(task)) is TaskExecution held)
        {
            return New(workflow, ReasonKind.HeldByPauseBefore, $"Paused{At(held.UpdatedAt)} by the policy 'pause-before' of the task '{held.Name}', until it is resumed.", held.UpdatedAt);
        }

        return below.FirstOrDefault(t => t.State == ExecutionState.Paused) is { } paused
            ? New(workflow, ReasonKind.PausedBelow, $"Paused because of the task '{paused.Name}', below which something is paused.")
            : New(workflow, ReasonKind.PausedByCommand, $"Paused by the command 'pause' of a route, until it is resumed{Because(workflow.StateInfo)}");
    }

    // Said once: what is below shows the way there.
    private string FirstCauseAtTop(IExecution execution) => _explained.Count == 1 ? $" First cause: {FirstCause(execution)}" : "";

    /// <summary>The action or task at the bottom of a failure.</summary>
    private string FirstCause(IExecution execution)
    {
        var cause = execution;
        while (facts.Below(cause.Id).Executions.FirstOrDefault(e => e.State == ExecutionState.Error && e is not TaskExecution { ErrorHandled: true }) is { } next)
        {
            cause = next;
        }

        var task = cause as TaskExecution ?? facts.TaskOf(cause);
        var workflow = task is null ? null : facts.WorkflowOf(task);
        var place = $"the task '{task?.Name}' of the workflow '{workflow?.Name}'";
        return cause switch
        {
            ActionExecution action => $"the action '{action.Name}' in {place} failed{At(action.FinishedAt)}{Because(ErrorOf(action))}",
            WorkflowExecution nested => $"the workflow '{nested.Name}' in {place} failed{At(nested.FinishedAt)}{Because(nested.StateInfo)}",
            _ => $"{place} failed{At(cause.FinishedAt)}{Because(cause.StateInfo)}",
        };
    }
}
