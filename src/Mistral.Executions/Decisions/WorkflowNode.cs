using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>A workflow execution at hand, with counters and indexes over its task executions.</summary>
internal sealed record WorkflowNode(WorkflowExecution Record, WorkflowDefinition Definition)
{
    /// <summary>The task executions at hand, by the order in which they were created.</summary>
    public TaskIdsByOrdinal Tasks { get; init; }

    /// <summary>How many task executions it has had. The record may lag behind while the last of them is at hand.</summary>
    public int TaskCount { get; init; } = Record.TaskCount;

    /// <summary>How many task executions have not ended.</summary>
    public int Open { get; init; }

    /// <summary>Those of them that wait for routes to come together.</summary>
    public ImmutableSortedSet<int> Waiting { get; init; } = ImmutableSortedSet<int>.Empty;

    /// <summary>How many ended in ERROR and no route took the error over.</summary>
    public int UnhandledErrors { get; init; }

    /// <summary>How many ended in ERROR.</summary>
    public int Errors { get; init; }

    /// <summary>How many were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>Which tasks have run, where the progress of one decides about another (joins, reverse workflows).</summary>
    public RouteProgress Progress { get; init; } = RouteProgress.Empty;
}
