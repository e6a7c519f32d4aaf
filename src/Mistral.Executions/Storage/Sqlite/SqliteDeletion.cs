using Dapper;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>
/// Deletes a tree in pieces, so that the writer is never held for long: a small tree is one piece. The first one takes the
/// tree from its owner, the last one takes the root: what a crash leaves in between is found by the root, and deleted by
/// the next attempt.
/// </summary>
internal sealed class SqliteDeletion(string treeId)
{
    private const int LargestPiece = 500;

    private readonly DynamicParameters _parameters = SqliteParameters.Of(("tree", SqliteText.ToParameter(treeId)), ("limit", LargestPiece));
    private bool _isThere;

    /// <summary>Takes the tree from its owner, with its timers and history.</summary>
    /// <returns>False when there is no such tree.</returns>
    /// <exception cref="StoreException">The tree has not ended.</exception>
    public bool Begin(SqliteConnection connection)
    {
        var state = connection.ExecuteScalar<long?>(
            """
            SELECT state FROM workflow_executions WHERE id = @tree AND root_id IS NULL
            UNION ALL
            SELECT state FROM action_executions WHERE id = @tree AND task_execution_id IS NULL
            """,
            _parameters);
        if (state is null)
        {
            return false;
        }

        if (!((ExecutionState)state).IsCompleted())
        {
            throw new StoreException(CommitRefusal.Invalid, $"The execution '{treeId}' has not ended: cancel it before it is deleted.");
        }

        connection.Execute(
            """
            DELETE FROM trees WHERE id = @tree;
            DELETE FROM timers WHERE tree_id = @tree;
            DELETE FROM history WHERE tree_id = @tree;
            """,
            _parameters);
        return _isThere = true;
    }

    /// <summary>Deletes rows, lowest first, until there are enough for one transaction.</summary>
    /// <returns>Whether there is more.</returns>
    public bool DeletePieces(SqliteConnection connection)
    {
        var deleted = 0;
        var hasMore = _isThere;
        while (hasMore && deleted < LargestPiece)
        {
            (var rows, hasMore) = DeletePiece(connection);
            deleted += rows;
        }

        return hasMore;
    }

    private (int Rows, bool HasMore) DeletePiece(SqliteConnection connection)
    {
        var workflow = connection.ExecuteScalar<object?>("SELECT id FROM workflow_executions WHERE root_id = @tree LIMIT 1", _parameters)
            ?? SqliteText.ToParameter(treeId);
        var parameters = SqliteParameters.Of(("workflow", workflow), ("limit", LargestPiece));
        const string tasks = "SELECT id FROM task_executions WHERE workflow_execution_id = @workflow LIMIT @limit";
        var actions = connection.Execute(
            $"DELETE FROM action_executions WHERE id IN (SELECT id FROM action_executions WHERE task_execution_id IN ({tasks}) LIMIT @limit)",
            parameters);
        if (actions == LargestPiece)
        {
            return (actions, true);
        }

        var deleted = connection.Execute($"DELETE FROM task_executions WHERE id IN ({tasks})", parameters);
        if (deleted == LargestPiece)
        {
            return (actions + deleted, true);
        }

        var deletedWorkflow = connection.Execute("DELETE FROM workflow_executions WHERE id = @workflow", parameters);
        var isRoot = SqliteText.FromValue(workflow) == treeId;
        if (isRoot && deletedWorkflow == 0)
        {
            connection.Execute("DELETE FROM action_executions WHERE id = @tree AND task_execution_id IS NULL", _parameters);
        }

        return (actions + deleted + 1, !isRoot);
    }
}
