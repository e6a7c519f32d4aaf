namespace Mistral.Executions.Simulation.Checks;

/// <summary>What the engine promises, as the page about reliability says it.</summary>
internal enum Promise
{
    /// <summary>What was acknowledged is there.</summary>
    AcknowledgedIsDurable,

    /// <summary>A result that was accepted is never computed again and never changes.</summary>
    AcceptedIsFinal,

    /// <summary>An action that is not safe to rerun starts at most once.</summary>
    UnsafeStartsOnce,

    /// <summary>One that is safe starts again after a crash only, with the same id, and never after its result was accepted.</summary>
    SafeStartsAgainOnlyAfterDeath,

    /// <summary>No action starts before it is durable that it does.</summary>
    CommitBeforeEffect,

    /// <summary>Every execution ends, or waits for something that is named.</summary>
    EverythingEnds,

    /// <summary>Two engines never both commit for one tree.</summary>
    OneOwner,

    /// <summary>A failed call changed nothing.</summary>
    FailureChangesNothing,

    /// <summary>Nothing that a workflow or an input says can stop the engine or pass its limits.</summary>
    EngineGoesOn,

    /// <summary>What is stored is right, and what is in memory is what is stored.</summary>
    TreesAreRight,

    /// <summary>One seed has one history.</summary>
    SeedsRepeat,
}
