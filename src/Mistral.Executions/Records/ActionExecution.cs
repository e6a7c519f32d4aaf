using System.Text;

namespace Mistral.Executions;

/// <summary>One run of an action. See "Action Execution" in Mistral's documentation of executions.</summary>
public sealed record ActionExecution : IExecution
{
    private readonly RecordTime _createdAt;
    private readonly RecordTime _startedAt;
    private readonly RecordTime _finishedAt;

    /// <inheritdoc/>
    public ExecutionKind Kind => ExecutionKind.Action;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>The name of the action.</summary>
    public required string Name { get; init; }

    /// <summary>The task execution it belongs to; <see langword="null"/> when it stands alone.</summary>
    public string? TaskExecutionId { get; init; }

    /// <summary>The workflow execution it belongs to; <see langword="null"/> when it stands alone.</summary>
    public string? WorkflowExecutionId { get; init; }

    /// <inheritdoc/>
    public string? RootExecutionId { get; init; }

    /// <summary>The namespace in which its action was looked up.</summary>
    public string Namespace { get; init; } = "";

    /// <inheritdoc/>
    public ExecutionState State { get; init; }

    /// <inheritdoc/>
    public string? StateInfo { get; init; }

    /// <summary>The input.</summary>
    public JsonMap Input { get; init; } = JsonMap.Empty;

    /// <summary>The output, <c>{"result": …}</c>; an empty object while there is none.</summary>
    public JsonMap Output { get; init; } = JsonMap.Empty;

    /// <summary>Whether the result counts for its task; a retry or rerun takes that back.</summary>
    public bool Accepted { get; init; }

    /// <summary>The place of the item it runs for, in a task with items; else 0.</summary>
    public int Index { get; init; }

    /// <summary>Which attempt at its item or task it is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether its result comes from outside, by <c>CompleteActionAsync</c>.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether it is run again when the process died while it ran.</summary>
    public bool IsSafeToRerun { get; init; }

    /// <summary>The queue it runs in, when its task names one.</summary>
    public string? Target { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset CreatedAt
    {
        get => _createdAt.Time;
        init => _createdAt = new(value);
    }

    /// <summary>
    /// When its body began, after it had waited for its turn among the bodies that run at once. Known once it has ended;
    /// <see langword="null"/> before that, and of outside and inline actions.
    /// </summary>
    public DateTimeOffset? StartedAt
    {
        get => _startedAt.Optional;
        init => _startedAt = new(value);
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
        builder.Append($"Id = {Id}, Name = {Name}, State = {State}, TaskExecutionId = {TaskExecutionId}");
        return true;
    }
}
