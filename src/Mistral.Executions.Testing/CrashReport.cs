namespace Mistral.Executions.Testing;

/// <summary>What a crash test did.</summary>
/// <param name="Commits">After how many commits the process died, each in a run of its own.</param>
/// <param name="Deaths">How often a process died in all.</param>
/// <param name="Run">The run that nothing disturbed.</param>
public sealed record CrashReport(int Commits, int Deaths, WorkflowRun Run);
