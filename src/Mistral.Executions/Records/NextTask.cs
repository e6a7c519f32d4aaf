namespace Mistral.Executions;

/// <summary>A route that a finished task took.</summary>
/// <param name="Name">The task it leads to.</param>
/// <param name="Event">The kind of route.</param>
public sealed record NextTask(string Name, RouteKind Event);
