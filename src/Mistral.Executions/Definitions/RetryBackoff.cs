namespace Mistral.Executions;

/// <summary>A delay between attempts that grows. Not in Mistral.</summary>
/// <param name="Factor">Each delay is the one before times this, at least 1.</param>
/// <param name="Maximum">No delay is longer.</param>
/// <param name="Jitter">The part of each delay, from 0 to 1, that is drawn at random, so that many tasks do not start together.</param>
public sealed record RetryBackoff(double Factor, TimeSpan Maximum, double Jitter = 0);
