namespace Mistral.Executions.Decisions;

/// <summary>
/// A root workflow execution and everything below it that is still of interest, as an immutable value: open records,
/// counters and indexes. Made from stored rows.
/// </summary>
internal sealed partial class ExecutionTree
{
}
