using System.Text;

namespace Mistral.Executions;

/// <summary>One run of a workflow. See "Workflow Execution" in Mistral's documentation of executions.</summary>
public sealed record WorkflowExecution : IExecution
{
    private readonly RecordTime _createdAt;
    private readonly RecordTime _updatedAt;
    private readonly RecordTime _finishedAt;

    /// <inheritdoc/>
    public ExecutionKind Kind => ExecutionKind.Workflow;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>The name of the workflow.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of the workflow; empty when it has none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The hash of the definition this execution goes on with until its end.</summary>
    public required string DefinitionHash { get; init; }

    /// <inheritdoc/>
    public ExecutionState State { get; init; }

    /// <inheritdoc/>
    public string? StateInfo { get; init; }

    /// <summary>The input, defaults filled in.</summary>
    public JsonMap Input { get; init; } = JsonMap.Empty;

    /// <summary>The output; an empty object while there is none.</summary>
    public JsonMap Output { get; init; } = JsonMap.Empty;

    /// <summary>The environment that expressions see as <c>env()</c>, evaluated; that of the root for nested workflows.</summary>
    public JsonMap Environment { get; init; } = JsonMap.Empty;

    /// <summary>The start parameters that are not input, such as the target task of a reverse workflow (<c>task_name</c>).</summary>
    public JsonMap Parameters { get; init; } = JsonMap.Empty;

    /// <summary>The workflow variables (<c>vars</c>) and what tasks published globally.</summary>
    public JsonMap Context { get; init; } = JsonMap.Empty;

    /// <summary>A text of the caller's.</summary>
    public string Description { get; init; } = "";

    /// <summary>The tags of the workflow and those given at its start.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The task execution that runs this workflow; <see langword="null"/> at the top of a tree.</summary>
    public string? TaskExecutionId { get; init; }

    /// <summary>The workflow execution at the top of the tree: its own id when it is the top.</summary>
    public required string RootExecutionId { get; init; }

    /// <summary>The place of the item this execution runs for, in a task with items; else 0.</summary>
    public int Index { get; init; }

    /// <summary>Whether the result counts for the task that runs this workflow; a retry or rerun takes that back.</summary>
    public bool Accepted { get; init; }

    /// <summary>How many task executions it has had at least: kept up when the latest of them has ended and led on, so that a step need not write it.</summary>
    public int TaskCount { get; init; }

    /// <summary>Commands that were found while the execution was paused, and run when it is resumed.</summary>
    public IReadOnlyList<PendingCommand> Backlog { get; init; } = [];

    /// <inheritdoc/>
    public DateTimeOffset CreatedAt
    {
        get => _createdAt.Time;
        init => _createdAt = new(value);
    }

    /// <summary>When its record was last changed.</summary>
    public DateTimeOffset UpdatedAt
    {
        get => _updatedAt.Time;
        init => _updatedAt = new(value);
    }

    /// <inheritdoc/>
    public DateTimeOffset? FinishedAt
    {
        get => _finishedAt.Optional;
        init => _finishedAt = new(value);
    }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Name = {Name}, State = {State}");
        return true;
    }
}
