using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <content>What has ended, and the room it takes.</content>
public sealed partial class SqliteExecutionStore
{
    // A megabyte of pages at their usual size.
    private const int PagesReclaimedAtOnce = 256;

    internal const string EndedWorkflows = """
        SELECT row.id, row.state, row.created_at, coalesce(row.finished_at, row.updated_at), engines.id, engines.is_superseded, engines.expires_at
        FROM workflow_executions AS row INDEXED BY workflow_by_creation
        LEFT JOIN trees ON trees.id = row.id
        LEFT JOIN engines ON engines.key = trees.owner
        WHERE row.task_execution_id IS NULL AND row.state >= 5 AND (row.created_at, row.id) > (@createdAt, @id)
        ORDER BY row.created_at, row.id
        LIMIT @limit
        """;

    internal const string EndedActions = """
        SELECT row.id, row.state, row.created_at, coalesce(row.finished_at, row.created_at), engines.id, engines.is_superseded, engines.expires_at
        FROM action_executions AS row INDEXED BY action_standing_alone
        LEFT JOIN trees ON trees.id = row.id
        LEFT JOIN engines ON engines.key = trees.owner
        WHERE row.task_execution_id IS NULL AND row.state >= 5 AND (row.created_at, row.id) > (@createdAt, @id)
        ORDER BY row.created_at, row.id
        LIMIT @limit
        """;

    private const string PagesUsed =
        "SELECT (SELECT page_count FROM pragma_page_count), (SELECT freelist_count FROM pragma_freelist_count), (SELECT page_size FROM pragma_page_size)";

    /// <inheritdoc/>
    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<EndedTree>>(
            reader => reader.All(
                kind == ExecutionKind.Workflow ? EndedWorkflows : EndedActions,
                row => Ended(kind, row),
                ("@createdAt", after?.CreatedAt.UtcTicks ?? -1),
                ("@id", SqliteText.ToParameter(after?.Id ?? "")),
                ("@limit", limit)),
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Files that this library made are cut where they end in free pages; pages in between are moved there first, a megabyte
    /// at a time. The file itself becomes shorter when its write-ahead log is written back.
    /// </remarks>
    public async Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(ReclaimPages, cancellationToken).ConfigureAwait(false);
        return await Readers.ReadAsync(reader => Space(reader.Connection), cancellationToken).ConfigureAwait(false);
    }

    private static bool ReclaimPages(SqliteConnection connection)
    {
        SqliteFile.Execute(connection, $"PRAGMA incremental_vacuum({PagesReclaimedAtOnce})");
        return true;
    }

    private static StoreSpace Space(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = PagesUsed;
        using var row = command.ExecuteReader();
        row.Read();
        var (pages, free, size) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        return new((pages - free) * size, free * size);
    }

    private static EndedTree Ended(ExecutionKind kind, DbDataReader row)
    {
        var owner = SqliteRecords.Text(row, 4);
        return new(
            SqliteRecords.Text(row, 0)!,
            kind,
            (ExecutionState)row.GetInt32(1),
            SqliteRecords.Time(row, 2)!.Value,
            SqliteRecords.Time(row, 3)!.Value,
            owner is null ? null : new(owner, row.GetBoolean(5) ? DateTimeOffset.MinValue : SqliteRecords.Time(row, 6)!.Value));
    }
}
