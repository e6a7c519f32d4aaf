using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>Which engine owns a tree, and how long engines live.</summary>
internal static class SqliteOwnership
{
    internal const string OwnerOfTree = """
        SELECT owner.id, owner.expires_at, owner.is_superseded, asking.is_superseded
        FROM trees
        JOIN engines AS owner ON owner.key = trees.owner
        LEFT JOIN engines AS asking ON asking.id = @engine
        WHERE trees.id = @tree
        """;

    private const string WhatElseThereIs = $"""
        SELECT
            EXISTS (SELECT 1 FROM engines WHERE id <> @id AND is_superseded = 0 AND expires_at > @now),
            EXISTS (SELECT 1 FROM {SqliteInbox.OpenFor} WHERE {SqliteInbox.IsFor})
        """;

    /// <summary>Voids the lease of the engine that owns a tree, if that is another one and dead, and the one that asks is not.</summary>
    internal const string Supersede = """
        UPDATE engines SET is_superseded = 1
        WHERE key = (SELECT owner FROM trees WHERE id = ?) AND id <> ? AND (is_superseded = 1 OR expires_at <= ?)
            AND EXISTS (SELECT 1 FROM engines WHERE id = ? AND is_superseded = 0)
        """;

    internal const string TakeOver = "UPDATE trees SET owner = (SELECT key FROM engines WHERE id = ?), epoch = epoch + 1 WHERE id = ?";

    /// <summary>Who owns a tree, and whether the engine is free to take it over.</summary>
    public static (ClaimOutcome Outcome, bool IsFree) Look(SqliteReader reader, string treeId, string engineId, DateTimeOffset now)
    {
        var owners = reader.All(
            OwnerOfTree,
            row => (
                Id: SqliteRecords.Text(row, 0)!,
                ExpiresAt: SqliteRecords.Time(row, 1)!.Value,
                IsSuperseded: row.GetBoolean(2),
                CanOwn: !row.IsDBNull(3) && !row.GetBoolean(3)),
            ("@tree", SqliteText.ToParameter(treeId)),
            ("@engine", SqliteText.ToParameter(engineId)));
        if (owners is not [var owner])
        {
            return default;
        }

        var isLiving = !owner.IsSuperseded && owner.ExpiresAt > now;
        return owner.Id == engineId
            ? (new ClaimOutcome(true, owner.CanOwn, owner.Id), false)
            : (new ClaimOutcome(true, false, owner.Id, owner.ExpiresAt), owner.CanOwn && !isLiving);
    }

    public static LeaseRenewal Renew(SqliteConnection connection, EngineLease lease, DateTimeOffset now)
    {
        var id = ("@id", SqliteText.ToParameter(lease.EngineId));
        using var renew = Command(
            connection,
            """
            INSERT INTO engines AS old (id, expires_at) VALUES (@id, @expiresAt)
            ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE old.is_superseded = 0
            """,
            id,
            ("@expiresAt", lease.ExpiresAt.UtcTicks));
        var isHeld = renew.ExecuteNonQuery() > 0;
        using var look = Command(connection, WhatElseThereIs, id, ("@now", now.UtcTicks));
        using var row = look.ExecuteReader();
        row.Read();
        return new(isHeld, row.GetBoolean(0), row.GetBoolean(1));
    }

    public static bool Release(SqliteConnection connection, string engineId)
    {
        using var release = Command(connection, "UPDATE engines SET expires_at = 0 WHERE id = @id", ("@id", SqliteText.ToParameter(engineId)));
        return release.ExecuteNonQuery() > 0;
    }

    // By hand, for these are the first statements of a process, and Dapper makes code for each kind at its first use.
    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
