using System.Text;

namespace Mistral.Executions;

/// <summary>What became of a request in the inbox. The first answer to a request counts.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="IsDone">Whether it was done; when not, it was refused and nothing was changed.</param>
/// <param name="Message">Why it was refused.</param>
/// <param name="At">When.</param>
public sealed record InboxAnswer(string RequestId, bool IsDone, string? Message, DateTimeOffset At)
{
    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"RequestId = {RequestId}, IsDone = {IsDone}");
        return true;
    }
}
