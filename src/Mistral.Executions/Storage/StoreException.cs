namespace Mistral.Executions;

/// <summary>A store cannot be used or cannot do what was asked. Nothing was changed.</summary>
public sealed class StoreException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="refusal">The kind of failure.</param>
    /// <param name="message">What failed and what to do about it.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public StoreException(CommitRefusal refusal, string message, Exception? innerException = null)
        : base(message, innerException) => Refusal = refusal;

    /// <summary>The kind of failure.</summary>
    public CommitRefusal Refusal { get; }
}
