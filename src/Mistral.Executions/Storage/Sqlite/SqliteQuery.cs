using System.Globalization;
using Dapper;

namespace Mistral.Executions;

/// <summary>The statement of a query for executions, with its parameters.</summary>
internal sealed class SqliteQuery
{
    private const string TreeWorkflows = "SELECT id FROM workflow_executions WHERE id = @root UNION ALL SELECT id FROM workflow_executions WHERE root_id = @root";
    private const string TreeTasks = $"SELECT id FROM task_executions WHERE workflow_execution_id IN ({TreeWorkflows}) AND is_open IN (0, 1)";

    private readonly List<string> _conditions = [];

    private SqliteQuery(string table, string columns, ExecutionQuery query, bool ordersByTime)
    {
        var position = PagePosition.Of(query);
        Condition(query.Name, "name = @name", "name", SqliteText.ToParameter(query.Name));
        Condition(query.CreatedFrom, "created_at >= @from", "from", query.CreatedFrom?.UtcTicks);
        Condition(query.CreatedBefore, "created_at < @before", "before", query.CreatedBefore?.UtcTicks);
        Parameters.Add("parent", SqliteText.ToParameter(query.ParentId));
        Parameters.Add("root", SqliteText.ToParameter(query.RootExecutionId));
        if (query.States.Count > 0)
        {
            var states = string.Join(", ", query.States.Select(state => ((int)state).ToString(CultureInfo.InvariantCulture)));
            _conditions.Add($"state IN ({states})");
        }

        var order = query.NewestFirst ? " DESC" : "";
        var compare = query.NewestFirst ? "<" : ">";
        if (position is { } last)
        {
            _conditions.Add(ordersByTime ? $"(created_at, id) {compare} (@lastTime, @lastId)" : $"id {compare} @lastId");
            Parameters.Add("lastTime", last.CreatedAt.UtcTicks);
            Parameters.Add("lastId", SqliteText.ToParameter(last.Id));
        }

        Parameters.Add("limit", query.PageSize + 1);
        Head = $"SELECT {columns} FROM {table}";
        Tail = $"ORDER BY {(ordersByTime ? $"created_at{order}, " : "")}id{order} LIMIT @limit";
    }

    public string Sql => _conditions.Count == 0 ? $"{Head} {Tail}" : $"{Head} WHERE {string.Join(" AND ", _conditions)} {Tail}";

    public DynamicParameters Parameters { get; } = new();

    private string Head { get; }

    private string Tail { get; }

    public static SqliteQuery Workflows(ExecutionQuery query)
    {
        var statement = new SqliteQuery("workflow_executions", SqliteColumns.Workflow, query, ordersByTime: true);
        statement.Condition(query.Namespace, "coalesce(namespace, '') = @namespace", "namespace", SqliteText.ToParameter(query.Namespace));
        statement.Condition(query.Tag, "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = @tag)", "tag", query.Tag);
        statement.Condition(query.ParentId, "task_execution_id = @parent");
        statement.Condition(query.RootExecutionId, "(id = @root AND root_id IS NULL OR root_id = @root)");
        statement.Condition(query.OnlyRoots, "task_execution_id IS NULL");

        // Lets the index of those that have not succeeded serve.
        statement.Condition(query.States.Count > 0 && !query.States.Contains(ExecutionState.Success), "state <> 5");
        return statement;
    }

    public static SqliteQuery Tasks(ExecutionQuery query)
    {
        var statement = new SqliteQuery("task_executions", SqliteColumns.Task, query, ordersByTime: false);
        statement.Condition(query.Tag, "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = @tag)", "tag", query.Tag);
        statement.Condition(query.ParentId, "workflow_execution_id = @parent");
        statement.Condition(query.RootExecutionId, $"workflow_execution_id IN ({TreeWorkflows})");
        statement.Condition(query.OnlyRoots || query.Namespace is not null, "FALSE");
        return statement;
    }

    public static SqliteQuery Actions(ExecutionQuery query)
    {
        var statement = new SqliteQuery("action_executions", SqliteColumns.Action, query, ordersByTime: false);
        statement.Condition(query.ParentId, "task_execution_id = @parent");
        statement.Condition(query.RootExecutionId, $"task_execution_id IN ({TreeTasks})");
        statement.Condition(query.OnlyRoots, "task_execution_id IS NULL");
        statement.Condition(query.Tag is not null || query.Namespace is not null, "FALSE");
        return statement;
    }

    private void Condition(bool applies, string sql)
    {
        if (applies)
        {
            _conditions.Add(sql);
        }
    }

    private void Condition(object? wanted, string sql) => Condition(wanted is not null, sql);

    private void Condition(object? wanted, string sql, string parameter, object? value)
    {
        Condition(wanted is not null, sql);
        Parameters.Add(parameter, value);
    }
}
