namespace Mistral.Executions;

/// <summary>One execution that a verb was for.</summary>
/// <param name="Kind">The kind of execution.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name of the workflow, task or action.</param>
/// <param name="State">The state it was in before.</param>
/// <param name="Outcome">What was done; in a preview, what would be.</param>
/// <param name="Reason">Why nothing was done; <see langword="null"/> when something was.</param>
public sealed record BulkItem(ExecutionKind Kind, string Id, string Name, ExecutionState State, BulkOutcome Outcome, string? Reason);
