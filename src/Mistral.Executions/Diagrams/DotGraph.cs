using System.Globalization;
using System.Text;

namespace Mistral.Executions.Diagrams;

/// <summary>Writes a graph in the language of Graphviz.</summary>
internal static class DotGraph
{
    public static string Write(DiagramGroup top)
    {
        var text = new StringBuilder();
        text.Append("digraph {\n");
        text.Append("    graph [fontname=\"Helvetica\", nodesep=0.4, ranksep=0.5]\n");
        text.Append("    node [fontname=\"Helvetica\", fontsize=11, style=filled]\n");
        text.Append("    edge [fontname=\"Helvetica\", fontsize=9]\n");
        WriteGroup(text, top, 1);
        foreach (var edge in top.EdgesBetweenNodes)
        {
            WriteEdge(text, edge);
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteGroup(StringBuilder text, DiagramGroup group, int depth)
    {
        var indent = new string(' ', depth * 4);
        text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{group.Id} {{\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    label=\"{DiagramText.Dot(group.Label)}\"\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    color=\"{group.Look.Stroke}\"\n");
        foreach (var node in group.Nodes)
        {
            var (fill, stroke) = (node.Look.Fill, node.Look.Stroke);
            var style = node.Look.IsDashed ? ", style=\"filled,dashed\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"{indent}    {node.Id} [label=\"{string.Join("\\n", node.Lines.Select(DiagramText.Dot))}\", {ShapeOf(node.Shape)}, fillcolor=\"{fill}\", color=\"{stroke}\"{style}]\n");
        }

        foreach (var nested in group.Groups)
        {
            WriteGroup(text, nested, depth + 1);
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
    }

    private static void WriteEdge(StringBuilder text, DiagramEdge edge)
    {
        var attributes = new List<string>();
        if (edge.Label.Length > 0)
        {
            attributes.Add($"label=\"{DiagramText.Dot(edge.Label)}\"");
        }

        switch (edge.Way)
        {
            case DiagramWay.Taken:
                attributes.Add("penwidth=2");
                break;
            case DiagramWay.NotTaken:
                attributes.Add("style=dashed, color=\"" + DiagramLook.Faint + "\"");
                break;
            case DiagramWay.Nested:
                attributes.Add("style=dotted, arrowhead=none");
                break;
            default:
                break;
        }

        if (edge.IsError && edge.Way != DiagramWay.NotTaken)
        {
            attributes.Add("color=\"#cf222e\"");
        }

        text.Append(CultureInfo.InvariantCulture, $"    {edge.From} -> {edge.To}{(attributes.Count == 0 ? "" : $" [{string.Join(", ", attributes)}]")}\n");
    }

    private static string ShapeOf(DiagramShape shape) => shape switch
    {
        DiagramShape.Workflow => "shape=box, peripheries=2",
        DiagramShape.Join => "shape=hexagon",
        DiagramShape.Command => "shape=oval",
        _ => "shape=box",
    };
}
