namespace Mistral.Executions.Diagrams;

/// <summary>A workflow in a diagram: a frame around its tasks and the workflows that they run.</summary>
internal sealed record DiagramGroup(
    string Id, string Label, DiagramLook Look, IReadOnlyList<DiagramNode> Nodes, IReadOnlyList<DiagramEdge> Edges, IReadOnlyList<DiagramGroup> Groups)
{
    /// <summary>The edges of this group and of all inside of it.</summary>
    public IEnumerable<DiagramEdge> AllEdges => Edges.Concat(Groups.SelectMany(g => g.AllEdges));

    /// <summary>This group and all inside of it.</summary>
    public IEnumerable<DiagramGroup> WithGroups => Groups.SelectMany(g => g.WithGroups).Prepend(this);
}
