namespace Mistral.Executions.Decisions;

/// <summary>What a decision does not let pass.</summary>
internal sealed record DecisionLimits
{
    /// <summary>How many items a task can have.</summary>
    public int Items { get; init; } = 1_000_000;

    /// <summary>How deep workflows can nest.</summary>
    public int Nesting { get; init; } = 64;

    /// <summary>How many tasks can end in one decision that have run nothing: a circle of such tasks must not hold the tree up.</summary>
    public int EndedAtOnce { get; init; } = 100;

    /// <summary>How many bytes of JSON an input, output or published value can have.</summary>
    public int PayloadBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many tasks one workflow execution can have in all.</summary>
    public int Tasks { get; init; } = 10_000_000;
}
