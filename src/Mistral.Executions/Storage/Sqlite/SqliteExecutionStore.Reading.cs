using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <content>What can be read of the executions.</content>
public sealed partial class SqliteExecutionStore
{
    internal static readonly string WorkflowById = $"SELECT {SqliteColumns.Workflow} FROM workflow_executions WHERE id = @id";
    internal static readonly string TaskById = $"SELECT {SqliteColumns.Task} FROM task_executions WHERE id = @id";
    internal static readonly string ActionById = $"SELECT {SqliteColumns.Action} FROM action_executions WHERE id = @id";

    internal const string TreeOfExecution = """
        SELECT coalesce(root_id, id) FROM workflow_executions WHERE id = @id
        UNION ALL
        SELECT coalesce(root_id, workflow_execution_id) FROM task_executions WHERE id = @id
        UNION ALL
        SELECT coalesce(root_id, workflow_execution_id, id) FROM action_executions WHERE id = @id
        LIMIT 1
        """;

    internal const string ParentOfExecution = """
        SELECT task_execution_id FROM action_executions WHERE id = @id
        UNION ALL
        SELECT workflow_execution_id FROM task_executions WHERE id = @id
        UNION ALL
        SELECT task_execution_id FROM workflow_executions WHERE id = @id
        LIMIT 1
        """;

    internal const string RecoverableActions = """
        SELECT row.id, trees.id, engines.id
        FROM action_executions AS row INDEXED BY action_open
        CROSS JOIN trees ON trees.id = coalesce(row.root_id, row.workflow_execution_id, row.id)
        CROSS JOIN engines ON engines.key = trees.owner
        WHERE row.is_outside = 0 AND row.state < 5 AND row.state = 2 AND (@after IS NULL OR row.id > @after)
            AND (engines.id = @engine OR engines.expires_at <= @now OR engines.is_superseded = 1)
        ORDER BY row.id
        LIMIT @limit
        """;

    internal const string DueTimers = """
        SELECT row.id, row.tree_id, row.execution_id, row.kind, row.due_at, row.data
        FROM timers AS row INDEXED BY timer_by_due
        CROSS JOIN trees ON trees.id = row.tree_id
        CROSS JOIN engines ON engines.key = trees.owner
        WHERE (row.due_at, row.id) > (@dueAt, @id)
            AND (engines.id = @engine OR engines.expires_at <= @now OR engines.is_superseded = 1)
        ORDER BY row.due_at, row.id
        LIMIT @limit
        """;

    internal static readonly string LatestTask = $"""
        SELECT {SqliteColumns.Task}
        FROM task_executions
        WHERE id = (
            SELECT id FROM (
                SELECT * FROM (
                    SELECT id, ordinal FROM task_executions
                    WHERE workflow_execution_id = @workflow AND is_open = 0 AND name = @name ORDER BY ordinal DESC LIMIT 1)
                UNION ALL
                SELECT * FROM (
                    SELECT id, ordinal FROM task_executions
                    WHERE workflow_execution_id = @workflow AND is_open = 1 AND name = @name ORDER BY ordinal DESC LIMIT 1)
            )
            ORDER BY ordinal DESC LIMIT 1)
        """;

