namespace Mistral.Executions.Testing;

/// <summary>What a test expected did not happen. The message says what did, so that a person can read it in the output of any test framework.</summary>
public sealed class WorkflowTestException : Exception
{
    internal WorkflowTestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
