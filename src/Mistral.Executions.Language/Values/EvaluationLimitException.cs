namespace Mistral.Executions.Language.Values;

/// <summary>An evaluation went over one of its <see cref="EvaluationLimits"/>. No language construct can catch it.</summary>
internal sealed class EvaluationLimitException(string message) : Exception(message);
