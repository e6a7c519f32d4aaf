namespace Mistral.Executions;

/// <summary>What became of one set of changes.</summary>
/// <param name="Result">Committed, refused or unknown.</param>
/// <param name="Refusal">Why it was refused; <see cref="CommitRefusal.None"/> otherwise.</param>
/// <param name="Cause">What the store met, when it met something.</param>
public readonly record struct CommitOutcome(CommitResult Result, CommitRefusal Refusal = CommitRefusal.None, Exception? Cause = null)
{
    /// <summary>The changes are durable, as the store's settings define it.</summary>
    public static CommitOutcome Committed => new(CommitResult.Committed);

    /// <summary>The store is as it was before.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="cause">What the store met.</param>
    /// <returns>The outcome.</returns>
    public static CommitOutcome Refused(CommitRefusal refusal, Exception? cause = null) => new(CommitResult.Refused, refusal, cause);

    /// <summary>It cannot be told whether the changes are there: the same set is to be written again.</summary>
    /// <param name="cause">What the store met.</param>
    /// <returns>The outcome.</returns>
    public static CommitOutcome Unknown(Exception cause) => new(CommitResult.Unknown, CommitRefusal.None, cause);
}
