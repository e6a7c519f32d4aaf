namespace Mistral.Executions;

/// <summary>
/// The columns of the three kinds of execution: first those that never change, then those that do. Writing binds and
/// reading takes them in this order.
/// </summary>
internal static class SqliteColumns
{
    public static readonly string[] WorkflowFixed =
    [
        "id", "task_execution_id", "root_id", "name", "namespace", "definition_hash", "item_index", "created_at",
        "tags", "input", "parameters",
    ];

    public static readonly string[] WorkflowChanging =
    [
        "state", "accepted", "task_count", "updated_at", "finished_at", "state_info", "backlog", "environment", "context",
        "output", "description",
    ];

    public static readonly string[] TaskFixed =
    [
        "id", "workflow_execution_id", "root_id", "name", "workflow_name", "type", "is_join", "ordinal", "created_at", "tags",
    ];

    public static readonly string[] TaskChanging =
    [
        "is_open", "state", "processed", "error_handled", "retry_number", "policy_progress", "started_at", "updated_at",
        "finished_at", "origin_id", "origin_depth", "items", "triggered_by", "next_tasks", "state_info", "origin_snapshot",
        "published",
    ];

    public static readonly string[] ActionFixed =
    [
        "id", "task_execution_id", "workflow_execution_id", "root_id", "name", "namespace", "target", "item_index",
        "created_at", "input",
    ];

    public static readonly string[] ActionChanging =
        ["state", "accepted", "attempt", "is_outside", "is_safe_to_rerun", "started_at", "finished_at", "state_info", "output"];

    public static readonly string Workflow = List([.. WorkflowFixed, .. WorkflowChanging]);

    public static readonly string Task = List([.. TaskFixed, .. TaskChanging]);

    public static readonly string Action = List([.. ActionFixed, .. ActionChanging]);

    // What the protector of the host makes unreadable.
    private static readonly string[] Data =
        ["input", "output", "parameters", "environment", "context", "published", "origin_snapshot", "backlog", "state_info", "description"];

    /// <summary>An insert; where the id is taken, the row is changed instead when the condition holds for it.</summary>
    public static string Insert(string table, string[] fixedColumns, string[] changingColumns, string conditionOfSame)
    {
        string[] all = [.. fixedColumns, .. changingColumns];
        return $"""
            INSERT INTO {table} AS old ({List(all)})
            VALUES ({List(all.Select(_ => "?"))})
            ON CONFLICT (id) DO UPDATE SET {List(changingColumns.Select(c => $"{c} = excluded.{c}"))}
            WHERE {conditionOfSame}
            """;
    }

    public static string Update(string table, string[] changingColumns) =>
        $"UPDATE {table} SET {List(changingColumns.Select(c => $"{c} = ?"))} WHERE id = ?";

    /// <summary>The condition that the row that is there and the one to be inserted agree in these columns.</summary>
    public static string Same(params string[] columns) =>
        string.Join(" AND ", columns.Select(c => $"old.{c} IS excluded.{c}"));

    /// <summary>The same condition where the columns that hold data are protected.</summary>
    public static string SameBehindProtection(params string[] columns) => string.Join(
        " AND ",
        columns.Select(c => Data.Contains(c) ? $"{SqliteProtection.Plain}(old.{c}) IS {SqliteProtection.Plain}(excluded.{c})" : $"old.{c} IS excluded.{c}"));

    private static string List(IEnumerable<string> parts) => string.Join(", ", parts);
}
