namespace Mistral.Executions.Actions;

/// <summary>The ways in which a run of the body of an action ends.</summary>
internal enum ActionRunEnd
{
    /// <summary>The action execution has its result.</summary>
    Finished,

    /// <summary>The body of an outside action has started the work.</summary>
    Started,

    /// <summary>The run was told to stop, and did, without a result.</summary>
    Interrupted,
}
