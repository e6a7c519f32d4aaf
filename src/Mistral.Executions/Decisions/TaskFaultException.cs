namespace Mistral.Executions.Decisions;

/// <summary>What a workflow says cannot be carried out: the task fails, and the engine goes on.</summary>
internal sealed class TaskFaultException(string message) : Exception(message);
