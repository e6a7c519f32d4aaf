namespace Mistral.Executions;

/// <summary>What a purge did.</summary>
public sealed record PurgeResult
{
    /// <summary>How many executions, with all below them, were deleted.</summary>
    public int Purged { get; init; }

    /// <summary>How many of them were copied to the archive first.</summary>
    public int Archived { get; init; }

    /// <summary>How many should have gone but stayed: something below them has not ended, or they changed meanwhile.</summary>
    public int Kept { get; init; }

    /// <summary>How many their living engines were asked to delete.</summary>
    public int HandedOver { get; init; }

    /// <summary>How many should have gone but belong to other engines that live: these purge for themselves.</summary>
    public int OwnedElsewhere { get; init; }

    /// <summary>The bytes that the store uses now; <see langword="null"/> where it cannot say.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The bytes of the store that are free and not given back to the file system.</summary>
    public long FreeBytes { get; init; }
}
