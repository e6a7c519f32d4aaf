namespace Mistral.Executions.Explanations;

/// <content>Action executions.</content>
internal sealed partial class Explainer
{
    private Explanation Action(ActionExecution action) => action.State switch
    {
        ExecutionState.Success => New(action, ReasonKind.Succeeded, $"Ended in SUCCESS{At(action.FinishedAt)}.", action.FinishedAt),
        ExecutionState.Error => New(action, ReasonKind.Failed, $"Failed{At(action.FinishedAt)}{Because(ErrorOf(action))}", action.FinishedAt),
        ExecutionState.Cancelled => New(action, ReasonKind.Cancelled, $"Cancelled{At(action.FinishedAt)}{Because(ErrorOf(action))}", action.FinishedAt),
        ExecutionState.Paused => PausedAction(action),
        _ => action.IsOutside ? OutsideAction(action) : RunningAction(action),
    };

    private Explanation PausedAction(ActionExecution action)
    {
        var pause = facts.LastOf(action.Id, "paused");
        return New(action, ReasonKind.PausedByOperator, $"An operator paused it{At(pause?.At)}{Because(pause?.Reason)}", pause?.At);
    }

    private Explanation OutsideAction(ActionExecution action)
    {
        var limit = Timer(action, TimerKind.ActionDeadline);
        var sentence = $"Waits since {Time(action.CreatedAt)} for the result of the outside action execution {action.Id}.";
        if (limit is not null)
        {
            var missing = limit.Data["heartbeat"].IsNull ? "no result" : "neither a result nor a sign of life";
            sentence += $" It fails when there is {missing} by {Time(limit.DueAt)}.";
        }

        return New(action, ReasonKind.WaitsForResult, sentence + WhenTooLate(action), action.CreatedAt, limit?.DueAt);
    }

    private Explanation RunningAction(ActionExecution action)
    {
        if (facts.TurnOf(action.Id) is { } turn)
        {
            var limit = turn.Target is { } target ? $"the target '{target}' has room for {turn.Limit} at once" : $"the engine runs {turn.Limit} at once";
            var before = turn.Before == 0 ? "it is the next" : $"{turn.Before} {(turn.Before == 1 ? "comes" : "come")} before it";
            return New(action, ReasonKind.WaitsForTurn, $"Its body waits for its turn since {Time(action.CreatedAt)}: {limit}, and {before}.{WhenTooLate(action)}", action.CreatedAt);
        }

        if (facts.OwnerLives || facts.Owner.EngineId == facts.EngineId)
        {
            return New(action, ReasonKind.BodyRunning, $"Its body runs since {Time(action.CreatedAt)}.{WhenTooLate(action)}", action.CreatedAt);
        }

        var future = action.IsSafeToRerun ? "it will be run again" : "it will end in ERROR, because it is not safe to run it again";
        return New(action, ReasonKind.WaitsForTakeover, $"Its body began at {Time(action.CreatedAt)}, and its engine died; {future}.", action.CreatedAt);
    }

    private string WhenTooLate(ActionExecution action) =>
        facts.TaskOf(action) is { } task && facts.WorkflowOf(task) is { } workflow && (task.State.IsCompleted() || workflow.State.IsCompleted())
            ? $" What it gives no longer matters: its {(task.State.IsCompleted() ? $"task '{task.Name}'" : $"workflow '{workflow.Name}'")} has ended."
            : "";
}
