using System.Text;

namespace Mistral.Executions;

/// <summary>Something that happened to an execution and that its record does not show: a verb of an operator, a recovery, a takeover.</summary>
/// <param name="Id">The id, a UUIDv7: entries sort by it in the order in which they happened.</param>
/// <param name="TreeId">The tree.</param>
/// <param name="ExecutionId">The execution it happened to.</param>
/// <param name="At">When.</param>
/// <param name="Event">What: <c>paused</c>, <c>resumed</c>, <c>cancelled</c>, <c>stopped</c>, <c>rerun</c>, <c>skipped</c>, <c>recovered</c>, <c>taken-over</c>, …</param>
/// <param name="Reason">Why, when there is something to say.</param>
public sealed record HistoryEntry(string Id, string TreeId, string ExecutionId, DateTimeOffset At, string Event, string? Reason)
{
    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, TreeId = {TreeId}, ExecutionId = {ExecutionId}, Event = {Event}");
        return true;
    }
}
