namespace Mistral.Executions.Decisions;

/// <summary>
/// A root workflow execution and everything below it that is still of interest, as an immutable value: open records,
/// counters and indexes. Made from stored rows, and from another tree by <see cref="Apply"/>.
/// </summary>
internal sealed partial class ExecutionTree
{
}
