using System.Collections.Immutable;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions;

/// <summary>The legal changes of state of one kind of execution, as data.</summary>
public sealed class TransitionTable
{
    // By state; null where none can follow.
    private readonly ExecutionState[]?[] _targets;

    private TransitionTable(ExecutionKind kind, ExecutionState[] states, params (ExecutionState From, ExecutionState[] To)[] rows)
    {
        Kind = kind;
        States = [.. states];
        _targets = new ExecutionState[ExecutionStates.All.Count][];
        foreach (var (from, to) in rows)
        {
            _targets[(int)from] = to;
        }
    }

    /// <summary>The kind of execution.</summary>
    public ExecutionKind Kind { get; }

    /// <summary>The states that an execution of this kind can be in.</summary>
    public ImmutableArray<ExecutionState> States { get; }

    internal static TransitionTable Workflow { get; } = new(
        ExecutionKind.Workflow,
        [Idle, Running, Paused, Success, Error, Cancelled],
        (Idle, [Running, Error, Cancelled]),
        (Running, [Paused, Success, Error, Cancelled]),
        (Paused, [Running, Error, Cancelled]),
        (Error, [Running]),
        (Cancelled, [Running]));

    // IDLE is where pause-before, or a pause during a delay, holds a task; a join goes back to WAITING for a retry or a rerun.
    // A task can end wherever it is, by a timeout or a late result, and whatever ends can be held by wait-after or retry.
    internal static TransitionTable Task { get; } = new(
        ExecutionKind.Task,
        [Idle, Waiting, Running, RunningDelayed, Paused, Success, Error, Cancelled, Skipped],
        (Idle, [Running, RunningDelayed, Success, Error, Cancelled]),
        (Waiting, [Running, RunningDelayed, Success, Error, Cancelled]),
        (Running, [Idle, Waiting, RunningDelayed, Paused, Success, Error, Cancelled]),
        (RunningDelayed, [Idle, Waiting, Running, Paused, Success, Error, Cancelled]),
        (Paused, [Waiting, Running, RunningDelayed, Success, Error, Cancelled]),
        (Error, [Running, Waiting, Skipped]),
        (Cancelled, [Running, Waiting, Skipped]));

    internal static TransitionTable Action { get; } = new(
        ExecutionKind.Action,
        [Running, Paused, Success, Error, Cancelled],
        (Running, [Paused, Success, Error, Cancelled]),
        (Paused, [Running, Success, Error, Cancelled]));

    /// <summary>The states that can follow.</summary>
    /// <param name="from">The state an execution is in.</param>
    /// <returns>The states; empty when none can follow.</returns>
    public ImmutableArray<ExecutionState> From(ExecutionState from) => [.. _targets[(int)from] ?? []];

    internal bool Contains(ExecutionState from, ExecutionState to)
    {
        foreach (var target in _targets[(int)from] ?? [])
        {
            if (target == to)
            {
                return true;
            }
        }

        return false;
    }
}
