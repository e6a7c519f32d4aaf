using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions.StoreTests;

/// <summary>The file of a SQLite store: what survives in it, what it refuses to be, and how it is led to a newer schema.</summary>
public sealed class SqliteFileTests
{
    private readonly StoredWorld _world = new();
    private TemporaryDirectory _directory = null!;

    private string Path => _directory.File("store.db");

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Delete();

    [Test]
    public async Task What_was_committed_is_there_when_the_file_is_opened_again()
    {
        var root = _world.Workflow();
        await using (var store = await OpenAsync())
        {
            await WriteAsync(store, _world.Beginning(root));
        }

        await using var again = await OpenAsync();
        (await again.ReadWorkflowAsync(root.Id, default)).Should().BeEquivalentTo(root);
        (await again.ReadTreeAsync(root.Id, default))!.OwnerId.Should().Be(_world.EngineId);
    }

    [Test]
    public async Task After_disposing_nothing_but_the_file_is_left_and_it_can_be_deleted()
    {
        await using (var store = await OpenAsync())
        {
            await WriteAsync(store, _world.Beginning(_world.Workflow()));
            await store.ReadTreeAsync("none", default);
        }

        Directory.GetFiles(_directory.Path).Should().Equal(Path);
        File.Delete(Path);
    }

    [Test]
    public async Task A_store_that_is_not_open_says_so()
    {
        await using var store = new SqliteExecutionStore(Path);

        await FluentActions.Awaiting(() => store.ReadTreeAsync("x", default)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*OpenAsync*");
        await FluentActions.Awaiting(() => store.CommitAsync([], default)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Opening_twice_and_disposing_twice_is_no_mistake()
    {
        var store = await OpenAsync();
        await store.OpenAsync(default);
        await WriteAsync(store, _world.Beginning(_world.Workflow()));
        await store.DisposeAsync();
        await store.DisposeAsync();
    }

    [Test]
    public async Task Two_stores_of_one_file_see_and_fence_each_other()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        var root = _world.Workflow();
        await WriteAsync(first, _world.Beginning(root));
        await second.RenewLeaseAsync(new EngineLease("engine-2", StoredWorld.Start.AddDays(9)), StoredWorld.Start, default);

        (await second.ClaimTreeAsync(root.Id, "engine-2", StoredWorld.Start.AddDays(8), default)).FormerOwnerId.Should().Be(_world.EngineId);

        (await first.CommitAsync([_world.Changes(root.Id)], default))[0].Refusal.Should().Be(CommitRefusal.NotOwner);
        (await second.CommitAsync([_world.Changes(root.Id, epoch: 2) with { OwnerId = "engine-2" }], default))[0].Should().Be(CommitOutcome.Committed);
    }

    [Test]
    public async Task A_missing_directory_is_named()
    {
        var refusal = await RefusedAsync(_directory.File("missing/store.db"));

        refusal.Message.Should().Contain(_directory.File("missing")).And.Contain("does not exist");
    }

    [Test]
    public async Task A_directory_is_no_store() => (await RefusedAsync(_directory.Path)).Message.Should().Contain(_directory.Path);

    [TestCase("This is a text, and long enough to be looked at as the header of a database, which has a hundred bytes at the least.")]
    [TestCase("short")]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        await File.WriteAllTextAsync(Path, content);

        (await RefusedAsync(Path)).Message.Should().Contain(Path).And.Contain("no SQLite database");

        (await File.ReadAllTextAsync(Path)).Should().Be(content);
    }

    [Test]
    public async Task A_database_of_another_application_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE theirs (x)");
        var before = await File.ReadAllBytesAsync(Path);

        (await RefusedAsync(Path)).Message.Should().Contain("another application");

        (await File.ReadAllBytesAsync(Path)).Should().Equal(before);
    }

    [Test]
    public async Task A_file_of_a_newer_version_is_refused_with_both_versions_and_left_as_it_is()
    {
        await (await OpenAsync()).DisposeAsync();
        Execute("PRAGMA user_version = 99");
        var before = await File.ReadAllBytesAsync(Path);

        (await RefusedAsync(Path)).Message.Should().Contain("version 99").And.Contain($"up to {SqliteSchema.Migrations.Count}");

        (await File.ReadAllBytesAsync(Path)).Should().Equal(before);
    }

