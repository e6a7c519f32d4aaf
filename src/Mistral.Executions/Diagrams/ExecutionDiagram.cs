using Mistral.Executions.Diagrams;

namespace Mistral.Executions;

/// <summary>The records of which a diagram of an execution is drawn. The engine collects them in <c>GetDiagramAsync</c>.</summary>
public sealed record ExecutionDiagram
{
    /// <summary>The workflow execution that is drawn.</summary>
    public required WorkflowExecution Workflow { get; init; }

    /// <summary>The workflow executions below it; those that are not below it are left out.</summary>
    public IReadOnlyList<WorkflowExecution> Workflows { get; init; } = [];

    /// <summary>The task executions of all of them.</summary>
    public IReadOnlyList<TaskExecution> Tasks { get; init; } = [];

    /// <summary>The action executions of all of them; only a timeline needs them.</summary>
    public IReadOnlyList<ActionExecution> Actions { get; init; } = [];

    /// <summary>The definitions, by their hash.</summary>
    public required IReadOnlyDictionary<string, WorkflowDefinition> Definitions { get; init; }

    /// <summary>
    /// Draws the execution as a Mermaid flowchart: what ran in the colour of its state, routes that were taken as thick lines,
    /// nested workflows as frames. All runs of a task at one place are one node, with their number.
    /// </summary>
    /// <returns>The text.</returns>
    /// <exception cref="KeyNotFoundException">A definition is missing.</exception>
    public string ToMermaid() => MermaidFlowchart.Write(ExecutionGraph.Of(this));

    /// <summary>Draws the same in the language of Graphviz.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="KeyNotFoundException">A definition is missing.</exception>
    public string ToDot() => DotGraph.Write(ExecutionGraph.Of(this));

    /// <summary>
    /// Draws a Mermaid Gantt chart, a row for each task: grey while it waited (for other routes, a delay, its next attempt),
    /// yellow while it was queued behind other bodies, green while it ran, and red where that failed. It shows the first 500
    /// tasks.
    /// </summary>
    /// <param name="now">Where the bars of what has not ended end.</param>
    /// <returns>The text.</returns>
    public string ToTimeline(DateTimeOffset now) => MermaidTimeline.Write(this, now);
}
