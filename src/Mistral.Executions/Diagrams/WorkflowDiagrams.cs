using Mistral.Executions.Diagrams;

namespace Mistral.Executions;

/// <summary>Draws definitions.</summary>
public static class WorkflowDiagrams
{
    /// <summary>Draws a workflow as a Mermaid flowchart: its tasks and the routes between them.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>The text.</returns>
    public static string ToMermaid(this WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return MermaidFlowchart.Write(DefinitionGraph.Of(definition));
    }

    /// <summary>Draws a workflow in the language of Graphviz.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>The text.</returns>
    public static string ToDot(this WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return DotGraph.Write(DefinitionGraph.Of(definition));
    }
}
