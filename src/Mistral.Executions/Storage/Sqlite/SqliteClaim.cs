namespace Mistral.Executions;

/// <summary>The wish of an engine to take a tree over, on its way to the writer.</summary>
internal sealed class SqliteClaim(string treeId, string engineId, DateTimeOffset now)
{
    public string TreeId { get; } = treeId;

    public string EngineId { get; } = engineId;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Whether the tree was taken over; <see langword="null"/> until that was tried.</summary>
    public bool? IsTaken { get; set; }
}
