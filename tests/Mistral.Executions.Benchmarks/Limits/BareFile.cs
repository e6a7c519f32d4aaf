using System.Text;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions.Benchmarks.Limits;

/// <summary>
/// The limit: the rows of workflow executions, with the same columns, keys and indexes as in the engine's file, written by
/// prepared statements on one connection, without anything that decides.
/// </summary>
internal sealed class BareFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE trees (id NOT NULL PRIMARY KEY, owner INTEGER NOT NULL, epoch INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE workflows (
            id NOT NULL PRIMARY KEY, task_id, root_id, name NOT NULL, namespace, hash NOT NULL, item INTEGER NOT NULL,
            created INTEGER NOT NULL, state INTEGER NOT NULL, accepted INTEGER NOT NULL, tasks INTEGER NOT NULL,
            updated INTEGER NOT NULL, finished INTEGER, description, tags TEXT, info, backlog TEXT, input TEXT,
            parameters TEXT, environment TEXT, context TEXT, output TEXT);
        CREATE INDEX workflow_created ON workflows (created, id);
        CREATE INDEX workflow_open ON workflows (created, id) WHERE state <> 5;
        CREATE TABLE tasks (
            id NOT NULL PRIMARY KEY, workflow_id NOT NULL, root_id, name NOT NULL, workflow_name NOT NULL,
            type INTEGER NOT NULL, joins INTEGER NOT NULL, ordinal INTEGER NOT NULL, created INTEGER NOT NULL,
            open INTEGER NOT NULL, state INTEGER NOT NULL, processed INTEGER NOT NULL, handled INTEGER NOT NULL,
            retries INTEGER NOT NULL, progress INTEGER NOT NULL, started INTEGER, updated INTEGER NOT NULL,
            finished INTEGER, origin_id, origin_depth INTEGER NOT NULL, items TEXT, triggered_by TEXT, next_tasks TEXT,
            tags TEXT, info, snapshot TEXT, published TEXT);
        CREATE INDEX task_workflow ON tasks (workflow_id, open, name, ordinal);
        CREATE TABLE actions (
            id NOT NULL PRIMARY KEY, task_id, workflow_id, root_id, name NOT NULL, namespace, target, item INTEGER NOT NULL,
            created INTEGER NOT NULL, state INTEGER NOT NULL, accepted INTEGER NOT NULL, attempt INTEGER NOT NULL,
            outside INTEGER NOT NULL, safe INTEGER NOT NULL, finished INTEGER, info, input TEXT, output TEXT);
        CREATE INDEX action_task ON actions (task_id) WHERE task_id IS NOT NULL;
        CREATE INDEX action_open ON actions (outside, task_id) WHERE state < 5;
        """;

    private static readonly byte[] Hash = Encoding.UTF8.GetBytes(new string('a', 64));

    private readonly SqliteConnection _connection;
    private readonly OrderedIds _ids = new();
    private readonly List<BareStatement> _statements = [];
    private readonly BareStatement _begin;
    private readonly BareStatement _commit;
    private readonly BareStatement _insertTree;
    private readonly BareStatement _insertWorkflow;
    private readonly BareStatement _updateWorkflow;
    private readonly BareStatement _insertTask;
    private readonly BareStatement _updateTask;
    private readonly BareStatement _insertAction;
    private readonly BareStatement _updateAction;

    public BareFile(string directory, SqliteSynchronous synchronous)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "bare.db"), Pooling = false }.ToString());
        _connection.Open();
        Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -32768");
        Execute(Schema);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _insertTree = Prepare("INSERT INTO trees (id, owner, epoch) VALUES (?, 1, 1)");
        _insertWorkflow = Prepare(
            "INSERT INTO workflows (id, name, hash, item, created, state, accepted, tasks, updated) VALUES (?, 'chain', ?, 0, ?, 2, 0, 1, ?)");
        _updateWorkflow = Prepare("UPDATE workflows SET state = 5, accepted = 1, updated = ?, finished = ? WHERE id = ?");
        _insertTask = Prepare("""
            INSERT INTO tasks (id, workflow_id, name, workflow_name, type, joins, ordinal, created, open, state, processed, handled, retries, progress,
                started, updated, origin_id, origin_depth, triggered_by)
            VALUES (?, ?, ?, 'chain', 0, 0, ?, ?, 1, 2, 0, 0, 0, 0, ?, ?, ?, ?, ?)
            """);
        _updateTask = Prepare("UPDATE tasks SET open = 0, state = 5, processed = 1, updated = ?, finished = ?, next_tasks = ? WHERE id = ?");
        _insertAction = Prepare("""
            INSERT INTO actions (id, task_id, workflow_id, name, item, created, state, accepted, attempt, outside, safe)
            VALUES (?, ?, ?, 'bench.nothing', 0, ?, 2, 0, 1, 0, 1)
            """);
        _updateAction = Prepare("""UPDATE actions SET state = 5, accepted = 1, finished = ?, output = '{"result":null}' WHERE id = ?""");
    }

    /// <summary>Executions of so many steps, that many at once, each of their steps in one transaction for all of them.</summary>
    public void Run(int executions, int steps, int together)
    {
        for (var done = 0; done < executions; done += together)
        {
            var group = Enumerable.Range(0, Math.Min(together, executions - done)).Select(_ => new BareExecution()).ToArray();
            for (var step = 0; step <= steps; step++)
            {
                _begin.Run();
                foreach (var execution in group)
                {
                    if (step == 0)
                    {
                        Start(execution);
                    }
                    else
                    {
                        EndStep(execution, step < steps ? Encoding.UTF8.GetBytes($"[[\"t{step}\",0]]") : "[]"u8);
                    }

                    if (step < steps)
                    {
                        StartStep(execution);
                    }
                    else
                    {
                        End(execution);
                    }
                }

                _commit.Run();
            }
        }
    }

    /// <summary>As many parallel tasks: all begun in one transaction, and ended in another.</summary>
    public void RunParallel(int tasks)
    {
        _begin.Run();
        var execution = new BareExecution();
        Start(execution);
        var ids = new (byte[] Task, byte[] Action)[tasks];
        for (var place = 0; place < tasks; place++)
        {
            StartStep(execution);
            ids[place] = (execution.TaskId, execution.ActionId);
        }

        _commit.Run();
        _begin.Run();
        foreach (var (task, action) in ids)
        {
            (execution.TaskId, execution.ActionId) = (task, action);
            EndStep(execution, """[["all",0]]"""u8);
        }

        _commit.Run();
    }

    public void Dispose()
    {
        _statements.ForEach(s => s.Dispose());
        _connection.Dispose();
    }

    private static long Now() => DateTimeOffset.UtcNow.UtcTicks;

    private void Start(BareExecution execution)
    {
        execution.Id = _ids.Next();
        execution.TaskId = [];
        execution.Ordinal = 0;
        var now = Now();
        _insertTree.Bind(1, execution.Id).Run();
        _insertWorkflow.Bind(1, execution.Id).BindText(2, Hash).Bind(3, now).Bind(4, now).Run();
    }

    private void StartStep(BareExecution execution)
    {
        var before = execution.TaskId;
        (execution.TaskId, execution.ActionId) = (_ids.Next(), _ids.Next());
        var now = Now();
        _insertTask.Bind(1, execution.TaskId).Bind(2, execution.Id).BindText(3, Encoding.UTF8.GetBytes($"t{execution.Ordinal}")).Bind(4, execution.Ordinal)
            .Bind(5, now).Bind(6, now).Bind(7, now).Bind(8, before).Bind(9, execution.Ordinal % 32)
            .BindText(10, before.Length == 0 ? "[]"u8 : Encoding.UTF8.GetBytes($"[[\"{new Guid(before, bigEndian: true)}\",0]]"))
            .Run();
        _insertAction.Bind(1, execution.ActionId).Bind(2, execution.TaskId).Bind(3, execution.Id).Bind(4, now).Run();
        execution.Ordinal++;
    }

    private void EndStep(BareExecution execution, ReadOnlySpan<byte> nextTasks)
    {
        var now = Now();
        _updateAction.Bind(1, now).Bind(2, execution.ActionId).Run();
        _updateTask.Bind(1, now).Bind(2, now).BindText(3, nextTasks).Bind(4, execution.TaskId).Run();
    }

    private void End(BareExecution execution)
    {
        var now = Now();
        _updateWorkflow.Bind(1, now).Bind(2, now).Bind(3, execution.Id).Run();
    }

    private BareStatement Prepare(string sql)
    {
        var statement = new BareStatement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
