namespace Mistral.Executions;

/// <summary>Reads what a tree needs to go on, through indexes of what is open: never what has ended and led on.</summary>
internal static class SqliteTreeReader
{
    /// <summary>The owner and epoch of a tree.</summary>
    internal const string Tree =
        "SELECT engines.id, trees.epoch FROM trees JOIN engines ON engines.key = trees.owner WHERE trees.id = @tree";

    /// <summary>The workflow executions of <see cref="StoredTree.Workflows"/>.</summary>
    private const string Loaded = """
        WITH RECURSIVE loaded (id) AS (
            SELECT id FROM workflow_executions WHERE id = @tree
            UNION
            SELECT id FROM workflow_executions WHERE root_id = @tree AND state < 5
            UNION
            SELECT row.workflow_execution_id
            FROM action_executions AS row INDEXED BY action_open
            WHERE row.is_outside IN (0, 1) AND coalesce(row.root_id, row.workflow_execution_id, row.id) = @tree AND row.state < 5
                AND row.workflow_execution_id IS NOT NULL
            UNION
            SELECT nested.id
            FROM loaded
            CROSS JOIN task_executions AS task
                ON task.workflow_execution_id = loaded.id AND task.is_open = 1 AND task.state < 5 AND task.items IS NULL AND task.type = 1
            CROSS JOIN workflow_executions AS nested ON nested.task_execution_id = task.id AND nested.accepted = 1
            UNION
            SELECT above.workflow_execution_id
            FROM loaded
            CROSS JOIN workflow_executions AS nested ON nested.id = loaded.id AND nested.task_execution_id IS NOT NULL
            CROSS JOIN task_executions AS above ON above.id = nested.task_execution_id
        )
        """;

    internal static readonly string Workflows =
        $"{Loaded} SELECT {Of("row", SqliteColumns.Workflow)} FROM loaded CROSS JOIN workflow_executions AS row ON row.id = loaded.id ORDER BY row.id";

    internal static readonly string Tasks =
        $"""
        {Loaded}
        SELECT {Of("row", SqliteColumns.Task)}
        FROM loaded
        CROSS JOIN task_executions AS row ON row.workflow_execution_id = loaded.id AND row.is_open = 1
        UNION
        SELECT {Of("row", SqliteColumns.Task)}
        FROM loaded
        CROSS JOIN workflow_executions AS nested ON nested.id = loaded.id AND nested.task_execution_id IS NOT NULL
        CROSS JOIN task_executions AS row ON row.id = nested.task_execution_id
        UNION
        SELECT {Of("row", SqliteColumns.Task)}
        FROM action_executions AS late INDEXED BY action_open
        CROSS JOIN task_executions AS row ON row.id = late.task_execution_id
        WHERE late.is_outside IN (0, 1) AND coalesce(late.root_id, late.workflow_execution_id, late.id) = @tree AND late.state < 5
        ORDER BY 1
        """;

    internal static readonly string Actions =
        $"""
        {Loaded}, waiting (id, items) AS MATERIALIZED (
            SELECT task.id, task.items
            FROM loaded
            CROSS JOIN task_executions AS task ON task.workflow_execution_id = loaded.id AND task.is_open = 1 AND task.state < 5
        )
        SELECT {Of("row", SqliteColumns.Action)}
        FROM action_executions AS row INDEXED BY action_open
        WHERE row.is_outside IN (0, 1) AND coalesce(row.root_id, row.workflow_execution_id, row.id) = @tree AND row.state < 5
        UNION ALL
        SELECT {Of("row", SqliteColumns.Action)}
        FROM waiting
        CROSS JOIN action_executions AS row ON row.task_execution_id = waiting.id AND row.state >= 5 AND row.accepted = 1
        WHERE waiting.items IS NULL
        ORDER BY 1
        """;

    internal static readonly string ContextTasks =
        $"""
        {Loaded}, way (id) AS (
            SELECT task.origin_id
            FROM loaded
            CROSS JOIN task_executions AS task ON task.workflow_execution_id = loaded.id AND task.is_open = 1
            WHERE task.origin_id IS NOT NULL AND task.origin_snapshot IS NULL
            UNION
            SELECT task.origin_id
            FROM way
            CROSS JOIN task_executions AS task ON task.id = way.id
            WHERE task.origin_id IS NOT NULL AND task.origin_snapshot IS NULL
        )
        SELECT {Of("row", SqliteColumns.Task)} FROM way CROSS JOIN task_executions AS row ON row.id = way.id ORDER BY row.id
        """;

    internal static readonly string StandAloneAction = $"SELECT {SqliteColumns.Action} FROM action_executions WHERE id = @tree";

    internal const string Timers = "SELECT id, tree_id, execution_id, kind, due_at, data FROM timers WHERE tree_id = @tree ORDER BY id";

    public static StoredTree? Read(SqliteReader reader, SqliteRecords records, string treeId)
    {
        var tree = ("@tree", SqliteText.ToParameter(treeId));
        var owned = reader.FirstOrDefault(
            Tree, row => new StoredTree { OwnerId = SqliteRecords.Text(row, 0)!, Epoch = row.GetInt64(1) }, tree);
        if (owned is null)
        {
            return null;
        }

        owned = owned with { Timers = reader.All(Timers, records.Timer, tree) };
        var workflows = reader.All(Workflows, records.Workflow, tree);
        if (workflows.Count == 0)
        {
            return owned with { Actions = reader.All(StandAloneAction, records.Action, tree) };
        }

        var tasks = reader.All(Tasks, records.Task, tree);
        var loaded = tasks.Select(task => task.Id).ToHashSet(StringComparer.Ordinal);
        var needsContext = tasks.Exists(task => task.InboundContext is { Snapshot: null, TaskExecutionId: { } origin } && !loaded.Contains(origin));
        return owned with
        {
            Workflows = workflows,
            Tasks = tasks,
            Actions = reader.All(Actions, records.Action, tree),
            ContextTasks = needsContext
                ? reader.All(ContextTasks, records.Task, tree).FindAll(task => !loaded.Contains(task.Id))
                : [],
        };
    }

    private static string Of(string table, string columns) => $"{table}.{columns.Replace(", ", $", {table}.", StringComparison.Ordinal)}";
}
