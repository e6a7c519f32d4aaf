namespace Mistral.Executions.Model;

/// <summary>One run of the action of a task, for one of its items.</summary>
internal sealed record ModelBody(int Task, int Index)
{
    public ExecutionState State { get; init; } = ExecutionState.Running;

    /// <summary>Whether it belongs to the attempt that counts: a retry or rerun begins another.</summary>
    public bool Counts { get; init; } = true;
}
