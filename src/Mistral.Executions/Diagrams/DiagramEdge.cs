namespace Mistral.Executions.Diagrams;

/// <summary>A route, a requirement, or what leads from a task to the workflow that it runs.</summary>
internal sealed record DiagramEdge(string From, string To, string Label, bool IsError, DiagramWay Way);
