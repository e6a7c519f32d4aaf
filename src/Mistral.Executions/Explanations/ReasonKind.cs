namespace Mistral.Executions;

/// <summary>Why an execution is where it is.</summary>
public enum ReasonKind
{
    /// <summary>It runs; what is below it says what it waits for.</summary>
    Running,

    /// <summary>The body of an action runs.</summary>
    BodyRunning,

    /// <summary>An outside action has not been given its result.</summary>
    WaitsForResult,

    /// <summary>A join waits for routes.</summary>
    WaitsForRoutes,

    /// <summary>A task with items has not done all of them.</summary>
    WaitsForItems,

    /// <summary>A task was not started: what leads to it has not led there.</summary>
    NotStarted,

    /// <summary>The policy <c>wait-before</c> delays a task.</summary>
    DelayedByWaitBefore,

    /// <summary>The policy <c>wait-after</c> delays the end of a task.</summary>
    DelayedByWaitAfter,

    /// <summary>The policy <c>retry</c> delays the next attempt.</summary>
    DelayedByRetry,

    /// <summary>The policy <c>pause-before</c> holds a task.</summary>
    HeldByPauseBefore,

    /// <summary>A task, or what follows from its end, waits until its workflow is resumed.</summary>
    HeldByPause,

    /// <summary>An operator paused it, or something above it.</summary>
    PausedByOperator,

    /// <summary>The command <c>pause</c> of a route paused it.</summary>
    PausedByCommand,

    /// <summary>Something below it is paused.</summary>
    PausedBelow,

    /// <summary>Another engine works on it.</summary>
    HeldByAnotherEngine,

    /// <summary>The engine that worked on it has died, and none has taken it over yet.</summary>
    WaitsForTakeover,

    /// <summary>The definition it was started with is not to be had from the host.</summary>
    DefinitionMissing,

    /// <summary>It can never run, or never go on.</summary>
    CanNeverRun,

    /// <summary>It ended in SUCCESS.</summary>
    Succeeded,

    /// <summary>It ended in ERROR.</summary>
    Failed,

    /// <summary>It ended in ERROR, and an <c>on-error</c> route took that over.</summary>
    FailureHandled,

    /// <summary>An operator ended it.</summary>
    StoppedByOperator,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>An operator skipped it.</summary>
    Skipped,

    /// <summary>The body of an action waits until there is room for it among those of its <c>target</c>, or of the engine.</summary>
    WaitsForTurn,
}
