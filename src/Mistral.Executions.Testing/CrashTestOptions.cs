namespace Mistral.Executions.Testing;

/// <summary>What a crash test can be told.</summary>
public sealed record CrashTestOptions
{
    /// <summary>How the workflow is started. The id is that of the test where none is given.</summary>
    public StartOptions Start { get; init; } = new();

    /// <summary>
    /// What of a run must be the same, as text. By default all that came out: of every workflow, task and action execution the
    /// name, state, reason, input and output, but neither ids nor times nor the order in which things happened. Give another
    /// where a difference is meant: that an action which is not safe to rerun fails when the process dies, say.
    /// </summary>
    public Func<WorkflowRun, string>? End { get; init; }
}
