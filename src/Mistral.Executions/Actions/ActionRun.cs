namespace Mistral.Executions.Actions;

/// <summary>How a run of the body of an action ended.</summary>
/// <param name="End">The end.</param>
/// <param name="Result">The result of the action execution; <see langword="null"/> unless it is finished.</param>
internal readonly record struct ActionRun(ActionRunEnd End, ActionResult? Result)
{
    /// <summary>The result comes from outside.</summary>
    public static ActionRun Started => new(ActionRunEnd.Started, null);

    /// <summary>There is no result, because the run was told to stop.</summary>
    public static ActionRun Interrupted => new(ActionRunEnd.Interrupted, null);

    public static ActionRun Finished(ActionResult result) => new(ActionRunEnd.Finished, result);
}
