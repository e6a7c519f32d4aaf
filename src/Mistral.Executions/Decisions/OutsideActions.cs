using System.Globalization;

namespace Mistral.Executions.Decisions;

/// <summary>
/// The time that an outside action has: one timer an action, at its deadline or where its next sign of life is due,
/// whichever comes first. A sign of life moves the timer, and writes nothing else.
/// </summary>
internal static class OutsideActions
{
    public static void SetLimits(Turn turn, ActionExecution action, ActionTraits traits)
    {
        if (Sooner(turn.Now + traits.Deadline, turn.Now + traits.Heartbeat) is not { } due)
        {
            return;
        }

        var data = JsonMap.Create(
            ("deadline", (turn.Now + traits.Deadline)?.ToString("O", CultureInfo.InvariantCulture)),
            ("heartbeat", traits.Heartbeat is { } heartbeat ? heartbeat.TotalSeconds : default(JsonData)));
        turn.SetTimer(action.Id, TimerKind.ActionDeadline, due - turn.Now, data);
    }

    /// <summary>Takes a sign of life in.</summary>
    /// <exception cref="InvalidStateTransitionException">The action has ended: whoever works on it can stop.</exception>
    /// <exception cref="InputException">The action is no outside action.</exception>
    public static void Heartbeat(Turn turn, ActionExecution action)
    {
        if (action.State.IsCompleted())
        {
            throw new InvalidStateTransitionException(ExecutionKind.Action, action.Id, action.Name, action.State, ExecutionState.Running);
        }

        if (!action.IsOutside)
        {
            throw new InputException($"The action '{action.Name}' runs in the engine: only an outside action gives signs of life.");
        }

        var timer = turn.Tree.TimersOf(action.Id).Find(t => t.Kind == TimerKind.ActionDeadline);
        if (timer is not null && HeartbeatOf(timer) is { } heartbeat && Sooner(DeadlineOf(timer), turn.Now + heartbeat) is { } due && due != timer.DueAt)
        {
            turn.MoveTimer(timer, due);
        }
    }

    /// <summary>Ends an action whose time is over.</summary>
    public static void Miss(Turn turn, ActionExecution action, ExecutionTimer timer)
    {
        var reason = timer.DueAt == DeadlineOf(timer)
            ? $"gave no result by its deadline, {timer.DueAt:u}."
            : $"gave no sign of life for {HeartbeatOf(timer)!.Value.TotalSeconds} s, until {timer.DueAt:u}.";
        ActionRules.Complete(turn, action, ActionResult.Error($"The outside action '{action.Name}' {reason}"));
    }

    private static DateTimeOffset? DeadlineOf(ExecutionTimer timer) =>
        timer.Data["deadline"] is { Kind: JsonKind.String } text ? DateTimeOffset.Parse(text.AsString(), CultureInfo.InvariantCulture) : null;

    private static TimeSpan? HeartbeatOf(ExecutionTimer timer) =>
        timer.Data["heartbeat"] is { IsNull: false } seconds ? TimeSpan.FromSeconds(seconds.AsDouble()) : null;

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
