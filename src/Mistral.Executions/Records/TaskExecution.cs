using System.Text;

namespace Mistral.Executions;

/// <summary>A step of a workflow execution. See "Task Execution" in Mistral's documentation of executions.</summary>
public sealed record TaskExecution : IExecution
{
    private readonly RecordTime _createdAt;
    private readonly RecordTime _updatedAt;
    private readonly RecordTime _startedAt;
    private readonly RecordTime _finishedAt;

    /// <inheritdoc/>
    public ExecutionKind Kind => ExecutionKind.Task;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>The name of the task in its workflow.</summary>
    public required string Name { get; init; }

    /// <summary>The workflow execution whose step it is.</summary>
    public required string WorkflowExecutionId { get; init; }

    /// <inheritdoc cref="IExecution.RootExecutionId"/>
    public required string RootExecutionId { get; init; }

    /// <summary>The name of the workflow.</summary>
    public required string WorkflowName { get; init; }

    /// <summary>Whether it runs actions or nested workflows.</summary>
    public TaskExecutionType Type { get; init; }

    /// <inheritdoc/>
    public ExecutionState State { get; init; }

    /// <inheritdoc/>
    public string? StateInfo { get; init; }

    /// <summary>What it published on its branch.</summary>
    public JsonMap Published { get; init; } = JsonMap.Empty;

    /// <summary>Whether everything that follows from its end has been decided.</summary>
    public bool Processed { get; init; }

    /// <summary>Whether its error was taken over by an <c>on-error</c> route.</summary>
    public bool ErrorHandled { get; init; }

    /// <summary>The tasks its end led to; <see langword="null"/> until it has ended.</summary>
    public IReadOnlyList<NextTask>? NextTasks { get; init; }

    /// <summary>Whether its end led to other tasks.</summary>
    public bool HasNextTasks => NextTasks is { Count: > 0 };

    /// <summary>Whether it waits for several routes to come together.</summary>
    public bool IsJoin { get; init; }

    /// <summary>What made it start.</summary>
    public IReadOnlyList<TaskTrigger> TriggeredBy { get; init; } = [];

    /// <summary>The tags of the task.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its place in the order in which the tasks of the workflow execution were created, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>Which run of its task it is, from 1: counted for tasks from which a join can be reached, 1 for others.</summary>
    public int Visit { get; init; } = 1;

    /// <summary>How often the <c>retry</c> policy has started it again.</summary>
    public int RetryNumber { get; init; }

    /// <summary>Which policies have had their turn already, so that a restart does not give them another.</summary>
    public TaskPolicyProgress PolicyProgress { get; init; }

    /// <summary>How far a task with items has come; <see langword="null"/> for one without.</summary>
    public ItemProgress? Items { get; init; }

    /// <summary>Where its inbound data come from.</summary>
    public ContextOrigin InboundContext { get; init; } = ContextOrigin.Empty;

    /// <inheritdoc/>
    public DateTimeOffset CreatedAt
    {
        get => _createdAt.Time;
        init => _createdAt = new(value);
    }

    /// <summary>When it started to run; all attempts of a <c>retry</c> count as one run.</summary>
    public DateTimeOffset? StartedAt
    {
        get => _startedAt.Optional;
        init => _startedAt = new(value);
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
        builder.Append($"Id = {Id}, Name = {Name}, State = {State}, WorkflowExecutionId = {WorkflowExecutionId}");
        return true;
    }
}
