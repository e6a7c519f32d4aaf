namespace Mistral.Executions;

/// <summary>What a verb did to the executions that a query asked for.</summary>
public sealed record BulkResult
{
    /// <summary>The verb.</summary>
    public required BulkVerb Verb { get; init; }

    /// <summary>Whether nothing was done, and the items say what would be, as far as the states tell.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>The executions, in the order in which they were taken.</summary>
    public required IReadOnlyList<BulkItem> Items { get; init; }

    /// <summary>Whether the query asks for more than <see cref="BulkOptions.MaximumExecutions"/>.</summary>
    public required bool HasMore { get; init; }

    /// <summary>How many executions had that outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The number.</returns>
    public int Count(BulkOutcome outcome) => Items.Count(i => i.Outcome == outcome);
}
