namespace Mistral.Executions;

/// <summary>What an engine should know of an action beside its body.</summary>
public sealed record ActionOptions
{
    /// <summary>
    /// Whether the action is run again, with the same <see cref="ActionContext.IdempotencyKey"/>, when the process died
    /// while it ran. When not, it ends in ERROR instead. The <c>safe-rerun</c> of a task goes before this. <see langword="true"/>
    /// by default, unlike in Mistral, where it is <see langword="false"/> for all actions.
    /// </summary>
    public bool IsSafeToRerun { get; init; } = true;

    /// <summary>
    /// How long a run may take before it is told to stop and ends in ERROR: more than nothing, at most 49 days;
    /// <see langword="null"/>, the default, for as long as it wants. A run that does not stop when it is told to goes on
    /// beside whatever follows, and what it gives is dropped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than 49 days.</exception>
    public TimeSpan? Timeout
    {
        get;
        init
        {
            if (value is { } time)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(Timeout));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(49), nameof(Timeout));
            }

            field = value;
        }
    }

    /// <summary>
    /// How long an outside action may take until <see cref="ExecutionEngine.CompleteActionAsync"/> must have its result;
    /// after that it ends in ERROR. It counts from the start, restarts and pauses included, and is for outside actions
    /// only. <see langword="null"/>, the default, for as long as it wants.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public TimeSpan? Deadline
    {
        get;
        init => field = Positive(value, nameof(Deadline));
    }

    /// <summary>
    /// How long an outside action may give no sign of life (<see cref="ExecutionEngine.HeartbeatAsync"/>), from its start
    /// on, until it ends in ERROR; for outside actions only. A sign of life costs one small write: give this several times
    /// the pace at which signs come. <see langword="null"/>, the default, when it need give none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public TimeSpan? Heartbeat
    {
        get;
        init => field = Positive(value, nameof(Heartbeat));
    }

    /// <summary>
    /// The parameters that a caller must give. Where neither these nor <see cref="OptionalParameters"/> are stated, they are
    /// taken from the properties of the input type; an action whose input is a <see cref="JsonMap"/> takes any then.
    /// </summary>
    public IReadOnlyList<string>? RequiredParameters { get; init; }

    /// <summary>The parameters that a caller may leave out.</summary>
    public IReadOnlyList<string>? OptionalParameters { get; init; }

    /// <summary>
    /// The parameters whose values are kept out of logs, traces, state infos and the texts of exceptions. What a caller fills
    /// in counts wherever it came from.
    /// </summary>
    public IReadOnlyList<string> SecretInputs { get; init; } = [];

    /// <summary>
    /// Whether the result is kept out of logs, traces, state infos and the texts of exceptions, and with it what tasks publish
    /// that call the action. A text that says why the action failed is not the result.
    /// </summary>
    public bool IsOutputSecret { get; init; }

    private static TimeSpan? Positive(TimeSpan? time, string name)
    {
        if (time is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, name);
        }

        return time;
    }
}
