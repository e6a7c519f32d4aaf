namespace Mistral.Executions;

/// <summary>What a diagram of an execution is drawn as. All are plain text.</summary>
public enum DiagramFormat
{
    /// <summary>A Mermaid flowchart: tasks, states, and the routes that were taken.</summary>
    Mermaid,

    /// <summary>The same graph in the language of Graphviz.</summary>
    Dot,

    /// <summary>A Mermaid Gantt chart: when each task waited and when it ran.</summary>
    Timeline,
}
