using System.Data.Common;
using Dapper;
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

    /// <summary>Who owns a tree, and whether the engine is free to take it over.</summary>
    public static (ClaimOutcome Outcome, bool IsFree) Look(SqliteConnection connection, string treeId, string engineId, DateTimeOffset now)
    {
        using var rows = (DbDataReader)connection.ExecuteReader(OwnerOfTree, Parameters(treeId, engineId));
        if (!rows.Read())
        {
            return default;
        }

        var ownerId = SqliteRecords.Text(rows, 0)!;
        var expiresAt = SqliteRecords.Time(rows, 1)!.Value;
        var isLiving = !rows.GetBoolean(2) && expiresAt > now;
        var canOwn = !rows.IsDBNull(3) && !rows.GetBoolean(3);
        return ownerId == engineId
            ? (new ClaimOutcome(true, canOwn, ownerId), false)
            : (new ClaimOutcome(true, false, ownerId, expiresAt), canOwn && !isLiving);
    }

    public static ClaimOutcome Claim(SqliteConnection connection, string treeId, string engineId, DateTimeOffset now)
    {
        var (outcome, isFree) = Look(connection, treeId, engineId, now);
        if (!isFree)
        {
            return outcome;
        }

        connection.Execute(
            """
            UPDATE engines SET is_superseded = 1 WHERE key = (SELECT owner FROM trees WHERE id = @tree);
            UPDATE trees SET owner = (SELECT key FROM engines WHERE id = @engine), epoch = epoch + 1 WHERE id = @tree;
            """,
            Parameters(treeId, engineId));
        return new ClaimOutcome(true, true, engineId, TakenOver: true);
    }

    public static LeaseRenewal Renew(SqliteConnection connection, EngineLease lease, DateTimeOffset now)
    {
        var parameters = new { id = SqliteText.ToParameter(lease.EngineId), expiresAt = lease.ExpiresAt.UtcTicks, now = now.UtcTicks };
        var isHeld = connection.Execute(
            """
            INSERT INTO engines AS old (id, expires_at) VALUES (@id, @expiresAt)
            ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE old.is_superseded = 0
            """,
            parameters) > 0;
        var (others, requests) = connection.QuerySingle<(bool, bool)>(WhatElseThereIs, parameters);
        return new(isHeld, others, requests);
    }

    public static bool Release(SqliteConnection connection, string engineId) =>
        connection.Execute("UPDATE engines SET expires_at = 0 WHERE id = @id", new { id = SqliteText.ToParameter(engineId) }) > 0;

    private static object Parameters(string treeId, string engineId) =>
        new { tree = SqliteText.ToParameter(treeId), engine = SqliteText.ToParameter(engineId) };
}
