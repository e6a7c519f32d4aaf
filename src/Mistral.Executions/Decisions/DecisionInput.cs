namespace Mistral.Executions.Decisions;

/// <summary>Everything a decision may use besides the tree and the message, so that it is a function of them.</summary>
internal sealed record DecisionInput
{
    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gives ids: UUIDv7, each later than the one before.</summary>
    public required IIdSource Ids { get; init; }

    /// <summary>Definitions and actions.</summary>
    public required IDecisionCatalog Catalog { get; init; }

    /// <summary>The limits.</summary>
    public required DecisionLimits Limits { get; init; }

    /// <summary>The answers to the look-ups of earlier tries at this decision.</summary>
    public IReadOnlyDictionary<Lookup, object?> Answers { get; init; } = System.Collections.Immutable.ImmutableDictionary<Lookup, object?>.Empty;
}
