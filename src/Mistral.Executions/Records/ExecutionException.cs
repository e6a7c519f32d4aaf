namespace Mistral.Executions;

/// <summary>The root of all exceptions that the library throws for a wrong call or a store that fails.</summary>
public abstract class ExecutionException : Exception
{
    private protected ExecutionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