    /// <inheritdoc/>
    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Readers.ReadAsync(connection => SqliteTreeReader.Read(connection, treeId), cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) =>
        Readers.ReadAsync(connection => FindTree(connection, executionId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        ReadAllAsync(
            RecoverableActions,
            new { engine = SqliteText.ToParameter(engineId), now = now.UtcTicks, after = SqliteText.ToParameter(after), limit },
            row => new RecoverableAction(SqliteRecords.Text(row, 0)!, SqliteRecords.Text(row, 1)!, SqliteRecords.Text(row, 2)!),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
        string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        ReadAllAsync(
            DueTimers,
            new
            {
                engine = SqliteText.ToParameter(engineId),
                now = now.UtcTicks,
                dueAt = after?.DueAt.UtcTicks ?? -1,
                id = SqliteText.ToParameter(after?.Id ?? ""),
                limit,
            },
            SqliteRecords.Timer,
            cancellationToken);

    /// <inheritdoc/>
    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) =>
        ReadFirstAsync(
            "SELECT hash, name, namespace, format, text FROM definitions WHERE hash = @id",
            hash,
            row => new StoredDefinition(
                SqliteRecords.Text(row, 0)!, SqliteRecords.Text(row, 1)!, SqliteRecords.Text(row, 2)!, SqliteRecords.Text(row, 3)!, SqliteRecords.Text(row, 4)!),
            cancellationToken);

    /// <inheritdoc/>
    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(WorkflowById, id, SqliteRecords.Workflow, cancellationToken);

    /// <inheritdoc/>
    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(TaskById, id, SqliteRecords.Task, cancellationToken);

    /// <inheritdoc/>
    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(ActionById, id, SqliteRecords.Action, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Workflows, query, SqliteRecords.Workflow, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Tasks, query, SqliteRecords.Task, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Actions, query, SqliteRecords.Action, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(
        string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Readers.ReadAsync<IReadOnlyList<TaskExecution>>(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var workflow = SqliteText.ToParameter(workflowExecutionId);
                return
                [
                    .. names
                        .Distinct(StringComparer.Ordinal)
                        .Select(name => SqliteRows.FirstOrDefault(
                            connection, LatestTask, new { workflow, name = SqliteText.ToParameter(name) }, SqliteRecords.Task))
                        .OfType<TaskExecution>(),
                ];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<HistoryEntry>>(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                if (FindTree(connection, executionId) is not { } treeId)
                {
                    return [];
                }

                var entries = SqliteRows.All(
                    connection,
                    "SELECT id, execution_id, at, event, reason FROM history WHERE tree_id = @tree ORDER BY id",
                    new { tree = SqliteText.ToParameter(treeId) },
                    row => new HistoryEntry(
                        SqliteRecords.Text(row, 0)!,
                        treeId,
                        SqliteRecords.Text(row, 1)!,
                        SqliteRecords.Time(row, 2)!.Value,
                        SqliteRecords.Text(row, 3)!,
                        SqliteRecords.Text(row, 4)));
                return treeId == executionId ? entries : entries.FindAll(e => IsWithin(connection, e.ExecutionId, executionId));
            },
            cancellationToken);

    private static string? FindTree(SqliteConnection connection, string executionId) =>
        SqliteRows.FirstOrDefault(
            connection, TreeOfExecution, new { id = SqliteText.ToParameter(executionId) }, row => SqliteRecords.Text(row, 0)!);

    private static bool IsWithin(SqliteConnection connection, string? executionId, string ancestorId)
    {
        while (executionId is not null && executionId != ancestorId)
        {
            executionId = SqliteRows.All(
                connection, ParentOfExecution, new { id = SqliteText.ToParameter(executionId) }, row => SqliteRecords.Text(row, 0))
                .SingleOrDefault();
        }

        return executionId is not null;
    }

    private Task<IReadOnlyList<T>> ReadAllAsync<T>(string sql, object parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<T>>(connection => SqliteRows.All(connection, sql, parameters, read), cancellationToken);

    private Task<T?> ReadFirstAsync<T>(string sql, string id, Func<DbDataReader, T> read, CancellationToken cancellationToken)
        where T : class =>
        Readers.ReadAsync(
            connection => SqliteRows.FirstOrDefault(connection, sql, new { id = SqliteText.ToParameter(id) }, read), cancellationToken);

    private Task<ExecutionPage<T>> ReadPageAsync<T>(
        Func<ExecutionQuery, SqliteQuery> statementOf, ExecutionQuery query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
        where T : IExecution
    {
        ArgumentNullException.ThrowIfNull(query);
        return Readers.ReadAsync(
            connection =>
            {
                var statement = statementOf(query);
                var found = SqliteRows.All(connection, statement.Sql, statement.Parameters, read);
                var hasMore = found.Count > query.PageSize;
                var page = hasMore ? found[..query.PageSize] : found;
                return new ExecutionPage<T>(page, hasMore ? PagePosition.Of(page[^1]).ToString() : null);
            },
            cancellationToken);
    }
}
