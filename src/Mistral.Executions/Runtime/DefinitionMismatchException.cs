namespace Mistral.Executions;

/// <summary>An execution cannot go on, because the definition it was started with is not to be had from the host any more.</summary>
public sealed class DefinitionMismatchException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public DefinitionMismatchException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
