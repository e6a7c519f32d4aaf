namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>A scenario cannot be played to its end.</summary>
internal sealed class ScenarioException(string message) : Exception(message);
