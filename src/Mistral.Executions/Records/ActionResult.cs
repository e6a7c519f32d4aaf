using System.Text;

namespace Mistral.Executions;

/// <summary>What became of a run of an action.</summary>
public sealed record ActionResult
{
    private ActionResult(ExecutionState state, JsonData value) => (State, Value) = (state, value);

    /// <summary>SUCCESS, ERROR or CANCELLED.</summary>
    public ExecutionState State { get; }

    /// <summary>The result: data after SUCCESS, what went wrong after ERROR or CANCELLED.</summary>
    public JsonData Value { get; }

    /// <summary>The action did what it should.</summary>
    /// <param name="value">The result.</param>
    /// <returns>The result.</returns>
    public static ActionResult Success(JsonData value) => new(ExecutionState.Success, value);

    /// <summary>The action failed.</summary>
    /// <param name="error">What went wrong: a text, or data that the workflow can look at.</param>
    /// <returns>The result.</returns>
    public static ActionResult Error(JsonData error) => new(ExecutionState.Error, error);

    /// <summary>The action was cancelled.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The result.</returns>
    public static ActionResult Cancel(JsonData reason = default) => new(ExecutionState.Cancelled, reason);

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"State = {State}");
        return true;
    }
}
