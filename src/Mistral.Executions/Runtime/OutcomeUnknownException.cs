namespace Mistral.Executions;

/// <summary>
/// It cannot be told whether the call took effect, because the store failed while it wrote. Call again with the same id:
/// that is safe, and tells.
/// </summary>
public sealed class OutcomeUnknownException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="innerException">Why the caller is not told later, when there is a reason beside its own wish.</param>
    public OutcomeUnknownException(Exception? innerException = null)
        : base("It is not known whether the call took effect: the store failed while it wrote. Call again with the same id: that is safe, and tells.", innerException)
    {
    }
}
