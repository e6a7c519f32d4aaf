namespace Mistral.Executions;

/// <summary>What a task runs.</summary>
public enum TaskExecutionType
{
    /// <summary><c>ACTION</c>: actions.</summary>
    Action,

    /// <summary><c>WORKFLOW</c>: nested workflows.</summary>
    Workflow,
}
