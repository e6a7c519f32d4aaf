namespace Mistral.Executions;

/// <summary>The engine was closed, or it acts no more after a fault of its own. What is durable goes on at the next start.</summary>
public sealed class EngineClosedException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the engine acts no more.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public EngineClosedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
