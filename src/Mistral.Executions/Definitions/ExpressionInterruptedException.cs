namespace Mistral.Executions;

/// <summary>Leaves an expression because its context needs something first. No expression may catch it.</summary>
internal abstract class ExpressionInterruptedException(string message) : Exception(message);
