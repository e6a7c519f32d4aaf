namespace Mistral.Executions.Diagrams;

/// <summary>A task, or an engine command that a route leads to.</summary>
internal sealed record DiagramNode(string Id, IReadOnlyList<string> Lines, DiagramShape Shape, DiagramLook Look);
