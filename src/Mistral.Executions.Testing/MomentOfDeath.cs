namespace Mistral.Executions.Testing;

/// <summary>When a process dies that has written a commit.</summary>
internal enum MomentOfDeath
{
    /// <summary>At once: nobody has heard of the commit, and nothing that follows from it begins.</summary>
    BeforeWhatFollows,

    /// <summary>Later: what follows from it is done, but nothing of that reaches the store.</summary>
    AfterWhatFollows,
}
