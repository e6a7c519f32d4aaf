using System.Text;

namespace Mistral.Executions;

/// <summary>How a verb is carried out on many executions. What a verb does not take is not looked at.</summary>
public sealed record BulkOptions
{
    /// <summary>Says what would be done, and does nothing.</summary>
    public bool Preview { get; init; }

    /// <summary>Why: of <see cref="BulkVerb.Pause"/>, <see cref="BulkVerb.Cancel"/> and <see cref="BulkVerb.Stop"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The state in which <see cref="BulkVerb.Stop"/> ends executions: SUCCESS, ERROR or CANCELLED. ERROR by default.</summary>
    public ExecutionState StopState { get; init; } = ExecutionState.Error;

    /// <summary>Whether <see cref="BulkVerb.RerunTasks"/> throws all results away; when not, only failed items run again. <see langword="true"/> by default.</summary>
    public bool Reset { get; init; } = true;

    /// <summary>Merged into the environment by <see cref="BulkVerb.Resume"/>, <see cref="BulkVerb.RerunTasks"/>, <see cref="BulkVerb.SkipTasks"/> and <see cref="BulkVerb.Update"/>.</summary>
    public JsonMap? Environment { get; init; }

    /// <summary>The new description of <see cref="BulkVerb.Update"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The result that <see cref="BulkVerb.CompleteActions"/> gives.</summary>
    public ActionResult? Result { get; init; }

    /// <summary>How many executions are taken at the most, from 1 on; <see cref="BulkResult.HasMore"/> says when there are more. 1,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaximumExecutions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaximumExecutions));
            field = value;
        }
    } = 1000;

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Preview = {Preview}, StopState = {StopState}, Reset = {Reset}, MaximumExecutions = {MaximumExecutions}");
        return true;
    }
}
