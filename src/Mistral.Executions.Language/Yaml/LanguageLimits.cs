namespace Mistral.Executions.Language;

/// <summary>How large a document of the workflow language may be: what is larger is refused before it costs anything.</summary>
public sealed record LanguageLimits
{
    /// <summary>The limits that count when none are given.</summary>
    public static LanguageLimits Default { get; } = new();

    /// <summary>How long a document may be, in characters.</summary>
    public int MaximumLength { get; init; } = 8_000_000;

    /// <summary>How deep lists and mappings may nest.</summary>
    public int MaximumDepth { get; init; } = 100;

    /// <summary>How many values a document may have: texts, numbers, lists and mappings, those that an alias repeats counted again.</summary>
    public int MaximumNodes { get; init; } = 1_000_000;

    /// <summary>How many faults of one document are told.</summary>
    public int MaximumFaults { get; init; } = 1_000;
}
