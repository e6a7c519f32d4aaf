namespace Mistral.Executions;

/// <summary>How a workflow says which task follows which. See "Workflow types" in Mistral's description of the workflow language.</summary>
public enum WorkflowType
{
    /// <summary><c>direct</c>: routes lead from task to task.</summary>
    Direct,

    /// <summary><c>reverse</c>: a task names those it requires, and what the target task needs is run.</summary>
    Reverse,
}
