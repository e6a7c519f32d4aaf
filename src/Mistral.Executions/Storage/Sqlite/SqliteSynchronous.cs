namespace Mistral.Executions;

/// <summary>How far SQLite waits for the disk at each commit (<c>PRAGMA synchronous</c>).</summary>
public enum SqliteSynchronous
{
    /// <summary>Every commit is on the disk before it counts: nothing acknowledged is lost when the power fails.</summary>
    Full,

    /// <summary>
    /// The disk is waited for at checkpoints only. A process that dies loses nothing; when the power fails, the latest
    /// commits can be lost. The file stays whole.
    /// </summary>
    Normal,

    /// <summary>The disk is never waited for. When the power fails, the file can be damaged: for tests only.</summary>
    Off,
}
