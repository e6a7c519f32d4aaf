namespace Mistral.Executions.Model;

/// <summary>A timer of a task in the model.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Task">Whose it is.</param>
/// <param name="State">The state it ends the task in, when it does.</param>
internal sealed record ModelTimer(TimerKind Kind, int Task, ExecutionState State = default);
