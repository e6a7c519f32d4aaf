namespace Mistral.Executions;

/// <summary>The three kinds of execution.</summary>
public enum ExecutionKind
{
    /// <summary>A run of a workflow.</summary>
    Workflow,

    /// <summary>A step of a workflow execution.</summary>
    Task,

    /// <summary>A run of an action.</summary>
    Action,
}
