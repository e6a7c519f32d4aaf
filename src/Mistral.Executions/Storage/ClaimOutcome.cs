namespace Mistral.Executions;

/// <summary>What became of the wish to own a tree.</summary>
/// <param name="Exists">Whether there is such a tree.</param>
/// <param name="Claimed">Whether the engine owns it now.</param>
/// <param name="OwnerId">Who owns it.</param>
/// <param name="OwnedUntil">When the owner's lease runs out, when that is another engine.</param>
/// <param name="FormerOwnerId">The engine that it was taken over from, when it was.</param>
public readonly record struct ClaimOutcome(bool Exists, bool Claimed, string? OwnerId = null, DateTimeOffset? OwnedUntil = null, string? FormerOwnerId = null);
