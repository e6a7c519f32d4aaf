using System.Text;

namespace Mistral.Executions;

/// <summary>
/// What another process asks the engine of a tree to do. It lies in the inbox of the store until that engine looks there,
/// which it does with the renewal of its lease; for a tree that no living engine has, until the next engine takes it over.
/// </summary>
public sealed record InboxRequest
{
    /// <summary>The id, a UUIDv7: requests are taken in its order.</summary>
    public required string Id { get; init; }

    /// <summary>The tree.</summary>
    public required string TreeId { get; init; }

    /// <summary>The workflow or task execution that it is about.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>What to do.</summary>
    public required InboxVerb Verb { get; init; }

    /// <summary>Why: of a pause and a cancellation.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a task that runs again throws all its results away; when not, only its failed items run again.</summary>
    public bool Reset { get; init; } = true;

    /// <summary>Merged into the environment of the workflow execution, when given: of a resume, a rerun and a skip.</summary>
    public JsonMap? Environment { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>What became of it; <see langword="null"/> while no engine has taken it.</summary>
    public InboxAnswer? Answer { get; init; }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, TreeId = {TreeId}, ExecutionId = {ExecutionId}, Verb = {Verb}");
        return true;
    }
}
