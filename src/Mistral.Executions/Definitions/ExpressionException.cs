namespace Mistral.Executions;

/// <summary>An expression cannot be evaluated over the data it was given.</summary>
public sealed class ExpressionException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="expression">The expression as its author wrote it.</param>
    /// <param name="reason">Why it cannot be evaluated.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ExpressionException(string expression, string reason, Exception? innerException = null)
        : base($"The expression '{expression}' cannot be evaluated: {reason}", innerException) =>
        (Expression, Reason) = (expression, reason);

    /// <summary>The expression as its author wrote it.</summary>
    public string Expression { get; }

    /// <summary>Why it cannot be evaluated.</summary>
    public string Reason { get; }
}
