namespace Mistral.Executions.Diagrams;

/// <summary>What was so of a task.</summary>
internal enum TimelineBarKind
{
    /// <summary>It could run, but others had their turn: only so many bodies run at once.</summary>
    Queued,

    /// <summary>It waited: for other routes, for the delay of a policy, for its next attempt.</summary>
    Waiting,

    /// <summary>Something of it ran.</summary>
    Running,

    /// <summary>Something of it ran, and failed.</summary>
    Failed,
}
