namespace Mistral.Executions.Explanations;

/// <content>Task executions.</content>
internal sealed partial class Explainer
{
    private Explanation Task(TaskExecution task)
    {
        var workflow = facts.WorkflowOf(task);
        if (task.State.IsCompleted())
        {
            return EndedTask(task, workflow);
        }

        if (workflow is { State: var ended, FinishedAt: var at } && ended.IsCompleted())
        {
            return New(task, ReasonKind.CanNeverRun, $"Can never go on: its workflow '{workflow.Name}' has ended in {ended.ToWireName()}{At(at)}.", at);
        }

        return task.State switch
        {
            ExecutionState.Idle => HeldTask(task, workflow),
            ExecutionState.Waiting => Timer(task, TimerKind.RefreshJoin) is { } refresh ? Retried(task, refresh) : WaitingJoin(task),
            ExecutionState.RunningDelayed => DelayedTask(task),
            ExecutionState.Paused => WithBelow(New(task, ReasonKind.PausedBelow, "Paused with what is below it."), task),
            _ => RunningTask(task),
        };
    }

    private Explanation RunningTask(TaskExecution task)
    {
        var timeout = Timer(task, TimerKind.TaskTimeout)?.DueAt;
        var limit = timeout is { } due ? $" It must end by {Time(due)} (policy 'timeout')." : "";
        var attempt = task.RetryNumber > 0 ? $", in retry {task.RetryNumber}{OfRetries(task)}" : "";
        if (task.Items is { } items)
        {
            var toCome = items.Count - items.Finished - items.Running;
            var failed = items.Failed > 0 ? $" ({items.Failed} of them failed)" : "";
            var sentence = $"{items.Finished} of {items.Count} items are done{failed}, {items.Running} run, {toCome} are to come{attempt}.{limit}";
            return WithBelow(New(task, ReasonKind.WaitsForItems, sentence, task.StartedAt, timeout), task);
        }

        return WithBelow(New(task, ReasonKind.Running, $"Runs since {Time(task.StartedAt ?? task.CreatedAt)}{attempt}.{limit}", task.StartedAt, timeout), task);
    }

    private Explanation HeldTask(TaskExecution task, WorkflowExecution? workflow)
    {
        if (IsHeldByPauseBefore(task))
        {
            return New(task, ReasonKind.HeldByPauseBefore, $"Held by its policy 'pause-before' since {Time(task.UpdatedAt)}, until its workflow is resumed.", task.UpdatedAt);
        }

        var held = New(task, ReasonKind.HeldByPause, $"Its delay was over at {Time(task.UpdatedAt)}; it starts when its workflow is resumed.", task.UpdatedAt);
        return workflow is { State: ExecutionState.Paused } && !_explained.Contains(workflow.Id) ? held with { Children = [PauseOf(workflow)] } : held;
    }

    private Explanation DelayedTask(TaskExecution task)
    {
        if (Timer(task, TimerKind.CompleteTask) is { } end)
        {
            return New(
                task,
                ReasonKind.DelayedByWaitAfter,
                $"Its work is done; its end in {end.Data["state"].AsString()} is delayed by its policy 'wait-after' until {Time(end.DueAt)}.",
                task.UpdatedAt,
                end.DueAt);
        }

        if (Timer(task, TimerKind.ContinueTask) is not { } timer)
        {
            return New(task, ReasonKind.Running, Ended(task.StateInfo ?? "Delayed."), task.UpdatedAt);
        }

        return task.RetryNumber > 0
            ? Retried(task, timer)
            : New(task, ReasonKind.DelayedByWaitBefore, $"Delayed by its policy 'wait-before' until {Time(timer.DueAt)}.", task.UpdatedAt, timer.DueAt);
    }

    private Explanation Retried(TaskExecution task, ExecutionTimer timer)
    {
        var sentence = $"Waits for retry {task.RetryNumber}{OfRetries(task)}, which is due at {Time(timer.DueAt)}.";
        return WithBelow(New(task, ReasonKind.DelayedByRetry, sentence, task.UpdatedAt, timer.DueAt), task);
    }

    private Explanation EndedTask(TaskExecution task, WorkflowExecution? workflow)
    {
        if (!task.Processed && workflow is { State: ExecutionState.Paused })
        {
            var held = New(task, ReasonKind.HeldByPause, $"Ended in {task.State.ToWireName()}{At(task.FinishedAt)}; what follows waits until its workflow is resumed.", task.FinishedAt);
            return _explained.Contains(workflow.Id) ? held : held with { Children = [PauseOf(workflow)] };
        }

        switch (task.State)
        {
            case ExecutionState.Error when task is { IsJoin: true, StartedAt: null }:
                return FailedJoin(task);
            case ExecutionState.Error:
                return FailedTask(task);
            case ExecutionState.Cancelled:
                return WithBelow(New(task, ReasonKind.Cancelled, $"Cancelled{At(task.FinishedAt)}{Because(task.StateInfo)}", task.FinishedAt), task);
            case ExecutionState.Skipped:
                return New(task, ReasonKind.Skipped, $"An operator skipped it{At(task.FinishedAt)}.{LedTo(task)}", task.FinishedAt);
            default:
                return New(task, ReasonKind.Succeeded, $"Ended in SUCCESS{At(task.FinishedAt)}.{LedTo(task)}", task.FinishedAt);
        }
    }

    private Explanation FailedTask(TaskExecution task)
    {
        var retries = task.RetryNumber > 0 ? $" after {task.RetryNumber} {(task.RetryNumber == 1 ? "retry" : "retries")}" : "";
        var what = $"Failed{At(task.FinishedAt)}{retries}";
        var isBelow = facts.Below(task.Id).Executions.Any(c => c.State == ExecutionState.Error);
        var sentence = isBelow && task.Items is null ? $"{what}.{FirstCauseAtTop(task)}" : $"{what}{Because(task.StateInfo)}";
        var reason = task.ErrorHandled ? ReasonKind.FailureHandled : ReasonKind.Failed;
        return WithBelow(New(task, reason, $"{sentence}{LedTo(task)}", task.FinishedAt), task);
    }

    // The record says it: where no engine runs, nobody knows the policies of a workflow made in C#.
    private static bool IsHeldByPauseBefore(TaskExecution task) =>
        task is { State: ExecutionState.Idle, StateInfo: TaskPolicies.HeldByPauseBefore };

    private string OfRetries(TaskExecution task) =>
        facts.DefinitionOf(task)?.Policies.Retry?.Count is ConstantExpression { Value: { Kind: JsonKind.Integer } count } ? $" of {count}" : "";

    private static string LedTo(TaskExecution task) => task.NextTasks is { Count: > 0 } next ? $" It led to {Names(next.Select(n => n.Name))}." : "";
}