    [Test]
    public async Task A_file_that_another_holds_locked_is_refused_after_the_busy_timeout_and_opened_when_it_is_free()
    {
        await (await OpenAsync()).DisposeAsync();
        await using (var holder = Connect())
        {
            SqliteFile.Execute(holder, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE engines SET expires_at = 0");

            var refusal = await RefusedAsync(Path, TimeSpan.FromMilliseconds(20));

            refusal.Refusal.Should().Be(CommitRefusal.Busy);
            refusal.Message.Should().Contain("locked");
        }

        await (await OpenAsync()).DisposeAsync();
    }

    [Test]
    public async Task While_another_writes_commits_are_refused_as_busy_and_reading_goes_on()
    {
        await using var store = await OpenAsync(TimeSpan.FromMilliseconds(20));
        var root = _world.Workflow();
        await WriteAsync(store, _world.Beginning(root));
        var late = _world.Beginning(_world.Workflow());
        await using (var holder = Connect())
        {
            SqliteFile.Execute(holder, "BEGIN IMMEDIATE");

            (await store.CommitAsync([late], default))[0].Refusal.Should().Be(CommitRefusal.Busy);
            (await store.ReadTreeAsync(root.Id, default)).Should().NotBeNull();
            (await FluentActions.Awaiting(() => store.ReleaseLeaseAsync("x", default)).Should().ThrowAsync<StoreException>())
                .Which.Refusal.Should().Be(CommitRefusal.Busy);
        }

        await WriteAsync(store, late);
    }

    [TestCase(SqliteSynchronous.Full, 2)]
    [TestCase(SqliteSynchronous.Normal, 1)]
    [TestCase(SqliteSynchronous.Off, 0)]
    public void The_file_is_written_as_the_options_say(SqliteSynchronous synchronous, int expected)
    {
        var file = new SqliteFile(new SqliteStoreOptions { Path = Path, Synchronous = synchronous });
        using var connection = file.OpenForWriting(SqliteSchema.Migrations, SqliteProtection.None);

        SqliteFile.Integer(connection, "PRAGMA synchronous").Should().Be(expected);
        SqliteFile.Integer(connection, "PRAGMA wal_autocheckpoint").Should().Be(1000);
        SqliteFile.Scalar(connection, "PRAGMA journal_mode").Should().Be("wal");
    }

    [Test]
    public async Task An_older_file_is_led_forward_with_all_that_is_in_it()
    {
        var root = _world.Workflow();
        await using (var store = await OpenAsync())
        {
            await WriteAsync(store, _world.Beginning(root));
        }

        await using (var newer = await OpenAsync(migrations: [.. SqliteSchema.Migrations, "CREATE TABLE second (x); INSERT INTO second VALUES (1)", "INSERT INTO second VALUES (2)"]))
        {
            (await newer.ReadWorkflowAsync(root.Id, default)).Should().BeEquivalentTo(root);
        }

        Integer("SELECT sum(x) FROM second").Should().Be(3);
        Integer("PRAGMA user_version").Should().Be(SqliteSchema.Migrations.Count + 2);
        (await RefusedAsync(Path)).Message.Should().Contain($"version {SqliteSchema.Migrations.Count + 2}");
    }

    [Test]
    public async Task A_migration_that_fails_leaves_the_file_as_it_was()
    {
        await (await OpenAsync()).DisposeAsync();

        await FluentActions.Awaiting(() => OpenAsync(migrations: [.. SqliteSchema.Migrations, "CREATE TABLE second (x)", "INSERT INTO missing VALUES (1)"]))
            .Should().ThrowAsync<StoreException>();

        Integer("SELECT count(*) FROM sqlite_schema WHERE name = 'second'").Should().Be(0);
        Integer("PRAGMA user_version").Should().Be(SqliteSchema.Migrations.Count);
        await (await OpenAsync()).DisposeAsync();
    }

    [Test]
    public async Task Stores_that_open_a_new_file_at_the_same_time_all_get_it()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync())));

        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        Integer("PRAGMA user_version").Should().Be(SqliteSchema.Migrations.Count);
    }

    [Test]
    public void A_file_that_another_makes_at_any_moment_of_the_look_is_seen_before_or_after()
    {
        var makes = $"BEGIN IMMEDIATE; {string.Join(';', SqliteSchema.Migrations)}; PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = {SqliteSchema.Migrations.Count}; COMMIT";
        var isMadeDuringTheLook = true;
        for (var moment = 1; isMadeDuringTheLook; moment++)
        {
            var steps = 0;
            var made = raw.SQLITE_BUSY;
            using var other = Connect();
            using var looking = Connect();
            raw.sqlite3_progress_handler(looking.Handle!, 1, _ => MakeFromThatMomentOn(), null);

            FluentActions.Invoking(() => SqliteMigration.Check(looking, Path, SqliteSchema.Migrations)).Should().NotThrow();

            isMadeDuringTheLook = steps >= moment;
            other.Dispose();
            looking.Dispose();
            File.Delete(Path);

            // While the file is being read it cannot be made.
            int MakeFromThatMomentOn()
            {
                if (++steps >= moment && made == raw.SQLITE_BUSY && (made = raw.sqlite3_exec(other.Handle!, makes)) == raw.SQLITE_BUSY)
                {
                    raw.sqlite3_exec(other.Handle!, "ROLLBACK");
                }

                return 0;
            }
        }
    }

    [Test]
    public async Task A_deletion_that_was_interrupted_is_ended_by_the_next()
    {
        var root = StoredWorld.Finished(_world.Workflow());
        var task = _world.Task(root);
        var nested = _world.Workflow(parent: task);
        await using var store = await OpenAsync();
        await WriteAsync(store, _world.Beginning(root) with
        {
            NewWorkflows = [root, nested],
            NewTasks = [task, _world.Task(nested)],
            NewActions = [.. Enumerable.Range(0, 1200).Select(_ => _world.Action(task))],
        });
        await using (var connection = Connect())
        {
            var deletion = new SqliteDeletion(root.Id);
            deletion.Begin(connection).Should().BeTrue();
            deletion.DeletePieces(connection).Should().BeTrue();
        }

        (await store.CommitAsync([_world.Changes(root.Id)], default))[0].Refusal.Should().Be(CommitRefusal.NotOwner);
        (await store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 10, default)).Should().ContainSingle().Which.Owner.Should().BeNull();
        (await store.PurgeAsync(new() { MaximumExecutions = 0 })).Purged.Should().Be(1);

        foreach (var table in new[] { "workflow_executions", "task_executions", "action_executions", "trees" })
        {
            Integer($"SELECT count(*) FROM {table}").Should().Be(0);
        }
    }

    [Test]
    public async Task Data_that_nest_too_deep_are_refused_alone()
    {
        var deep = JsonData.EmptyArray;
        for (var i = 0; i < 1000; i++)
        {
            deep = JsonList.Create(deep);
        }

        var good = _world.Workflow();
        var bad = _world.Workflow() with { Input = JsonMap.Create(("deep", deep)) };
        await using var store = await OpenAsync();
        await WriteAsync(store, _world.Beginning(_world.Workflow()));

        var outcomes = await store.CommitAsync([_world.Beginning(bad), _world.Beginning(good)], default);

        outcomes.Select(o => o.Refusal).Should().Equal(CommitRefusal.Invalid, CommitRefusal.None);
        (await store.ReadWorkflowAsync(good.Id, default)).Should().BeEquivalentTo(good);
        await WriteAsync(store, _world.Beginning(_world.Workflow()));
    }

    private async Task<SqliteExecutionStore> OpenAsync(TimeSpan? busyTimeout = null, IReadOnlyList<string>? migrations = null)
    {
        var options = new SqliteStoreOptions { Path = Path, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(30) };
        var store = new SqliteExecutionStore(options, migrations ?? SqliteSchema.Migrations);
        await store.OpenAsync(default);
        return store;
    }

    private async Task WriteAsync(SqliteExecutionStore store, ExecutionChanges changes)
    {
        await store.RenewLeaseAsync(new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(1)), StoredWorld.Start, default);
        (await store.CommitAsync([changes], default)).Should().Equal(CommitOutcome.Committed);
    }

    private static async Task<StoreException> RefusedAsync(string path, TimeSpan? busyTimeout = null)
    {
        var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = path, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(30) });
        return (await FluentActions.Awaiting(() => store.OpenAsync(default)).Should().ThrowAsync<StoreException>()).Which;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        SqliteFile.Execute(connection, sql);
    }

    private long Integer(string sql)
    {
        using var connection = Connect();
        return SqliteFile.Integer(connection, sql);
    }
}
