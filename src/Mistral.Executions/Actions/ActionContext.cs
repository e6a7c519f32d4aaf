using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mistral.Executions;

/// <summary>What an action may know about its execution.</summary>
public sealed record ActionContext
{
    /// <summary>The id of the action execution. It stays the same when the action is run again after the process died.</summary>
    public required string ActionExecutionId { get; init; }

    /// <summary>The name of the action as the workflow calls it.</summary>
    public required string ActionName { get; init; }

    /// <summary>The task execution it belongs to; <see langword="null"/> when it stands alone.</summary>
    public string? TaskExecutionId { get; init; }

    /// <summary>The name of the task; <see langword="null"/> when the action execution stands alone.</summary>
    public string? TaskName { get; init; }

    /// <summary>The workflow execution it belongs to; <see langword="null"/> when it stands alone.</summary>
    public string? WorkflowExecutionId { get; init; }

    /// <summary>The name of the workflow; <see langword="null"/> when the action execution stands alone.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>The workflow execution at the top of the tree; <see langword="null"/> when the action execution stands alone.</summary>
    public string? RootExecutionId { get; init; }

    /// <summary>Which attempt at its item or task this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The place of the item it runs for, in a task with items; else 0.</summary>
    public int ItemIndex { get; init; }

    /// <summary>
    /// A key for systems that the action changes, so that they can tell a repetition from a new request: the id of the
    /// action execution. A retry by policy is a new request and has a new key.
    /// </summary>
    public string IdempotencyKey => ActionExecutionId;

    /// <summary>A log whose category is the name of the action.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The services of the scope that was opened for this run; without any service when the host gave none.</summary>
    public IServiceProvider Services { get; init; } = NoServices.Instance;

    /// <summary>The time as the engine sees it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Tells that the result is no longer wanted, or that the engine shuts down.</summary>
    public CancellationToken CancellationToken { get; init; }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
