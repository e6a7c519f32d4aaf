namespace Mistral.Executions.Language.Values;

/// <summary>How much one evaluation of an expression may cost.</summary>
internal sealed record EvaluationLimits
{
    internal static EvaluationLimits Default { get; } = new();

    /// <summary>How many steps: a call, an operator, one item of a sequence, or a batch of characters is a step.</summary>
    internal int MaximumSteps { get; init; } = 500_000;

    /// <summary>How deep calls may nest.</summary>
    internal int MaximumDepth { get; init; } = 250;

    /// <summary>How many characters and collection items all values together may have that the evaluation makes.</summary>
    internal int MaximumSize { get; init; } = 8_000_000;

    /// <summary>How many bits an integer may have.</summary>
    internal int MaximumIntegerBits { get; init; } = 131_072;
}
