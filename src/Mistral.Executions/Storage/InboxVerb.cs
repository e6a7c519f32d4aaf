namespace Mistral.Executions;

/// <summary>What another process can ask the engine of an execution to do. Stores keep the numbers.</summary>
public enum InboxVerb
{
    /// <summary>Pause a workflow execution.</summary>
    Pause = 0,

    /// <summary>Resume a paused workflow execution.</summary>
    Resume = 1,

    /// <summary>Cancel a workflow execution.</summary>
    Cancel = 2,

    /// <summary>Run a failed or cancelled task again.</summary>
    RerunTask = 3,

    /// <summary>Skip a failed task.</summary>
    SkipTask = 4,

    /// <summary>Delete an ended execution at the top of a tree with everything below it.</summary>
    Delete = 5,
}
