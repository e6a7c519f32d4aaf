namespace Mistral.Executions.Language.Values;

/// <summary>A text is no expression of its language.</summary>
/// <param name="position">Where the fault lies, in characters from the start of the text.</param>
/// <param name="reason">What is wrong, and what was expected.</param>
internal sealed class ExpressionSyntaxException(int position, string reason) : Exception(reason)
{
    /// <summary>Where the fault lies, in characters from the start of the text.</summary>
    internal int Position { get; } = position;

    /// <summary>What is wrong, and what was expected.</summary>
    internal string Reason { get; } = reason;
}
