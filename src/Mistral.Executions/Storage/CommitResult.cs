namespace Mistral.Executions;

/// <summary>The three things that can become of a set of changes.</summary>
public enum CommitResult
{
    /// <summary>It is durable.</summary>
    Committed,

    /// <summary>It was not written, and never will be unless it is given again.</summary>
    Refused,

    /// <summary>It may or may not be there.</summary>
    Unknown,
}
