using System.Data.Common;
using Dapper;

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

    internal const string TimersOfTree = "SELECT id, tree_id, execution_id, kind, due_at, data FROM timers WHERE tree_id = @id ORDER BY id";

    internal const string LeaseOfOwner = """
        SELECT engines.id, CASE engines.is_superseded WHEN 0 THEN engines.expires_at ELSE 0 END
        FROM trees JOIN engines ON engines.key = trees.owner
        WHERE trees.id = @id
        """;

    internal const string HistoryOfTree = "SELECT id, execution_id, at, event, reason FROM history WHERE tree_id = @tree ORDER BY id";

    internal const string DefinitionByHash = "SELECT hash, name, namespace, format, text FROM definitions WHERE hash = @id";

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
        Readers.ReadAsync(reader => reader.InSnapshot(r => SqliteTreeReader.Read(r, _records, treeId)), cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) =>
        Readers.ReadAsync(reader => FindTree(reader, executionId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<RecoverableAction>>(
            reader => reader.All(
                RecoverableActions,
                row => new RecoverableAction(SqliteRecords.Text(row, 0)!, SqliteRecords.Text(row, 1)!, SqliteRecords.Text(row, 2)!),
                ("@engine", SqliteText.ToParameter(engineId)),
                ("@now", now.UtcTicks),
                ("@after", SqliteText.ToParameter(after)),
                ("@limit", limit)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
        string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<ExecutionTimer>>(
            reader => reader.All(
                DueTimers,
                _records.Timer,
                ("@engine", SqliteText.ToParameter(engineId)),
                ("@now", now.UtcTicks),
                ("@dueAt", after?.DueAt.UtcTicks ?? -1),
                ("@id", SqliteText.ToParameter(after?.Id ?? "")),
                ("@limit", limit)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<ExecutionTimer>>(
            reader => reader.All(TimersOfTree, _records.Timer, ("@id", SqliteText.ToParameter(treeId))), cancellationToken);

    /// <inheritdoc/>
    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) =>
        ReadFirstAsync(LeaseOfOwner, treeId, row => new EngineLease(SqliteRecords.Text(row, 0)!, SqliteRecords.Time(row, 1)!.Value), cancellationToken);

    /// <inheritdoc/>
    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) =>
        ReadFirstAsync(
            DefinitionByHash,
            hash,
            row => new StoredDefinition(
                SqliteRecords.Text(row, 0)!, SqliteRecords.Text(row, 1)!, SqliteRecords.Text(row, 2)!, SqliteRecords.Text(row, 3)!, _protection.Text(row, 4)!),
            cancellationToken);

    /// <inheritdoc/>
    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(WorkflowById, id, _records.Workflow, cancellationToken);

    /// <inheritdoc/>
    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(TaskById, id, _records.Task, cancellationToken);

    /// <inheritdoc/>
    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(ActionById, id, _records.Action, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Workflows, query, _records.Workflow, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Tasks, query, _records.Task, cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        ReadPageAsync(SqliteQuery.Actions, query, _records.Action, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(
        string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Readers.ReadAsync<IReadOnlyList<TaskExecution>>(
            reader => reader.InSnapshot(r => LatestTasks(r, workflowExecutionId, names)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<HistoryEntry>>(
            reader => reader.InSnapshot(r => History(r, executionId)), cancellationToken);

    private List<TaskExecution> LatestTasks(SqliteReader reader, string workflowExecutionId, IReadOnlyCollection<string> names)
    {
        var latest = new List<TaskExecution>(names.Count);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            latest.AddRange(reader.All(
                LatestTask,
                _records.Task,
                ("@workflow", SqliteText.ToParameter(workflowExecutionId)),
                ("@name", SqliteText.ToParameter(name))));
        }

        return latest;
    }

    private List<HistoryEntry> History(SqliteReader reader, string executionId)
    {
        if (FindTree(reader, executionId) is not { } treeId)
        {
            return [];
        }

        var entries = reader.All(
            HistoryOfTree,
            row => new HistoryEntry(
                SqliteRecords.Text(row, 0)!,
                treeId,
                SqliteRecords.Text(row, 1)!,
                SqliteRecords.Time(row, 2)!.Value,
                SqliteRecords.Text(row, 3)!,
                _protection.Text(row, 4)),
            ("@tree", SqliteText.ToParameter(treeId)));
        return treeId == executionId ? entries : entries.FindAll(e => IsWithin(reader, e.ExecutionId, executionId));
    }

    private static string? FindTree(SqliteReader reader, string executionId) =>
        reader.FirstOrDefault(TreeOfExecution, row => SqliteRecords.Text(row, 0), ("@id", SqliteText.ToParameter(executionId)));

    private static bool IsWithin(SqliteReader reader, string? executionId, string ancestorId)
    {
        while (executionId is not null && executionId != ancestorId)
        {
            executionId = reader.FirstOrDefault(
                ParentOfExecution, row => SqliteRecords.Text(row, 0), ("@id", SqliteText.ToParameter(executionId)));
        }

        return executionId is not null;
    }

    private Task<T?> ReadFirstAsync<T>(string sql, string id, Func<DbDataReader, T> read, CancellationToken cancellationToken)
        where T : class =>
        Readers.ReadAsync(reader => reader.FirstOrDefault(sql, read, ("@id", SqliteText.ToParameter(id))), cancellationToken);

    private Task<ExecutionPage<T>> ReadPageAsync<T>(
        Func<ExecutionQuery, SqliteQuery> statementOf, ExecutionQuery query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
        where T : IExecution
    {
        ArgumentNullException.ThrowIfNull(query);
        return Readers.ReadAsync(
            reader =>
            {
                var statement = statementOf(query);
                using var rows = (DbDataReader)reader.Connection.ExecuteReader(statement.Sql, statement.Parameters);
                var found = SqliteReader.All(rows, read);
                var hasMore = found.Count > query.PageSize;
                var page = hasMore ? found[..query.PageSize] : found;
                return new ExecutionPage<T>(page, hasMore ? PagePosition.Of(page[^1]).ToString() : null);
            },
            cancellationToken);
    }
}
