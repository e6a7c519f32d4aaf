namespace Mistral.Executions.Diagrams;

/// <summary>What a node stands for.</summary>
internal enum DiagramShape
{
    /// <summary>A task that runs an action.</summary>
    Action,

    /// <summary>A task that runs a workflow.</summary>
    Workflow,

    /// <summary>A task that waits for several routes.</summary>
    Join,

    /// <summary>An engine command.</summary>
    Command,
}
