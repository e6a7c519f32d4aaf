namespace Mistral.Executions;

/// <summary>What can be done to all executions that a query asks for.</summary>
public enum BulkVerb
{
    /// <summary><see cref="ExecutionEngine.PauseAsync"/> of workflow executions.</summary>
    Pause,

    /// <summary><see cref="ExecutionEngine.ResumeAsync"/> of workflow executions.</summary>
    Resume,

    /// <summary><see cref="ExecutionEngine.CancelAsync"/> of workflow executions.</summary>
    Cancel,

    /// <summary><see cref="ExecutionEngine.StopAsync"/> of workflow executions, in <see cref="BulkOptions.StopState"/>.</summary>
    Stop,

    /// <summary><see cref="ExecutionEngine.UpdateAsync"/> of workflow executions.</summary>
    Update,

    /// <summary><see cref="ExecutionEngine.DeleteAsync"/> of workflow executions at the top of a tree.</summary>
    Delete,

    /// <summary><see cref="ExecutionEngine.RerunTaskAsync"/> of task executions, lowest first: those above run again with them.</summary>
    RerunTasks,

    /// <summary><see cref="ExecutionEngine.SkipTaskAsync"/> of task executions, lowest first.</summary>
    SkipTasks,

    /// <summary>Pauses outside action executions (<see cref="ExecutionEngine.UpdateActionAsync"/>).</summary>
    PauseActions,

    /// <summary>Resumes outside action executions (<see cref="ExecutionEngine.UpdateActionAsync"/>).</summary>
    ResumeActions,

    /// <summary>Gives outside action executions one and the same result, <see cref="BulkOptions.Result"/>: a success, an error or a cancel.</summary>
    CompleteActions,
}
