namespace Mistral.Executions.Testing;

/// <summary>A store does not do what it must.</summary>
public sealed class StoreContractException : Exception
{
    internal StoreContractException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
