namespace Mistral.Executions;

/// <summary>Which changes a watcher wants to hear of. Everything that is given must hold.</summary>
public sealed record ExecutionWatch
{
    /// <summary>Only executions of these kinds; of all when empty.</summary>
    public IReadOnlyList<ExecutionKind> Kinds { get; init; } = [];

    /// <summary>Only those that are in one of these states after the change; in all when empty.</summary>
    public IReadOnlyList<ExecutionState> States { get; init; } = [];

    /// <summary>Only executions of this name.</summary>
    public string? Name { get; init; }

    /// <summary>Only this workflow execution at the top of a tree and what is below it.</summary>
    public string? RootExecutionId { get; init; }

    /// <summary>How many changes are kept for a watcher that does not take them at once; 10,000 by default.</summary>
    public int Buffer
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 10_000;

    internal bool Includes(IExecution execution) =>
        (Kinds.Count == 0 || Kinds.Contains(execution.Kind))
        && (States.Count == 0 || States.Contains(execution.State))
        && (Name is null || execution.Name == Name)
        && (RootExecutionId is null || execution.RootExecutionId == RootExecutionId);
}
