namespace Mistral.Executions.Cli;

/// <summary>The command line asks for something that makes no sense; the message says what to say instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
