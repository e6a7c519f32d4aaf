namespace Mistral.Executions;

/// <summary>An action execution that an engine ran, or was about to run, when it last had the tree.</summary>
/// <param name="ActionExecutionId">The action execution.</param>
/// <param name="TreeId">Its tree.</param>
/// <param name="OwnerId">The engine that owns the tree.</param>
public sealed record RecoverableAction(string ActionExecutionId, string TreeId, string OwnerId);
