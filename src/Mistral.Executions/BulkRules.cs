namespace Mistral.Executions;

/// <summary>To which executions a verb can be done, as far as their records tell.</summary>
internal static class BulkRules
{
    private static readonly ExecutionState[] Open = [ExecutionState.Idle, ExecutionState.Running, ExecutionState.Paused];

    /// <summary>The states in which there is something for the verb to do.</summary>
    public static IReadOnlyList<ExecutionState> StatesFor(BulkVerb verb) => verb switch
    {
        BulkVerb.Pause or BulkVerb.PauseActions => [ExecutionState.Running],
        BulkVerb.Resume or BulkVerb.ResumeActions => [ExecutionState.Paused],
        BulkVerb.Cancel or BulkVerb.Stop or BulkVerb.CompleteActions => Open,
        BulkVerb.RerunTasks or BulkVerb.SkipTasks => [ExecutionState.Error, ExecutionState.Cancelled],
        BulkVerb.Delete => [ExecutionState.Success, ExecutionState.Error, ExecutionState.Cancelled],
        _ => [],
    };

    public static ExecutionKind KindFor(BulkVerb verb) => verb switch
    {
        BulkVerb.RerunTasks or BulkVerb.SkipTasks => ExecutionKind.Task,
        BulkVerb.PauseActions or BulkVerb.ResumeActions or BulkVerb.CompleteActions => ExecutionKind.Action,
        _ => ExecutionKind.Workflow,
    };

    /// <exception cref="ArgumentException">The options do not fit the verb.</exception>
    public static void Check(BulkVerb verb, BulkOptions options)
    {
        if (verb == BulkVerb.Stop && options.StopState is not (ExecutionState.Success or ExecutionState.Error or ExecutionState.Cancelled))
        {
            throw new ArgumentException($"A workflow execution is stopped in SUCCESS, ERROR or CANCELLED, not in {options.StopState.ToWireName()}.", nameof(options));
        }

        if (verb == BulkVerb.CompleteActions && options.Result is null)
        {
            throw new ArgumentException("To complete actions takes a result.", nameof(options));
        }
    }

    /// <summary>What the verb would do to an execution, and why nothing when it would not.</summary>
    public static (BulkOutcome Outcome, string? Reason) Judge(BulkVerb verb, IExecution execution, BulkOptions options)
    {
        var state = execution.State;
        switch (verb)
        {
            case BulkVerb.Update:
                return (BulkOutcome.Done, null);
            case BulkVerb.Delete:
                return execution is WorkflowExecution { TaskExecutionId: not null }
                    ? Refused("It is part of another execution and can only be deleted with it.")
                    : state.IsCompleted() ? (BulkOutcome.Done, null) : Refused($"It is {state.ToWireName()} and has not ended.");
        }

        var target = TargetOf(verb, options);
        if (state == target)
        {
            return (BulkOutcome.Unchanged, $"It is {state.ToWireName()} already.");
        }

        if (execution is ActionExecution { IsOutside: false })
        {
            return Refused("It is no outside action: the engine runs it.");
        }

        // To run a failed workflow or task again is not to resume it, and one that has not ended has no end to take back.
        var wantsEnded = verb is BulkVerb.RerunTasks or BulkVerb.SkipTasks;
        return state.IsCompleted() == wantsEnded && ExecutionStateMachine.CanMove(execution.Kind, state, target)
            ? (BulkOutcome.Done, null)
            : Refused($"It is {state.ToWireName()} and cannot become {target.ToWireName()}.");
    }

    private static (BulkOutcome Outcome, string? Reason) Refused(string reason) => (BulkOutcome.Refused, reason);

    private static ExecutionState TargetOf(BulkVerb verb, BulkOptions options) => verb switch
    {
        BulkVerb.Pause or BulkVerb.PauseActions => ExecutionState.Paused,
        BulkVerb.Resume or BulkVerb.ResumeActions or BulkVerb.RerunTasks => ExecutionState.Running,
        BulkVerb.Cancel => ExecutionState.Cancelled,
        BulkVerb.Stop => options.StopState,
        BulkVerb.SkipTasks => ExecutionState.Skipped,
        _ => options.Result!.State,
    };
}
