using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions.StoreTests;

/// <summary>What a step costs does not grow with what has ended: shown by SQLite's plans and by the instructions it counts.</summary>
public sealed class SqliteFlatCostTests
{
    private static readonly SqliteRecords Records = new(SqliteProtection.None);

    private readonly StoredWorld _world = new();
    private TemporaryDirectory _directory = null!;
    private SqliteConnection _writing = null!;
    private SqliteWriter _writer = null!;
    private SqliteReader _reader = null!;

    [SetUp]
    public void Open()
    {
        _directory = new TemporaryDirectory();
        var file = new SqliteFile(new SqliteStoreOptions { Path = _directory.File("store.db"), Synchronous = SqliteSynchronous.Off });
        _writing = file.OpenForWriting(SqliteSchema.Migrations, SqliteProtection.None);
        SqliteOwnership.Renew(_writing, new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(1)), StoredWorld.Start);
        _writing.Handle!.enable_sqlite3_next_stmt(true);
        _writer = new SqliteWriter(_writing, SqliteProtection.None);
        _reader = new SqliteReader(file.OpenForReading());
        _reader.Connection.Handle!.enable_sqlite3_next_stmt(true);
    }

    [TearDown]
    public void Close()
    {
        _reader.Dispose();
        _writer.Dispose();
        _directory.Delete();
    }

    [Test]
    public void No_statement_of_a_commit_looks_through_a_table()
    {
        Statements(_writing).Should().HaveCountGreaterThan(15);
        foreach (var statement in Statements(_writing).Where(sql => !sql.StartsWith("BEGIN", StringComparison.Ordinal)))
        {
            ExpectNoScan(_writing, statement);
        }
    }

    [Test]
    public void No_statement_that_reads_or_claims_a_tree_looks_through_a_table()
    {
        var root = WriteTree(finished: 3);
        Read(root);

        var statements = Statements(_reader.Connection).Where(sql => sql.StartsWith("SELECT", StringComparison.Ordinal) || sql.StartsWith("WITH", StringComparison.Ordinal)).ToList();

        statements.Should().HaveCount(6);
        string[] others =
        [
            SqliteTreeReader.StandAloneAction, SqliteOwnership.OwnerOfTree, SqliteExecutionStore.TreeOfExecution, SqliteExecutionStore.LatestTask,
            SqliteExecutionStore.RecoverableActions, SqliteExecutionStore.DueTimers, SqliteExecutionStore.WorkflowById, SqliteExecutionStore.TaskById,
            SqliteExecutionStore.ActionById, SqliteExecutionStore.ParentOfExecution, SqliteExecutionStore.HistoryOfTree, SqliteExecutionStore.DefinitionByHash,
            SqliteExecutionStore.TimersOfTree, SqliteExecutionStore.LeaseOfOwner, SqliteInbox.ById,
        ];
        foreach (var statement in statements.Concat(others))
        {
            ExpectNoScan(_reader.Connection, statement);
        }
    }

    [Test]
    public void Queries_go_through_the_index_that_fits()
    {
        ExpectPlan(SqliteQuery.Workflows(new()), "workflow_by_creation");
        ExpectPlan(SqliteQuery.Workflows(new() { CreatedFrom = StoredWorld.Start }), "workflow_by_creation (created_at>?)");
        ExpectPlan(SqliteQuery.Workflows(new() { States = [ExecutionState.Running], NewestFirst = true }), "workflow_not_succeeded");
        ExpectPlan(SqliteQuery.Workflows(new() { States = [ExecutionState.Error], OnlyRoots = true }), "workflow_not_succeeded");
        ExpectPlan(SqliteQuery.Workflows(new() { ParentId = "x" }), "workflow_by_task (task_execution_id=?)");
        ExpectPlan(SqliteQuery.Workflows(new() { RootExecutionId = "x" }), "workflow_by_root (root_id=?)");
        ExpectPlan(SqliteQuery.Tasks(new() { ParentId = "x" }), "task_by_workflow (workflow_execution_id=?)");
        ExpectPlan(SqliteQuery.Tasks(new() { RootExecutionId = "x" }), "task_by_workflow (workflow_execution_id=?)");
        ExpectPlan(SqliteQuery.Actions(new() { ParentId = "x" }), "action_by_task (task_execution_id=?)");
        ExpectPlan(SqliteQuery.Actions(new() { RootExecutionId = "x" }), "action_by_task (task_execution_id=?)");

        void ExpectPlan(SqliteQuery query, string index)
        {
            var plan = Plan(_reader.Connection, query.Sql);
            plan.Should().Contain(line => line.Contains(index), "of {0}", query.Sql).And.NotContain(line => line.Contains("SCAN") && !line.Contains("INDEX"));
        }
    }

    [Test]
    public void Reading_a_tree_takes_as_many_instructions_after_ten_finished_tasks_as_after_ten_thousand()
    {
        var (small, large) = WriteTrees();
        Read(small);

        var ofSmall = InstructionsOf(_reader.Connection, () => Read(small));
        var ofLarge = InstructionsOf(_reader.Connection, () => Read(large));

        ofLarge.Should().Be(ofSmall);
        var tree = Read(large);
        tree.Tasks.Should().ContainSingle();
        tree.Actions.Should().ContainSingle();
        tree.ContextTasks.Should().HaveCount(1);
    }

    [Test]
    public void A_step_takes_as_many_instructions_after_ten_finished_tasks_as_after_ten_thousand()
    {
        var (small, large) = WriteTrees();

        InstructionsOf(_writing, () => Step(large)).Should().Be(InstructionsOf(_writing, () => Step(small)));
    }

    [Test]
    public void The_latest_task_of_a_name_takes_as_many_instructions_after_ten_runs_as_after_ten_thousand()
    {
        var (small, large) = WriteTrees();
        Latest(small);

        InstructionsOf(_reader.Connection, () => Latest(large)).Should().Be(InstructionsOf(_reader.Connection, () => Latest(small)));

        void Latest(string treeId) =>
            _reader.FirstOrDefault(SqliteExecutionStore.LatestTask, Records.Task, ("@workflow", SqliteText.ToParameter(treeId)), ("@name", "task"))
                .Should().NotBeNull();
    }

    private (string Small, string Large) WriteTrees()
    {
        var small = WriteTree(finished: 10);
        var large = WriteTree(finished: 10_000);

        // Neither is the last in an index: where the index ends, SQLite need not look whether the next row still fits.
        WriteTree(finished: 1);
        return (small, large);
    }

    private string WriteTree(int finished)
    {
        var root = _world.Workflow();
        var snapshot = new ContextOrigin { Snapshot = JsonMap.Empty };
        var tasks = Enumerable.Range(0, finished).Select(_ => StoredWorld.Finished(_world.Task(root)) with { InboundContext = snapshot }).ToList();
        var open = _world.Task(root) with { InboundContext = new ContextOrigin { TaskExecutionId = tasks[^1].Id, Depth = 1 } };
        Commit(_world.Beginning(root) with
        {
            NewTasks = [.. tasks, open],
            NewActions = [.. tasks.Select(t => StoredWorld.Finished(_world.Action(t))), _world.Action(open)],
        });
        return root.Id;
    }

    private void Step(string treeId)
    {
        var tree = Read(treeId);
        var task = _world.Task(tree.Workflows[0]);
        Commit(_world.Changes(treeId) with
        {
            Tasks = [StoredWorld.Finished(tree.Tasks[0])],
            Actions = [StoredWorld.Finished(tree.Actions[0])],
            NewTasks = [task],
            NewActions = [_world.Action(task)],
        });
    }

    private void Commit(ExecutionChanges changes) => _writer.Commit([changes]).Should().Equal(CommitOutcome.Committed);

    private StoredTree Read(string treeId) => _reader.InSnapshot(r => SqliteTreeReader.Read(r, Records, treeId))!;

    private static void ExpectNoScan(SqliteConnection connection, string sql) =>
        Plan(connection, sql).Should().NotContain(
            line => line.StartsWith("SCAN") && !line.StartsWith("SCAN loaded") && !line.StartsWith("SCAN waiting")
                && !line.StartsWith("SCAN way") && !line.StartsWith("SCAN (") && !line.StartsWith("SCAN CONSTANT"),
            "of {0}",
            sql);

    private static List<string> Plan(SqliteConnection connection, string sql)
    {
        raw.sqlite3_prepare_v2(connection.Handle!, "EXPLAIN QUERY PLAN " + sql, out var statement).Should().Be(raw.SQLITE_OK, "of {0}", sql);
        using (statement)
        {
            var lines = new List<string>();
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                lines.Add(raw.sqlite3_column_text(statement, 3).utf8_to_string());
            }

            return lines;
        }
    }

    private static List<string> Statements(SqliteConnection connection)
    {
        var all = new List<string>();
        for (var s = raw.sqlite3_next_stmt(connection.Handle!, null); s is not null && !s.IsInvalid; s = raw.sqlite3_next_stmt(connection.Handle!, s))
        {
            all.Add(raw.sqlite3_sql(s).utf8_to_string());
        }

        return all;
    }

    private static int InstructionsOf(SqliteConnection connection, Action work)
    {
        Instructions(connection, reset: true);
        work();
        return Instructions(connection, reset: false);
    }

    private static int Instructions(SqliteConnection connection, bool reset)
    {
        var sum = 0;
        for (var s = raw.sqlite3_next_stmt(connection.Handle!, null); s is not null && !s.IsInvalid; s = raw.sqlite3_next_stmt(connection.Handle!, s))
        {
            sum += raw.sqlite3_stmt_status(s, raw.SQLITE_STMTSTATUS_VM_STEP, reset ? 1 : 0);
        }

        return sum;
    }
}
