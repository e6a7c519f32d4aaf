namespace Mistral.Executions;

/// <summary>How a <see cref="SqliteExecutionStore"/> is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The path of the file, which is created when it is missing. Its directory must exist.</summary>
    public required string Path { get; init; }

    /// <summary>How far a commit waits for the disk; <see cref="SqliteSynchronous.Full"/> unless said otherwise.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>How long to wait while another process holds the file locked; 30 seconds unless said otherwise.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the store only reads: it makes and changes nothing, takes no lease, and stands beside engines that are open on
    /// the file without holding them up. Whatever writes is refused.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Makes all data unreadable in the file: inputs, outputs, what is published, environments, state infos, reasons,
    /// definitions. Ids, names, tags, states and times stay readable, for queries. A file is opened with the protector that
    /// it was made with, and one that was made without stays without. None by default.
    /// </summary>
    public ISecretProtector? Protector { get; init; }
}
