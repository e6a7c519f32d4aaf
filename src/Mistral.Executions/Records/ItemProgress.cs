namespace Mistral.Executions;

/// <summary>How far a task with items has come. See "with-items" in Mistral's description of the workflow language.</summary>
public sealed record ItemProgress
{
    /// <summary>How many items there are.</summary>
    public int Count { get; init; }

    /// <summary>How many may run at once; 0 for all.</summary>
    public int Concurrency { get; init; }

    /// <summary>The first item that has not been started; all below have, or stand in <see cref="Again"/>.</summary>
    public int Next { get; init; }

    /// <summary>Items below <see cref="Next"/> that are to be started again, in order.</summary>
    public IReadOnlyList<int> Again { get; init; } = [];

    /// <summary>How many run now.</summary>
    public int Running { get; init; }

    /// <summary>How many ended in SUCCESS.</summary>
    public int Succeeded { get; init; }

    /// <summary>How many ended in ERROR.</summary>
    public int Failed { get; init; }

    /// <summary>How many were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>How many have ended.</summary>
    public int Finished => Succeeded + Failed + Cancelled;
}
