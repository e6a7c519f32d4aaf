using Microsoft.Data.Sqlite;

namespace Mistral.Executions.StoreTests;

/// <summary>Copies of a file, reading it beside an engine, and whether it is sound.</summary>
public sealed class SqliteUpkeepTests
{
    private readonly StoredWorld _world = new();
    private TemporaryDirectory _directory = null!;
    private SqliteExecutionStore _store = null!;

    private string Path => _directory.File("store.db");

    [SetUp]
    public async Task OpenAsync()
    {
        _directory = new TemporaryDirectory();
        _store = new SqliteExecutionStore(Path);
        await _store.OpenAsync(default);
        await _store.RenewLeaseAsync(new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(1)), StoredWorld.Start, default);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete();
    }

    [Test]
    public async Task A_backup_of_an_open_store_is_a_store_with_what_was_there()
    {
        var before = await WriteRootAsync();
        await _store.BackupAsync(_directory.File("copy.db"));
        var after = await WriteRootAsync();

        await using var copy = new SqliteExecutionStore(_directory.File("copy.db"));
        await copy.OpenAsync(default);
        (await copy.ReadWorkflowAsync(before.Id, default)).Should().BeEquivalentTo(before);
        (await copy.ReadWorkflowAsync(after.Id, default)).Should().BeNull();
        (await copy.CheckAsync()).Should().Equal(MissingDefinition(before));
        (await copy.RenewLeaseAsync(new EngineLease("engine-2", StoredWorld.Start.AddDays(9)), StoredWorld.Start.AddDays(8), default)).IsHeld.Should().BeTrue();
        (await copy.ClaimTreeAsync(before.Id, "engine-2", StoredWorld.Start.AddDays(8), default)).Claimed.Should().BeTrue();
    }

    [Test]
    public async Task A_backup_replaces_a_file_only_when_it_is_told_so_and_never_the_store()
    {
        var copy = _directory.File("copy.db");
        await File.WriteAllTextAsync(copy, "something else");
        await WriteRootAsync();

        await FluentActions.Awaiting(() => _store.BackupAsync(copy)).Should().ThrowAsync<StoreException>().WithMessage("*copy.db*exists already*");
        await FluentActions.Awaiting(() => _store.BackupAsync(Path, overwrite: true)).Should().ThrowAsync<StoreException>();
        (await File.ReadAllTextAsync(copy)).Should().Be("something else");
        await _store.BackupAsync(copy, overwrite: true);

        Directory.GetFiles(_directory.Path, "copy*").Should().Equal(copy);
        await using var opened = new SqliteExecutionStore(copy);
        await opened.OpenAsync(default);
        (await opened.QueryWorkflowsAsync(new(), default)).Items.Should().ContainSingle();
    }

    [Test]
    public async Task A_backup_where_nothing_can_be_written_says_so()
    {
        var refused = await FluentActions.Awaiting(() => _store.BackupAsync(_directory.File("missing/copy.db"))).Should().ThrowAsync<StoreException>();

        refused.Which.Message.Should().Contain("copy.db");
    }

    [Test]
    public async Task A_store_for_reading_sees_what_an_engine_writes_and_writes_nothing()
    {
        await using var reading = new SqliteExecutionStore(new SqliteStoreOptions { Path = Path, ReadOnly = true });
        await reading.OpenAsync(default);
        var root = await WriteRootAsync();

        (await reading.ReadWorkflowAsync(root.Id, default)).Should().BeEquivalentTo(root);
        (await FluentActions.Awaiting(() => reading.DeleteTreeAsync(root.Id, default)).Should().ThrowAsync<StoreException>()).Which.Refusal.Should().Be(CommitRefusal.ReadOnly);
        (await reading.CommitAsync([_world.Changes(root.Id)], default)).Should().ContainSingle().Which.Refusal.Should().Be(CommitRefusal.ReadOnly);
        await reading.BackupAsync(_directory.File("copy.db"));
        File.Exists(_directory.File("copy.db")).Should().BeTrue();
    }

    [Test]
    public async Task A_store_for_reading_makes_no_file_and_refuses_one_that_is_none()
    {
        var missing = new SqliteExecutionStore(new SqliteStoreOptions { Path = _directory.File("none.db"), ReadOnly = true });
        (await FluentActions.Awaiting(() => missing.OpenAsync(default)).Should().ThrowAsync<StoreException>()).WithMessage("There is no store at *none.db*");
        File.Exists(_directory.File("none.db")).Should().BeFalse();

        await File.WriteAllTextAsync(_directory.File("text.db"), "This is no database, but it is long enough to be taken for one at first.");
        var text = new SqliteExecutionStore(new SqliteStoreOptions { Path = _directory.File("text.db"), ReadOnly = true });
        await FluentActions.Awaiting(() => text.OpenAsync(default)).Should().ThrowAsync<StoreException>();

        await File.WriteAllTextAsync(_directory.File("empty.db"), "");
        var empty = new SqliteExecutionStore(new SqliteStoreOptions { Path = _directory.File("empty.db"), ReadOnly = true });
        await FluentActions.Awaiting(() => empty.OpenAsync(default)).Should().ThrowAsync<StoreException>().WithMessage("*older schema version*");
    }

    [Test]
    public async Task A_file_in_which_something_is_missing_is_found_out()
    {
        var root = await WriteRootAsync();
        var task = _world.Task(root);
        await WriteAsync(_world.Changes(root.Id) with { NewTasks = [task], Definitions = [new(root.DefinitionHash, "order", "", "test", "text")] });
        (await _store.CheckAsync()).Should().BeEmpty();

        await using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM workflow_executions";
            await command.ExecuteNonQueryAsync();
        }

        (await _store.CheckAsync()).Should().Equal(
            $"the workflow execution of the task execution '{task.Id}' is missing", $"the execution '{root.Id}' is owned, but missing");
    }

    [Test]
    public async Task A_file_becomes_shorter_when_what_was_in_it_is_deleted()
    {
        var large = JsonMap.Create(("data", new string('x', 4 * 1024 * 1024)));
        var root = await WriteRootAsync(StoredWorld.Finished(_world.Workflow()) with { Input = large });
        await TruncateLogAsync();
        var before = new FileInfo(Path).Length;

        await _store.DeleteTreeAsync(root.Id, default);
        var space = await _store.ReclaimSpaceAsync(default);
        space.FreeBytes.Should().BeGreaterThan(0, "it is given back in small parts");
        while (space.FreeBytes > 0)
        {
            space = await _store.ReclaimSpaceAsync(default);
        }

        await TruncateLogAsync();
        before.Should().BeGreaterThan(4 * 1024 * 1024);
        new FileInfo(Path).Length.Should().BeLessThan(1024 * 1024).And.Be(space.UsedBytes);
    }

    private static string MissingDefinition(WorkflowExecution workflow) => $"the definition of the workflow execution '{workflow.Id}' is missing";

    // Writes the log back, so that the length of the file says how large it is.
    private async Task TruncateLogAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        (await command.ExecuteScalarAsync()).Should().Be(0L);
    }

    private async Task<WorkflowExecution> WriteRootAsync(WorkflowExecution? root = null)
    {
        root ??= _world.Workflow();
        await WriteAsync(_world.Beginning(root));
        return root;
    }

    private async Task WriteAsync(ExecutionChanges changes) => (await _store.CommitAsync([changes], default)).Should().Equal(CommitOutcome.Committed);
}
