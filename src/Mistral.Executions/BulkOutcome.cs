namespace Mistral.Executions;

/// <summary>What a verb did to one execution; in a preview, what it would do.</summary>
public enum BulkOutcome
{
    /// <summary>It was done, and is durable.</summary>
    Done,

    /// <summary>There was nothing to do: the execution is as it should be.</summary>
    Unchanged,

    /// <summary>It was not done; the reason says why.</summary>
    Refused,
}
