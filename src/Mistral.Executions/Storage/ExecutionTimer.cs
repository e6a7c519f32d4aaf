using System.Text;

namespace Mistral.Executions;

/// <summary>A moment at which a tree is to go on.</summary>
public sealed record ExecutionTimer
{
    /// <summary>The id, a UUIDv7.</summary>
    public required string Id { get; init; }

    /// <summary>The tree.</summary>
    public required string TreeId { get; init; }

    /// <summary>The task or action execution it is for.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>What is to happen.</summary>
    public required TimerKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What the moment needs to know, such as the state a task shall end in.</summary>
    public JsonData Data { get; init; }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, TreeId = {TreeId}, ExecutionId = {ExecutionId}, Kind = {Kind}, DueAt = {DueAt:u}");
        return true;
    }
}
