namespace Mistral.Executions;

/// <summary>The <c>retry</c> policy. See "Policies" in Mistral's description of the workflow language.</summary>
public sealed record RetryPolicy
{
    /// <summary>How often the task is started again at the most.</summary>
    public required IExpression Count { get; init; }

    /// <summary>The delay before each new attempt, in seconds.</summary>
    public required IExpression Delay { get; init; }

    /// <summary>True stops retrying after an error.</summary>
    public IExpression? BreakOn { get; init; }

    /// <summary>True starts the task again even after a success.</summary>
    public IExpression? ContinueOn { get; init; }

    /// <summary>How the delay grows; <see langword="null"/> for the same delay each time. Not in Mistral.</summary>
    public RetryBackoff? Backoff { get; init; }
}
