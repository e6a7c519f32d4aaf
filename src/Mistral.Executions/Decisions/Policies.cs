namespace Mistral.Executions.Decisions;

/// <summary>What the policies of a task do before it starts and after it has ended. See "Policies" in Mistral's description of the workflow language.</summary>
internal static class Policies
{
    /// <summary>Gives pause-before, wait-before and timeout their turn; the task may be IDLE or RUNNING_DELAYED afterwards.</summary>
    public static void BeforeStart(Turn turn, string id)
    {
        var task = turn.Tree.FindTask(id)!;
        var policies = turn.DefinitionOf(task)!.Policies;
        if (ReferenceEquals(policies, TaskPolicies.None))
        {
            return;
        }

        var scope = TaskStart.Scope(turn, task);
        if (policies.PauseBefore is { } pause && Truth.Boolean(pause.Evaluate(scope), "pause-before"))
        {
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Idle, turn.Now, TaskPolicies.HeldByPauseBefore));
            Pausing.Pause(turn, task.WorkflowExecutionId, null);
        }

        task = turn.Tree.FindTask(id)!;
        if (policies.WaitBefore is { } wait && Truth.Seconds(wait.Evaluate(scope), "wait-before") is var delay && delay > TimeSpan.Zero
            && task.State != ExecutionState.Idle && !task.PolicyProgress.HasFlag(TaskPolicyProgress.WaitedBefore))
        {
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.RunningDelayed, turn.Now, $"Delayed by the policy 'wait-before' for {delay.TotalSeconds} s.") with
            {
                PolicyProgress = task.PolicyProgress | TaskPolicyProgress.WaitedBefore,
            });
            turn.SetTimer(id, TimerKind.ContinueTask, delay);
        }

        CheckLaterPolicies(policies, scope);
        SetTimeout(turn, id);
    }

    public static void SetTimeout(Turn turn, string id)
    {
        if (TimeoutOf(turn, turn.Tree.FindTask(id)!) is { } limit)
        {
            turn.SetTimer(id, TimerKind.TaskTimeout, limit, limit.TotalSeconds);
        }
    }

    /// <summary>The timeout of a task; <see langword="null"/> when it has none.</summary>
    public static TimeSpan? TimeoutOf(Turn turn, TaskExecution task) =>
        turn.DefinitionOf(task)!.Policies.Timeout is { } timeout
            && Truth.Seconds(timeout.Evaluate(TaskStart.Scope(turn, task)), "timeout") is var limit && limit > TimeSpan.Zero
                ? limit
                : null;

    /// <summary>Gives wait-after, fail-on and retry their turn.</summary>
    /// <param name="turn">The decision.</param>
    /// <param name="task">The task as it was.</param>
    /// <param name="ended">The task as it would end.</param>
    /// <param name="scope">What expressions see: the task as it would end, with or without what it publishes. As in Mistral, only break-on and continue-on see that.</param>
    /// <returns>The task as it ends, or <see langword="null"/> when it does not end yet and has been saved.</returns>
    public static TaskExecution? AfterEnd(Turn turn, TaskExecution task, TaskExecution ended, Func<TaskExecution, bool, DecisionScope> scope)
    {
        var policies = turn.DefinitionOf(task)!.Policies;
        if (ReferenceEquals(policies, TaskPolicies.None))
        {
            return ended;
        }

        // In a workflow that has ended nothing starts any more, and nothing is waited for.
        var goesOn = !turn.Tree.FindWorkflow(task.WorkflowExecutionId)!.State.IsCompleted();
        if (goesOn && policies.WaitAfter is { } wait && Truth.Seconds(wait.Evaluate(scope(ended, false)), "wait-after") is var delay && delay > TimeSpan.Zero
            && !task.PolicyProgress.HasFlag(TaskPolicyProgress.WaitedAfter))
        {
            Delay(
                turn,
                task with { Published = ended.Published, PolicyProgress = task.PolicyProgress | TaskPolicyProgress.WaitedAfter },
                task.State == ExecutionState.Waiting ? ExecutionState.Waiting : ExecutionState.RunningDelayed,
                $"Delayed by the policy 'wait-after' for {delay.TotalSeconds} s.");
            SetEnd(turn, task.Id, delay, ended.State, ended.StateInfo);
            return null;
        }

        if (policies.FailOn is { } failOn && ended.State == ExecutionState.Success && Truth.Boolean(failOn.Evaluate(scope(ended, false)), "fail-on"))
        {
            ended = ExecutionStateMachine.Move(task, ExecutionState.Error, turn.Now, "Failed by the policy 'fail-on'.") with { Published = ended.Published };
        }

        return goesOn && policies.Retry is { } retry && IsRetried(turn, task, ended, retry, scope, out var attempt, out var pause)
            ? Retry(turn, task, ended, attempt, pause)
            : ended;
    }

    /// <summary>Whether the policy wait-after holds a delayed task: it does so once, before the first retry.</summary>
    public static bool IsHeldAfterItsEnd(TaskExecution delayed) =>
        delayed.PolicyProgress.HasFlag(TaskPolicyProgress.WaitedAfter) && delayed.RetryNumber == 0;

    public static void SetEnd(Turn turn, string id, TimeSpan delay, ExecutionState state, string? info) =>
        turn.SetTimer(id, TimerKind.CompleteTask, delay, JsonMap.Create(("state", state.ToWireName()), ("info", info)));

    // As in Mistral, what is wrong with a policy that acts after the end is found before the start.
    private static void CheckLaterPolicies(TaskPolicies policies, DecisionScope scope)
    {
        if (policies.WaitAfter is { } wait)
        {
            Truth.Seconds(wait.Evaluate(scope), "wait-after");
        }

        if (policies.Retry is { } retry)
        {
            Truth.Count(retry.Count.Evaluate(scope), "retry");
            Truth.Seconds(retry.Delay.Evaluate(scope), "retry");
        }
    }

    private static bool IsRetried(Turn turn, TaskExecution task, TaskExecution ended, RetryPolicy retry, Func<TaskExecution, bool, DecisionScope> scope, out int attempt, out TimeSpan pause)
    {
        var count = Truth.Count(retry.Count.Evaluate(scope(ended, false)), "retry");
        pause = Truth.Seconds(retry.Delay.Evaluate(scope(ended, false)), "retry");
        attempt = task.RetryNumber + 1;
        if (count == 0)
        {
            return false;
        }

        var after = scope(ended, true);
        var goesOn = retry.ContinueOn is null ? (bool?)null : Truth.Of(retry.ContinueOn.Evaluate(after));
        var breaks = retry.BreakOn is not null && Truth.Of(retry.BreakOn.Evaluate(after));
        if (ended.State == ExecutionState.Cancelled || attempt > count)
        {
            return false;
        }

        if (retry.Backoff is { } backoff)
        {
            pause = Grown(pause, backoff, attempt, turn.Input.Ids.NextFraction());
        }

        return (ended.State == ExecutionState.Error || goesOn is not null) && goesOn != false && !(breaks && ended.State == ExecutionState.Error);
    }

    private static TimeSpan Grown(TimeSpan pause, RetryBackoff backoff, int attempt, double chance)
    {
        var seconds = Math.Min(pause.TotalSeconds * Math.Pow(backoff.Factor, attempt - 1), backoff.Maximum.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (backoff.Jitter * chance)));
    }

    private static TaskExecution? Retry(Turn turn, TaskExecution task, TaskExecution ended, int attempt, TimeSpan pause)
    {
        Children.Abandon(turn, task);
        Children.TakeBackResults(turn, task, onlyFailures: false);
        var isJoin = task.IsJoin;
        Delay(
            turn,
            task with { Published = ended.Published, RetryNumber = attempt, Items = Items.Again(task.Items) },
            isJoin ? ExecutionState.Waiting : ExecutionState.RunningDelayed,
            $"Delayed by the policy 'retry' for {pause.TotalSeconds} s before attempt {attempt + 1}.");
        turn.SetTimer(task.Id, isJoin ? TimerKind.RefreshJoin : TimerKind.ContinueTask, pause);
        return null;
    }

    private static void Delay(Turn turn, TaskExecution task, ExecutionState state, string info)
    {
        // A task whose time is over while it is delayed has done with that delay.
        foreach (var timer in turn.Tree.TimersOf(task.Id).Where(t => t.Kind != TimerKind.TaskTimeout))
        {
            turn.EndTimer(timer);
        }

        var delayed = task.State == state
            ? task with { StateInfo = info, UpdatedAt = turn.Now, FinishedAt = null }
            : ExecutionStateMachine.Move(task, state, turn.Now, info);
        turn.Save(delayed with { Processed = false });
    }
}
