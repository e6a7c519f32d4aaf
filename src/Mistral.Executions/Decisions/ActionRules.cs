namespace Mistral.Executions.Decisions;

/// <summary>Results of actions, and what an operator does to a single one.</summary>
internal static class ActionRules
{
    /// <summary>Takes a result in. A second result is refused.</summary>
    /// <exception cref="InvalidStateTransitionException">There is a result already.</exception>
    public static void Complete(Turn turn, ActionExecution action, ActionResult result, DateTimeOffset? startedAt = null)
    {
        if (action.State.IsCompleted())
        {
            throw new InvalidStateTransitionException(ExecutionKind.Action, action.Id, action.Name, action.State, result.State);
        }

        string? fault = null;
        if (turn.Input.Catalog.FindAction(action.Name, action.Namespace) is { } traits)
        {
            try
            {
                result = traits.PassesDataOn ? result : Transformed(turn, action, traits, result);
            }
            catch (ExpressionException exception)
            {
                // The result itself is not in the tree yet.
                var ended = action with { State = result.State, Output = JsonMap.Create(("result", result.Value)) };
                fault = Secrets.Of(turn, ended).Apply($"The output of the action '{action.Name}' cannot be evaluated: {exception.Message}");
                result = ActionResult.Error(fault);
            }
        }

        turn.EndTimers(action.Id);
        turn.Save(WithReason(turn, ExecutionStateMachine.End(action, result.State, turn.Now, JsonMap.Create(("result", result.Value)), accepted: fault is null, startedAt), result.Value));
        if (action.TaskExecutionId is not { } taskId)
        {
            return;
        }

        if (fault is null)
        {
            OnChildEnded(turn, taskId, result.State, result.Value);
        }
        else
        {
            TaskFaults.Guard(turn, taskId, "complete", fault, static (_, message) => throw new TaskFaultException(message));
        }
    }

    // The result says why an action failed. It is data, so where it holds secrets, what is said of it is kept beside it.
    private static ActionExecution WithReason(Turn turn, ActionExecution ended, JsonData result)
    {
        if (ended.State == ExecutionState.Success || result.IsNull || !turn.Input.Catalog.HasSecrets)
        {
            return ended;
        }

        var reason = result.Kind == JsonKind.String ? result.AsString() : result.ToString();
        var redacted = Secrets.Of(turn, ended).Apply(reason);
        return redacted == reason ? ended : ended with { StateInfo = redacted };
    }

    private static ActionResult Transformed(Turn turn, ActionExecution action, ActionTraits traits, ActionResult result) =>
        traits.TransformResult(result, data => Children.ResultScope(turn, action, data));

    /// <summary>A child of a task has ended, with a result that counts.</summary>
    public static void OnChildEnded(Turn turn, string taskId, ExecutionState state, JsonData value)
    {
        if (turn.Tree.FindTask(taskId) is not { } task || task.State.IsCompleted())
        {
            return;
        }

        if (turn.DefinitionOf(task) is { WithItems.Count: > 0 })
        {
            Items.OnItemEnded(turn, task, state);
        }
        else
        {
            var info = state == ExecutionState.Success || !Truth.Of(value) ? null : Truth.Text(value);
            TaskCompletion.Complete(turn, taskId, state, info);
        }
    }

    /// <summary>Pauses or resumes one outside action.</summary>
    /// <exception cref="InvalidStateTransitionException">It cannot be in that state now.</exception>
    public static void Update(Turn turn, ActionExecution action, ExecutionState state)
    {
        if (action.State == state)
        {
            return;
        }

        if (!action.IsOutside && state == ExecutionState.Paused)
        {
            throw new InvalidStateTransitionException(ExecutionKind.Action, action.Id, action.Name, action.State, state);
        }

        turn.Save(ExecutionStateMachine.Move(action, state, turn.Now));
        turn.Note(action.Id, state == ExecutionState.Paused ? "paused" : "resumed", null);
        if (action.TaskExecutionId is not { } taskId)
        {
            return;
        }

        if (state == ExecutionState.Paused)
        {
            Pausing.OnChildPaused(turn, taskId);
        }
        else
        {
            Pausing.OnChildResumed(turn, taskId);
        }
    }
}
