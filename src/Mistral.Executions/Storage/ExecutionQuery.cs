namespace Mistral.Executions;

/// <summary>Which executions are wanted. Everything that is given must hold.</summary>
public sealed record ExecutionQuery
{
    /// <summary>The most executions a page can have.</summary>
    public const int MaximumPageSize = 1000;

    /// <summary>Only those in one of these states; in all when empty.</summary>
    public IReadOnlyList<ExecutionState> States { get; init; } = [];

    /// <summary>Only those of this name.</summary>
    public string? Name { get; init; }

    /// <summary>Only workflow executions of this namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only those with this tag (workflow and task executions).</summary>
    public string? Tag { get; init; }

    /// <summary>Only those directly below this execution: task executions of a workflow execution, action or workflow executions of a task execution.</summary>
    public string? ParentId { get; init; }

    /// <summary>Only those of the tree with this root.</summary>
    public string? RootExecutionId { get; init; }

    /// <summary>Only those at the top of a tree, or that stand alone.</summary>
    public bool OnlyRoots { get; init; }

    /// <summary>Only those created at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only those created before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Newest first instead of oldest first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>How many a page has at the most, from 1 to <see cref="MaximumPageSize"/>.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Where the page before ended (<see cref="ExecutionPage{T}.Next"/>); <see langword="null"/> for the first page.</summary>
    public string? After { get; init; }
}
