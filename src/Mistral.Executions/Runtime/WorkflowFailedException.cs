namespace Mistral.Executions;

/// <summary>The workflow execution that was waited for did not end in SUCCESS.</summary>
public sealed class WorkflowFailedException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="execution">The workflow execution as it ended.</param>
    public WorkflowFailedException(WorkflowExecution execution)
        : base(Describe(execution)) => Execution = execution;

    /// <summary>The workflow execution as it ended.</summary>
    public WorkflowExecution Execution { get; }

    private static string Describe(WorkflowExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return $"The execution '{execution.Id}' of workflow '{execution.Name}' ended in {execution.State.ToWireName()}: {execution.StateInfo ?? "no reason was given"}";
    }
}
