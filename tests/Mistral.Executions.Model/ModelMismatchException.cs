namespace Mistral.Executions.Model;

/// <summary>The decider and the model came to different ends.</summary>
internal sealed class ModelMismatchException(string message, Exception? inner = null) : Exception(message, inner);
