namespace Mistral.Executions;

/// <summary>A route that a finished task took.</summary>
/// <param name="Name">The task it leads to.</param>
/// <param name="Event">The kind of route.</param>
/// <param name="TaskExecutionId">The task execution it led to; <see langword="null"/> while the workflow is paused, or when the route came to nothing.</param>
public sealed record NextTask(string Name, RouteKind Event, string? TaskExecutionId = null);
