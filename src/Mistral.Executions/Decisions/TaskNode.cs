using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>A task execution at hand, with what the record itself does not hold.</summary>
/// <param name="Record">The record.</param>
/// <param name="Inbound">The data it starts from; <see langword="null"/> when they have not been read yet.</param>
internal sealed record TaskNode(TaskExecution Record, DataContext? Inbound)
{
    /// <summary>The action and nested workflow executions at hand: those that have not ended, and of a task without items those whose result counts.</summary>
    public ChildIds Children { get; init; }

    /// <summary>The collections of <c>with-items</c>, evaluated; read again after a restart.</summary>
    public ImmutableArray<KeyValuePair<string, JsonList>> Collections { get; init; }
}
