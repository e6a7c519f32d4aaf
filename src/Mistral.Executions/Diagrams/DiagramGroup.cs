namespace Mistral.Executions.Diagrams;

/// <summary>A workflow in a diagram: a frame around its tasks and the workflows that they run.</summary>
internal sealed record DiagramGroup(
    string Id, string Label, DiagramLook Look, IReadOnlyList<DiagramNode> Nodes, IReadOnlyList<DiagramEdge> Edges, IReadOnlyList<DiagramGroup> Groups)
{
    /// <summary>
    /// The edges of this group and of all inside of it. What leads to a frame leads to its first task instead: no drawing
    /// program arranges edges to frames well.
    /// </summary>
    public IEnumerable<DiagramEdge> EdgesBetweenNodes => Edges
        .Select(e => Groups.FirstOrDefault(g => g.Id == e.To) is { } framed ? e with { To = framed.Nodes[0].Id } : e)
        .Concat(Groups.SelectMany(g => g.EdgesBetweenNodes));

    /// <summary>This group and all inside of it.</summary>
    public IEnumerable<DiagramGroup> WithGroups => Groups.SelectMany(g => g.WithGroups).Prepend(this);
}
