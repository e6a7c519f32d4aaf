namespace Mistral.Executions;

/// <summary>The input of a workflow or action does not fit its parameters. Nothing was started.</summary>
public sealed class InputException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which workflow or action, and which parameters are missing or unknown.</param>
    public InputException(string message)
        : base(message)
    {
    }
}
