namespace Mistral.Executions;

/// <summary>A tree whose root has ended, as far as it matters for how long it is kept.</summary>
/// <param name="Id">The root: a workflow execution, or an action execution that stands alone.</param>
/// <param name="Kind">The kind of the root.</param>
/// <param name="State">The state in which the root ended.</param>
/// <param name="CreatedAt">When the root was created.</param>
/// <param name="FinishedAt">When the root ended.</param>
/// <param name="Owner">
/// The lease of the engine that owns the tree; one that is void for good has run out at <see cref="DateTimeOffset.MinValue"/>.
/// <see langword="null"/> when its deletion was interrupted: it is to be deleted again.
/// </param>
public sealed record EndedTree(string Id, ExecutionKind Kind, ExecutionState State, DateTimeOffset CreatedAt, DateTimeOffset FinishedAt, EngineLease? Owner);
