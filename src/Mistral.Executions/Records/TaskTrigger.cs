namespace Mistral.Executions;

/// <summary>What made a task start: a route of another task.</summary>
/// <param name="TaskExecutionId">The task execution whose route was taken.</param>
/// <param name="Event">The kind of route.</param>
public sealed record TaskTrigger(string TaskExecutionId, RouteKind Event);
