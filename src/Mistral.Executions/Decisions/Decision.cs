namespace Mistral.Executions.Decisions;

/// <summary>What a message leads to. Exactly one of three: a new tree with its changes, a refusal, or a look-up.</summary>
internal sealed record Decision
{
    /// <summary>The tree as it is once the changes are durable.</summary>
    public required ExecutionTree Tree { get; init; }

    /// <summary>What is to be written; <see langword="null"/> when nothing changed.</summary>
    public ChangeSet? Changes { get; init; }

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>A wrong call: nothing changes, and the caller gets this exception.</summary>
    public ExecutionException? Refusal { get; init; }

    /// <summary>What must be known before it can be decided.</summary>
    public Lookup? Needs { get; init; }
}
