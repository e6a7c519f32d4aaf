namespace Mistral.Executions.StoreTests;

/// <summary>Files that a disk, or somebody, has damaged: right answers or a store exception, never anything else.</summary>
public sealed class SqliteDamageTests
{
    private readonly StoredWorld _world = new();
    private TemporaryDirectory _directory = null!;

    private string Path => _directory.File("store.db");

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Delete();

    [Test]
    public async Task A_file_that_is_cut_off_anywhere_is_refused_or_read()
    {
        var whole = await FilledAsync();
        var lengths = Enumerable.Range(1, 120).Concat(Enumerable.Range(1, (whole.Length / 512) - 1).SelectMany(p => new[] { (p * 512) - 1, p * 512 }));

        foreach (var length in lengths.Where(l => l < whole.Length))
        {
            await File.WriteAllBytesAsync(Path, whole[..length]);

            await ExpectAnswersOrStoreExceptionAsync($"cut off at {length}");
        }
    }

    [Test]
    public async Task A_file_with_a_wrong_byte_anywhere_is_refused_or_read()
    {
        var whole = await FilledAsync();
        var random = new Random(17);
        var pageHeaders = Enumerable.Range(0, whole.Length / 4096).SelectMany(page => Enumerable.Range(page * 4096, 16));
        var offsets = Enumerable.Range(0, 100).Concat(pageHeaders).Concat(Enumerable.Range(0, 400).Select(_ => random.Next(whole.Length)));

        foreach (var offset in offsets)
        {
            var damaged = whole.ToArray();
            damaged[offset] ^= (byte)(1 << random.Next(8));
            damaged[offset] ^= (byte)random.Next(1, 255);
            await File.WriteAllBytesAsync(Path, damaged);

            await ExpectAnswersOrStoreExceptionAsync($"wrong at {offset}");
        }
    }

    [Test]
    public async Task Values_of_another_kind_than_a_store_writes_are_a_store_exception()
    {
        await FilledAsync();
        var (root, _) = await ReadAllAsync();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            SqliteFile.Execute(connection, "UPDATE workflow_executions SET input = '{\"n\":'");
        }

        var refusal = await FluentActions.Awaiting(() => ReadAllAsync()).Should().ThrowAsync<StoreException>();

