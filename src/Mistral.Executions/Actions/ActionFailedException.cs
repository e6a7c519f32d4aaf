namespace Mistral.Executions;

/// <summary>Thrown by an action that did not do what it should: its execution ends in ERROR.</summary>
public sealed class ActionFailedException : ExecutionException
{
    /// <summary>Creates an exception whose message is the error.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ActionFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception with data that become the result of the failed action, so that a workflow can look at them.</summary>
    /// <param name="message">What went wrong, for the log.</param>
    /// <param name="data">The data.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ActionFailedException(string message, JsonData data, Exception? innerException = null)
        : base(message, innerException) => ErrorData = data;

    /// <summary>The data of the error; <see langword="null"/> when the message is all there is.</summary>
    public JsonData? ErrorData { get; }
}
