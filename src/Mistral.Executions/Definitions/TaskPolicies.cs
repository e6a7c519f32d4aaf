namespace Mistral.Executions;

/// <summary>The policies of a task; what it does not say itself comes from <c>task-defaults</c>. See "Policies" in Mistral's description of the workflow language.</summary>
public sealed record TaskPolicies
{
    /// <summary>What the state info of a task says while pause-before holds it.</summary>
    internal const string HeldByPauseBefore = "Held by the policy 'pause-before' until the workflow is resumed.";

    /// <summary>No policy at all.</summary>
    public static TaskPolicies None { get; } = new();

    /// <summary><c>pause-before</c>: true pauses the workflow execution before the task.</summary>
    public IExpression? PauseBefore { get; init; }

    /// <summary><c>wait-before</c>: the delay before the task starts, in seconds.</summary>
    public IExpression? WaitBefore { get; init; }

    /// <summary><c>wait-after</c>: the delay before the end of the task counts, in seconds.</summary>
    public IExpression? WaitAfter { get; init; }

    /// <summary><c>fail-on</c>: true turns a success into an error.</summary>
    public IExpression? FailOn { get; init; }

    /// <summary><c>retry</c>.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary><c>timeout</c>: the task ends in ERROR after so many seconds.</summary>
    public IExpression? Timeout { get; init; }

    /// <summary><c>concurrency</c>: how many items run at once.</summary>
    public IExpression? Concurrency { get; init; }

    /// <summary><c>safe-rerun</c>: whether an action that was running when the process died is run again.</summary>
    public IExpression? SafeRerun { get; init; }

    /// <summary>
    /// These policies, with those of <paramref name="defaults"/> where these say nothing. As in Mistral, a constant 0 or
    /// false says nothing, except for <see cref="SafeRerun"/>.
    /// </summary>
    /// <param name="defaults">The defaults.</param>
    /// <returns>The policies that count.</returns>
    public TaskPolicies Over(TaskPolicies defaults)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        var policies = new TaskPolicies
        {
            PauseBefore = Said(PauseBefore) ?? defaults.PauseBefore,
            WaitBefore = Said(WaitBefore) ?? defaults.WaitBefore,
            WaitAfter = Said(WaitAfter) ?? defaults.WaitAfter,
            FailOn = Said(FailOn) ?? defaults.FailOn,
            Retry = Retry ?? defaults.Retry,
            Timeout = Said(Timeout) ?? defaults.Timeout,
            Concurrency = Said(Concurrency) ?? defaults.Concurrency,
            SafeRerun = SafeRerun ?? defaults.SafeRerun,
        };

        // None is told by its reference, so that a step of a task without policies costs nothing for them.
        return policies == None ? None : policies;
    }

    private static IExpression? Said(IExpression? policy) =>
        policy is ConstantExpression { Value: var value } && (value == false || value == 0 || value == 0.0) ? null : policy;
}
