using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions.StoreTests;

/// <summary>What a disk that fails does to a SQLite store: each commit has one of three outcomes, and the store goes on.</summary>
[NonParallelizable]
public sealed class SqliteFaultTests
{
    private readonly StoredWorld _world = new();
    private TemporaryDirectory _directory = null!;
    private SqliteExecutionStore _store = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        FaultyFiles.Install();
        _directory = new TemporaryDirectory();
        _store = await OpenStoreAsync();
        await _store.RenewLeaseAsync(new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(2)), StoredWorld.Start, default);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        FaultyFiles.Heal();
        await _store.DisposeAsync();
        FaultyFiles.Uninstall();
        _directory.Delete();
    }

    [TestCase(raw.SQLITE_FULL, CommitRefusal.Full)]
    [TestCase(raw.SQLITE_READONLY, CommitRefusal.ReadOnly)]
    [TestCase(raw.SQLITE_BUSY, CommitRefusal.Busy)]
    public async Task A_disk_that_takes_nothing_refuses_the_commit_and_the_store_goes_on_when_it_does_again(int fault, CommitRefusal refusal)
    {
        var before = await WriteAsync();
        var root = _world.Workflow();

        FaultyFiles.WriteFault = fault;
        var outcome = await CommitAsync(_world.Beginning(root));
        FaultyFiles.Heal();

        outcome.Result.Should().Be(CommitResult.Refused);
        outcome.Refusal.Should().Be(refusal);
        outcome.Cause.Should().NotBeNull();
        (await _store.ReadWorkflowAsync(root.Id, default)).Should().BeNull();
        (await _store.ReadWorkflowAsync(before.Id, default)).Should().NotBeNull();
        (await CommitAsync(_world.Beginning(root))).Should().Be(CommitOutcome.Committed);
        await ExpectInFileAsync(before, root);
    }

    [TestCase(raw.SQLITE_IOERR_FSYNC, true)]
    [TestCase(raw.SQLITE_IOERR_WRITE, false)]
    public async Task A_commit_that_breaks_off_is_unknown_and_the_same_set_can_be_written_again(int fault, bool whileSyncing)
    {
        var before = await WriteAsync();
        var root = _world.Workflow();
        var changes = _world.Beginning(root) with { NewTasks = [_world.Task(root)] };

        if (whileSyncing)
        {
            FaultyFiles.SyncFault = fault;
        }
        else
        {
            FaultyFiles.WriteFault = fault;
        }

        var outcome = await CommitAsync(changes);
        FaultyFiles.Heal();

        outcome.Result.Should().Be(CommitResult.Unknown);
        outcome.Cause.Should().NotBeNull();
        (await CommitAsync(changes)).Should().Be(CommitOutcome.Committed);
        (await CommitAsync(changes)).Should().Be(CommitOutcome.Committed);
        (await _store.ReadTreeAsync(root.Id, default))!.Tasks.Should().ContainSingle();
        await ExpectInFileAsync(before, root);
    }

    [Test]
    public async Task Every_set_of_a_group_that_breaks_off_is_unknown_but_those_that_were_refused()
    {
        var before = await WriteAsync();

        FaultyFiles.SyncFault = raw.SQLITE_IOERR_FSYNC;
        var outcomes = await _store.CommitAsync(
            [_world.Beginning(_world.Workflow()), _world.Changes(before.Id, epoch: 9), _world.Beginning(_world.Workflow())], default);
        FaultyFiles.Heal();

        outcomes.Select(o => o.Result).Should().Equal(CommitResult.Unknown, CommitResult.Refused, CommitResult.Unknown);
        outcomes[1].Refusal.Should().Be(CommitRefusal.NotOwner);
    }

    [Test]
    public async Task A_fault_before_the_commit_refuses_it()
    {
        var before = await WriteAsync();
        await _store.DisposeAsync();
        _store = await OpenStoreAsync();

        FaultyFiles.ReadFault = raw.SQLITE_IOERR_READ;
        var outcome = await CommitAsync(_world.Changes(before.Id) with { Workflows = [StoredWorld.Finished(before)] });
        FaultyFiles.Heal();

        outcome.Result.Should().Be(CommitResult.Refused);
        outcome.Refusal.Should().Be(CommitRefusal.Failed);
        (await _store.ReadWorkflowAsync(before.Id, default))!.State.Should().Be(ExecutionState.Running);
        (await CommitAsync(_world.Changes(before.Id) with { Workflows = [StoredWorld.Finished(before)] })).Should().Be(CommitOutcome.Committed);
    }

    [Test]
    public async Task While_the_file_cannot_be_opened_again_commits_are_refused_and_later_it_goes_on()
    {
        var root = _world.Workflow();
        FaultyFiles.SyncFault = raw.SQLITE_IOERR_FSYNC;
        (await CommitAsync(_world.Beginning(root))).Result.Should().Be(CommitResult.Unknown);
        FaultyFiles.Heal();

        FaultyFiles.OpensForReadingOnly = true;
        var refused = await CommitAsync(_world.Beginning(root));
        FaultyFiles.Heal();

        refused.Refusal.Should().Be(CommitRefusal.ReadOnly);
        (await CommitAsync(_world.Beginning(root))).Should().Be(CommitOutcome.Committed);
    }

    [Test]
    public async Task Reading_and_leases_fail_with_a_store_exception_and_go_on_afterwards()
    {
        var root = await WriteAsync();
        await _store.DisposeAsync();
        _store = await OpenStoreAsync();
        var lease = new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(3));

        FaultyFiles.ReadFault = raw.SQLITE_IOERR_READ;
        var reading = await FluentActions.Awaiting(() => _store.ReadTreeAsync(root.Id, default)).Should().ThrowAsync<StoreException>();
        FaultyFiles.Heal();
        FaultyFiles.WriteFault = raw.SQLITE_FULL;
        var renewing = await FluentActions.Awaiting(() => _store.RenewLeaseAsync(lease, StoredWorld.Start, default)).Should().ThrowAsync<StoreException>();
        FaultyFiles.Heal();

        reading.Which.Refusal.Should().Be(CommitRefusal.Failed);
        renewing.Which.Refusal.Should().Be(CommitRefusal.Full);
        renewing.Which.Message.Should().Contain(_directory.Path).And.Contain("Make room");
        (await _store.ReadTreeAsync(root.Id, default)).Should().NotBeNull();
        (await _store.RenewLeaseAsync(lease, StoredWorld.Start, default)).IsHeld.Should().BeTrue();
    }

    [TestCase(1, CommitResult.Committed)]
    [TestCase(29, CommitResult.Committed)]
    [TestCase(31, CommitResult.Refused)]
    public async Task A_file_that_another_holds_locked_is_waited_for_for_the_busy_timeout_of_30_seconds(int seconds, CommitResult expected)
    {
        var before = await WriteAsync();
        var root = _world.Workflow();
        await using var other = new SqliteConnection($"Data Source={_directory.File("store.db")};Pooling=False");
        other.Open();
        SqliteFile.Execute(other, "BEGIN IMMEDIATE; UPDATE engines SET expires_at = expires_at");
        var waited = TimeSpan.Zero;
        FaultyFiles.Waiting = wait =>
        {
            waited += wait;
            if (waited >= TimeSpan.FromSeconds(seconds) && raw.sqlite3_get_autocommit(other.Handle!) == 0)
            {
                raw.sqlite3_exec(other.Handle!, "ROLLBACK");
            }
        };

        var outcome = await CommitAsync(_world.Beginning(root));

        outcome.Result.Should().Be(expected);
        if (expected == CommitResult.Refused)
        {
            outcome.Refusal.Should().Be(CommitRefusal.Busy);
            waited.Should().Be(TimeSpan.FromSeconds(30));
            raw.sqlite3_exec(other.Handle!, "ROLLBACK");
            (await CommitAsync(_world.Beginning(root))).Should().Be(CommitOutcome.Committed);
        }

        FaultyFiles.Heal();
        await ExpectInFileAsync(before, root);
    }

    [Test]
    public async Task An_engine_goes_on_by_itself_when_a_full_disk_has_room_again()
    {
        var (begun, opened) = (new TaskCompletionSource(), new TaskCompletionSource<JsonData>());
        var options = new ExecutionEngineOptions(_directory.File("engine.db"))
            .AddAction("wait", async (_, _, _) =>
            {
                begun.SetResult();
                return await opened.Task;
            })
            .AddWorkflow(new WorkflowBuilder("order").Task("a", t => t.Action("wait").OnSuccess("b")).Task("b", t => t.Action("std.noop")).Build());
        await using var engine = await ExecutionEngine.OpenAsync(options);
        var run = await engine.StartAsync("order");
        await begun.Task;

        FaultyFiles.WriteFault = raw.SQLITE_FULL;
        var refusal = await FluentActions.Awaiting(() => engine.StartAsync("order", options: new() { Id = "second" })).Should().ThrowAsync<StoreException>();
        opened.SetResult(7);
        await FluentActions.Awaiting(() => engine.CancelAsync(run.Id)).Should().ThrowAsync<StoreException>();
        FaultyFiles.Heal();

        refusal.Which.Refusal.Should().Be(CommitRefusal.Full);
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
        (await FluentActions.Awaiting(() => engine.GetWorkflowAsync("second")).Should().ThrowAsync<ExecutionNotFoundException>()).Which.Should().NotBeNull();
    }

    [Test]
    public async Task An_engine_acknowledges_a_start_whose_commit_broke_off_only_when_it_is_written()
    {
        await using var engine = await ExecutionEngine.OpenAsync(
            _directory.File("engine.db"), e => e.AddOutsideAction("ask").AddWorkflow(new WorkflowBuilder("order").Task("a", t => t.Action("ask")).Build()));

        FaultyFiles.SyncFault = raw.SQLITE_IOERR_FSYNC;
        var starting = engine.StartAsync("order", options: new() { Id = "one" });
        while (FaultyFiles.FailedSyncs < 3)
        {
            await Task.Yield();
        }

        starting.IsCompleted.Should().BeFalse();
        FaultyFiles.Heal();

        (await starting).IsNew.Should().BeTrue();
        (await engine.GetWorkflowAsync("one")).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task A_file_that_can_only_be_read_is_refused_at_open()
    {
        await _store.DisposeAsync();

        FaultyFiles.OpensForReadingOnly = true;
        var refusal = await FluentActions.Awaiting(OpenStoreAsync).Should().ThrowAsync<StoreException>();
        FaultyFiles.Heal();

        refusal.Which.Refusal.Should().Be(CommitRefusal.ReadOnly);
        refusal.Which.Message.Should().Contain("store.db").And.Contain("right to write");
        _store = await OpenStoreAsync();
    }

    private async Task<SqliteExecutionStore> OpenStoreAsync()
    {
        var store = new SqliteExecutionStore(_directory.File("store.db"));
        await store.OpenAsync(default);
        return store;
    }

    private async Task<CommitOutcome> CommitAsync(ExecutionChanges changes) => (await _store.CommitAsync([changes], default)).Should().ContainSingle().Subject;

    private async Task<WorkflowExecution> WriteAsync()
    {
        var root = _world.Workflow();
        (await CommitAsync(_world.Beginning(root))).Should().Be(CommitOutcome.Committed);
        return root;
    }

    private async Task ExpectInFileAsync(params WorkflowExecution[] roots)
    {
        await _store.DisposeAsync();
        _store = await OpenStoreAsync();
        (await _store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items.Should().BeEquivalentTo(roots);
    }
}
