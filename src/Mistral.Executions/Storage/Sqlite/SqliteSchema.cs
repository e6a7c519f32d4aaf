namespace Mistral.Executions;

/// <summary>The tables, as the scripts that lead to them.</summary>
/// <remarks>
/// Times are ticks of UTC, states the numbers of <see cref="ExecutionState"/> (5 is SUCCESS, from there on an execution
/// has ended), texts as <see cref="SqliteText"/> says, the rest JSON; what is empty is NULL. A root that is the parent
/// workflow execution, or the execution itself, is NULL too. Executions have a rowid, for wide rows take twice the room
/// and time without; the narrow tables have none. What one step writes again and again stands in few and
/// narrow indexes, and only as long as it is open.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>Tells the file from those of other applications: "MExe".</summary>
    public const int ApplicationId = 0x4D457865;

    /// <summary>The scripts in order: the first makes version 1 of an empty file, each further one the next version.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [FirstVersion];

    private const string FirstVersion = """
        CREATE TABLE engines (
            key INTEGER PRIMARY KEY,
            id NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL,
            is_superseded INTEGER NOT NULL DEFAULT 0
        );

        -- One row when there is a protector: what it made of a text that the library knows.
        CREATE TABLE protection (proof NOT NULL);

        CREATE TABLE trees (
            id NOT NULL PRIMARY KEY,
            owner INTEGER NOT NULL,
            epoch INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE workflow_executions (
            id NOT NULL PRIMARY KEY,
            task_execution_id,
            root_id,
            name NOT NULL,
            namespace,
            definition_hash NOT NULL,
            item_index INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            task_count INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            finished_at INTEGER,
            description,
            tags TEXT,
            state_info,
            backlog TEXT,
            input TEXT,
            parameters TEXT,
            environment TEXT,
            context TEXT,
            output TEXT
        );
        CREATE INDEX workflow_by_creation ON workflow_executions (created_at, id);
        CREATE INDEX workflow_not_succeeded ON workflow_executions (created_at, id) WHERE state <> 5;
        CREATE INDEX workflow_by_task ON workflow_executions (task_execution_id) WHERE task_execution_id IS NOT NULL;
        CREATE INDEX workflow_by_root ON workflow_executions (root_id, state) WHERE root_id IS NOT NULL;

        CREATE TABLE task_executions (
            id NOT NULL PRIMARY KEY,
            workflow_execution_id NOT NULL,
            root_id,
            name NOT NULL,
            workflow_name NOT NULL,
            type INTEGER NOT NULL,
            is_join INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            is_open INTEGER NOT NULL,
            state INTEGER NOT NULL,
            processed INTEGER NOT NULL,
            error_handled INTEGER NOT NULL,
            retry_number INTEGER NOT NULL,
            policy_progress INTEGER NOT NULL,
            started_at INTEGER,
            updated_at INTEGER NOT NULL,
            finished_at INTEGER,
            origin_id,
            origin_depth INTEGER NOT NULL,
            items TEXT,
            triggered_by TEXT,
            next_tasks TEXT,
            tags TEXT,
            state_info,
            origin_snapshot TEXT,
            published TEXT
        );
        CREATE INDEX task_by_workflow ON task_executions (workflow_execution_id, is_open, name, ordinal);

        CREATE TABLE action_executions (
            id NOT NULL PRIMARY KEY,
            task_execution_id,
            workflow_execution_id,
            root_id,
            name NOT NULL,
            namespace,
            target,
            item_index INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            is_outside INTEGER NOT NULL,
            is_safe_to_rerun INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            state_info,
            input TEXT,
            output TEXT
        );
        CREATE INDEX action_standing_alone ON action_executions (created_at, id) WHERE task_execution_id IS NULL;
        CREATE INDEX action_by_task ON action_executions (task_execution_id) WHERE task_execution_id IS NOT NULL;
        CREATE INDEX action_open ON action_executions (is_outside, coalesce(root_id, workflow_execution_id, id)) WHERE state < 5;

        CREATE TABLE timers (
            tree_id NOT NULL,
            id NOT NULL,
            execution_id NOT NULL,
            kind INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            data TEXT,
            PRIMARY KEY (tree_id, id)
        ) WITHOUT ROWID;
        CREATE INDEX timer_by_due ON timers (due_at, id);

        CREATE TABLE history (
            tree_id NOT NULL,
            id NOT NULL,
            execution_id NOT NULL,
            at INTEGER NOT NULL,
            event NOT NULL,
            reason,
            PRIMARY KEY (tree_id, id)
        ) WITHOUT ROWID;

        CREATE TABLE definitions (
            hash NOT NULL PRIMARY KEY,
            name NOT NULL,
            namespace NOT NULL,
            format NOT NULL,
            text NOT NULL
        );

        CREATE TABLE environments (
            name NOT NULL PRIMARY KEY,
            variables TEXT NOT NULL,
            description NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE inbox (
            id NOT NULL PRIMARY KEY,
            tree_id NOT NULL,
            execution_id NOT NULL,
            verb INTEGER NOT NULL,
            reason,
            reset INTEGER NOT NULL,
            environment TEXT,
            sent_at INTEGER NOT NULL,
            is_done INTEGER,
            message,
            answered_at INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX inbox_open ON inbox (id) WHERE answered_at IS NULL;
        CREATE INDEX inbox_answered ON inbox (answered_at) WHERE answered_at IS NOT NULL;
        """;
}
