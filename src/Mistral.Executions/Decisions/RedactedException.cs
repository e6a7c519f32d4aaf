namespace Mistral.Executions.Decisions;

/// <summary>Stands for an exception whose text held secrets.</summary>
/// <param name="text">The text of that exception, without them.</param>
internal sealed class RedactedException(string text) : Exception(text)
{
    public override string ToString() => Message;
}
