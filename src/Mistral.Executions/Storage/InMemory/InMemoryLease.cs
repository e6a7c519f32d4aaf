namespace Mistral.Executions;

/// <summary>The lease of an engine, and whether another has taken a tree of it since.</summary>
internal sealed record InMemoryLease(string EngineId, DateTimeOffset ExpiresAt, bool IsSuperseded)
{
    public bool IsLiving(DateTimeOffset now) => !IsSuperseded && ExpiresAt > now;
}
