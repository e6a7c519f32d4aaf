namespace Mistral.Executions.Retention;

/// <summary>What became of a tree that was to be purged.</summary>
internal enum PurgeOutcome
{
    /// <summary>It is deleted.</summary>
    Deleted,

    /// <summary>It is there still, for it may not be deleted as it is now.</summary>
    Kept,

    /// <summary>It belongs to another engine that lives.</summary>
    OwnedElsewhere,
}