        refusal.Which.Refusal.Should().Be(CommitRefusal.Failed);
        refusal.Which.Message.Should().Contain(Path).And.Contain("damaged").And.Contain("Restore");
        root.Should().BeGreaterThan(0);
    }

    [Test]
    public async Task A_log_that_is_cut_off_or_wrong_at_its_end_costs_the_commits_of_its_end_and_nothing_before_them()
    {
        var (file, log) = await KilledAsync(commits: 8);
        var random = new Random(23);
        var counts = new List<int>();

        foreach (var length in Enumerable.Range(0, 60).Select(_ => random.Next(log.Length)).Order())
        {
            await LayAsync(file, random.Next(2) == 0 ? log[..length] : Wrong(log, length));

            await using var store = new SqliteExecutionStore(Path);
            await store.OpenAsync(default);
            counts.Add((await store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items.Count);
            await WriteAsync(store, _world.Beginning(_world.Workflow()));
        }

        counts.Should().BeInAscendingOrder().And.OnlyContain(c => c <= 8);
        counts.Should().Contain(c => c > 0 && c < 8);

        static byte[] Wrong(byte[] log, int offset)
        {
            var wrong = log.ToArray();
            wrong[offset] ^= 0x55;
            return wrong;
        }
    }

    [Test]
    public async Task A_log_that_is_missing_is_named_and_nothing_is_lost_when_it_is_put_back()
    {
        var (file, log) = await KilledAsync(commits: 3);
        await LayAsync(file, log);
        File.Delete(Path + "-wal");
        await File.WriteAllBytesAsync(Path + "-shm", new byte[32768]);

        var refusal = await FluentActions.Awaiting(() => ReadAllAsync()).Should().ThrowAsync<StoreException>();

        refusal.Which.Message.Should().Contain($"{Path}-wal").And.Contain("missing").And.Contain("Put it back");
        await File.WriteAllBytesAsync(Path + "-wal", log);
        (await ReadAllAsync()).Workflows.Should().Be(3);
    }

    [Test]
    public async Task A_migration_that_was_interrupted_begins_again()
    {
        await FilledAsync();
        string[] longer = [.. SqliteSchema.Migrations, "CREATE TABLE second (x); INSERT INTO second WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT zeroblob(4000) FROM n"];
        byte[] file, log;
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            SqliteFile.Execute(connection, $"PRAGMA cache_size = 10; BEGIN IMMEDIATE; {longer[^1]}");
            file = await ReadSharedAsync(Path);
            log = await ReadSharedAsync(Path + "-wal");
        }

        log.Length.Should().BeGreaterThan(4_000_000, "the migration had written a part of itself");
        await LayAsync(file, log);
        await using var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = Path }, longer);
        await store.OpenAsync(default);

        (await store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items.Should().HaveCount(20);
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>A file with some of everything, as it is when its process has closed it.</summary>
    private async Task<byte[]> FilledAsync()
    {
        await using (var store = new SqliteExecutionStore(Path))
        {
            await store.OpenAsync(default);
            for (var place = 0; place < 20; place++)
            {
                var root = _world.Workflow() with { Input = JsonMap.Create(("n", place), ("text", new string('x', place * 300))) };
                var task = _world.Task(root);
                var action = _world.Action(task);
                await WriteAsync(store, _world.Beginning(root) with
                {
                    NewTasks = [task],
                    NewActions = [action],
                    NewTimers = [_world.Timer(root.Id, task.Id, StoredWorld.Start)],
                    History = [_world.Entry(root.Id, root.Id)],
                });
            }
        }

        return await File.ReadAllBytesAsync(Path);
    }

    /// <summary>A file and its log as they are when the process was killed.</summary>
    private async Task<(byte[] File, byte[] Log)> KilledAsync(int commits)
    {
        await using var store = new SqliteExecutionStore(Path);
        await store.OpenAsync(default);
        await WriteLeaseAsync(store);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        for (var place = 0; place < commits; place++)
        {
            (await store.CommitAsync([_world.Beginning(_world.Workflow())], default)).Should().Equal(CommitOutcome.Committed);
        }

        return (await ReadSharedAsync(Path), await ReadSharedAsync(Path + "-wal"));
    }

    private async Task LayAsync(byte[] file, byte[] log)
    {
        foreach (var left in Directory.GetFiles(_directory.Path))
        {
            File.Delete(left);
        }

        await File.WriteAllBytesAsync(Path, file);
        await File.WriteAllBytesAsync(Path + "-wal", log);
    }

    private async Task ExpectAnswersOrStoreExceptionAsync(string damage)
    {
        try
        {
            var (workflows, _) = await ReadAllAsync();
            workflows.Should().BeLessThanOrEqualTo(20, damage);
        }
        catch (StoreException exception)
        {
            exception.Message.Should().Contain(Path, damage);
        }
        catch (Exception exception)
        {
            throw new AssertionException($"A file that is {damage} led to {exception}");
        }
        finally
        {
            foreach (var log in Directory.GetFiles(_directory.Path).Where(f => f != Path))
            {
                File.Delete(log);
            }
        }
    }

    private async Task<(int Workflows, int Others)> ReadAllAsync()
    {
        await using var store = new SqliteExecutionStore(Path);
        await store.OpenAsync(default);
        var workflows = (await store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items;
        var others = 0;
        foreach (var workflow in workflows)
        {
            others += (await store.ReadTreeAsync(workflow.Id, default))?.Tasks.Count ?? 0;
            others += (await store.ReadHistoryAsync(workflow.Id, default)).Count;
            await store.ReadOwnerAsync(workflow.Id, default);
        }

        others += (await store.QueryTasksAsync(new ExecutionQuery(), default)).Items.Count;
        others += (await store.QueryActionsAsync(new ExecutionQuery(), default)).Items.Count;
        others += (await store.ReadTimersAsync(_world.EngineId, StoredWorld.Start, null, 100, default)).Count;
        others += (await store.ReadRecoverableActionsAsync(_world.EngineId, StoredWorld.Start, null, 100, default)).Count;
        await WriteLeaseAsync(store);
        if (workflows.Count > 0)
        {
            await store.ClaimTreeAsync(workflows[0].Id, "engine-2", StoredWorld.Start, default);
            await store.CommitAsync([_world.Changes(workflows[0].Id) with { Workflows = [StoredWorld.Finished(workflows[0])] }], default);
        }

        return (workflows.Count, others);
    }

    private async Task WriteAsync(SqliteExecutionStore store, ExecutionChanges changes)
    {
        await WriteLeaseAsync(store);
        (await store.CommitAsync([changes], default)).Should().Equal(CommitOutcome.Committed);
    }

    private Task<LeaseRenewal> WriteLeaseAsync(SqliteExecutionStore store) =>
        store.RenewLeaseAsync(new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(1)), StoredWorld.Start, default);
}
