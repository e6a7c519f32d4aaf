namespace Mistral.Executions;

/// <summary>A change that is durable.</summary>
/// <param name="TreeId">The tree it belongs to: the id of the root workflow execution, or of an action execution that stands alone.</param>
/// <param name="Execution">The record after the change. Changes that became durable together show only the last of them.</param>
/// <param name="IsNew">Whether the record was made by it.</param>
public sealed record ExecutionChange(string TreeId, IExecution Execution, bool IsNew);
