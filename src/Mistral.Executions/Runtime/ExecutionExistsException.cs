namespace Mistral.Executions.Runtime;

/// <summary>A start met an execution of its id. The facade looks whether it is the same one; no caller sees this.</summary>
internal sealed class ExecutionExistsException(string executionId) : ExecutionException($"The execution '{executionId}' exists already.");
