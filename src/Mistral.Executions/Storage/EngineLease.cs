namespace Mistral.Executions;

/// <summary>The sign of life of an engine. An engine whose lease has run out may lose its trees to another.</summary>
/// <param name="EngineId">The engine.</param>
/// <param name="ExpiresAt">When the lease runs out, unless it is renewed.</param>
public sealed record EngineLease(string EngineId, DateTimeOffset ExpiresAt);
