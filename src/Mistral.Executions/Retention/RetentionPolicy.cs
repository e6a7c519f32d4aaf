namespace Mistral.Executions;

/// <summary>
/// How long executions that have ended are kept. A whole tree goes at once, the oldest first, and only when its root has ended;
/// what breaks one of the limits goes. What runs, waits or is paused is never touched.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>How long an execution is kept after its end; without an end when <see langword="null"/>.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>
    /// How long one is kept that ended in ERROR or CANCELLED, when that is not <see cref="MaximumAge"/>. Until then the other
    /// limits do not touch it either.
    /// </summary>
    public TimeSpan? MaximumAgeOfFailures { get; init; }

    /// <summary>How many ended executions are kept at the most.</summary>
    public int? MaximumExecutions { get; init; }

    /// <summary>How many bytes the store may use; as long as it uses more, the oldest go. What is open counts too, but stays.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>
    /// A SQLite file to which each execution is copied, durably, before it is deleted. It is made when it is missing, is a store
    /// like any other, and can be opened and queried.
    /// </summary>
    public string? ArchivePath { get; init; }

    /// <summary>Checks that the limits are ones that can be kept.</summary>
    /// <exception cref="ArgumentException">They cannot, or there are none.</exception>
    internal void Check()
    {
        if (MaximumAge is null && MaximumAgeOfFailures is null && MaximumExecutions is null && MaximumBytes is null)
        {
            throw new ArgumentException("A retention policy has at least one limit: an age, a number of executions, or a number of bytes.");
        }

        if (MaximumAge < TimeSpan.Zero || MaximumAgeOfFailures < TimeSpan.Zero || MaximumExecutions < 0 || MaximumBytes < 0)
        {
            throw new ArgumentException("No limit of a retention policy can be less than zero.");
        }

        if (ArchivePath is { } path && string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of an archive cannot be empty.");
        }
    }
}
