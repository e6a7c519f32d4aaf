using System.Globalization;
using System.Text;

namespace Mistral.Executions.Diagrams;

/// <summary>Writes a graph as a Mermaid flowchart.</summary>
internal static class MermaidFlowchart
{
    private const string ErrorColour = "#cf222e";
    private const string NotTakenColour = DiagramLook.Faint;

    public static string Write(DiagramGroup top)
    {
        var text = new StringBuilder("flowchart TD\n");
        WriteGroup(text, top, 1);
        var edges = top.EdgesBetweenNodes.ToList();
        for (var place = 0; place < edges.Count; place++)
        {
            WriteEdge(text, edges[place]);
        }

        for (var place = 0; place < edges.Count; place++)
        {
            WriteEdgeStyle(text, edges[place], place);
        }

        WriteLooks(text, top);
        return text.ToString();
    }

    private static void WriteGroup(StringBuilder text, DiagramGroup group, int depth)
    {
        var indent = new string(' ', depth * 4);
        text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph {group.Id}[\"{DiagramText.Mermaid(group.Label)}\"]\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    direction TB\n");
        foreach (var node in group.Nodes)
        {
            var (open, close) = Brackets(node.Shape);
            text.Append(CultureInfo.InvariantCulture, $"{indent}    {node.Id}{open}\"{string.Join("<br/>", node.Lines.Select(DiagramText.Mermaid))}\"{close}\n");
        }

        foreach (var nested in group.Groups)
        {
            WriteGroup(text, nested, depth + 1);
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}end\n");
    }

    private static void WriteEdge(StringBuilder text, DiagramEdge edge)
    {
        var line = edge.Way switch { DiagramWay.Taken => "==>", DiagramWay.NotTaken => "-.->", DiagramWay.Nested => "-.-", _ => "-->" };
        var label = edge.Label.Length == 0 ? "" : $"|\"{DiagramText.Mermaid(edge.Label)}\"|";
        text.Append(CultureInfo.InvariantCulture, $"    {edge.From} {line}{label} {edge.To}\n");
    }

    private static void WriteEdgeStyle(StringBuilder text, DiagramEdge edge, int place)
    {
        var colour = edge.Way == DiagramWay.NotTaken ? NotTakenColour : edge.IsError ? ErrorColour : null;
        if (colour is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    linkStyle {place} stroke:{colour}\n");
        }
    }

    private static void WriteLooks(StringBuilder text, DiagramGroup top)
    {
        var dressed = top.WithGroups.SelectMany(g => g.Nodes.Select(n => (n.Id, n.Look))).GroupBy(n => n.Look).OrderBy(l => l.Key.Name, StringComparer.Ordinal);
        foreach (var look in dressed)
        {
            var dashes = look.Key.IsDashed ? ",stroke-dasharray:4 3" : "";
            text.Append(CultureInfo.InvariantCulture, $"    classDef {look.Key.Name} fill:{look.Key.Fill},stroke:{look.Key.Stroke},color:{DiagramLook.Text}{dashes}\n");
            text.Append(CultureInfo.InvariantCulture, $"    class {string.Join(',', look.Select(n => n.Id))} {look.Key.Name}\n");
        }

        foreach (var group in top.WithGroups)
        {
            text.Append(CultureInfo.InvariantCulture, $"    style {group.Id} fill:none,stroke:{group.Look.Stroke}\n");
        }
    }

    private static (string Open, string Close) Brackets(DiagramShape shape) => shape switch
    {
        DiagramShape.Workflow => ("[[", "]]"),
        DiagramShape.Join => ("{{", "}}"),
        DiagramShape.Command => ("([", "])"),
        _ => ("[", "]"),
    };
}
