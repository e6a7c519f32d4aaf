using System.Text;

namespace Mistral.Executions.StoreTests;

/// <summary>What a protector of the host's keeps out of the file, and which protector a file is opened with.</summary>
public sealed class SqliteProtectionTests
{
    private const string Marker = "hunter2-Ωmega";

    private readonly StoredWorld _world = new();
    private readonly AesGcmProtector _protector = new();
    private TemporaryDirectory _directory = null!;

    private string Path => _directory.File("store.db");

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Delete();

    [TestCase(true)]
    [TestCase(false)]
    public async Task No_data_stand_in_the_file_or_its_log_when_there_is_a_protector_and_all_do_when_there_is_none(bool isProtected)
    {
        await using var store = await OpenAsync(isProtected ? _protector : null);
        await WriteDataEverywhereAsync(store);

        // The log is there as long as the store is open.
        var places = Directory.GetFiles(_directory.Path, "store.db*").Where(f => IsIn(f, Marker)).ToList();

        places.Should().HaveCount(isProtected ? 0 : 1);
        IsIn(Path + "-wal", "order").Should().BeTrue("names stay readable");
    }

    [Test]
    public async Task A_copy_of_the_file_is_protected_as_the_file_is_and_opened_with_the_same_protector()
    {
        var copy = _directory.File("copy.db");
        string id;
        await using (var store = await OpenAsync(_protector))
        {
            id = await WriteDataEverywhereAsync(store);
            await store.BackupAsync(copy);
            (await store.CheckAsync()).Should().BeEmpty();
        }

        IsIn(copy, Marker).Should().BeFalse();
        IsIn(Path, Marker).Should().BeFalse();
        await using var again = await OpenAsync(_protector, copy);
        (await again.ReadWorkflowAsync(id, default))!.Input["pin"].Should().Be((JsonData)Marker);
    }

    [Test]
    public async Task All_data_come_back_as_they_were_written()
    {
        await using var store = await OpenAsync(_protector);
        var id = await WriteDataEverywhereAsync(store);

        var tree = (await store.ReadTreeAsync(id, default))!;
        tree.Workflows[0].StateInfo.Should().Be(Marker);
        tree.Workflows[0].Backlog[0].Message.Should().Be((JsonData)Marker);
        tree.Tasks[0].Published["pin"].Should().Be((JsonData)Marker);
        tree.Tasks[0].InboundContext.Snapshot!["pin"].Should().Be((JsonData)Marker);
        tree.Actions[0].Input["pin"].Should().Be((JsonData)Marker);
        tree.Timers[0].Data["pin"].Should().Be((JsonData)Marker);
        (await store.ReadHistoryAsync(id, default)).Single().Reason.Should().Be(Marker);
        (await store.ReadDefinitionAsync("hash", default))!.Text.Should().Be(Marker);
        (await store.ReadEnvironmentAsync("live", default))!.Variables["pin"].Should().Be((JsonData)Marker);
        var request = (await store.ReadRequestAsync("request", default))!;
        (request.Reason, request.Environment!["pin"], request.Answer!.Message).Should().Be((Marker, (JsonData)Marker, Marker));
    }

    [Test]
    public async Task A_file_is_refused_without_the_protector_it_was_made_with_and_with_another_one_and_is_not_changed()
    {
        await using (await OpenAsync(_protector))
        {
        }

        var bytes = await File.ReadAllBytesAsync(Path);
        (await RefusedAsync(null)).Message.Should().Contain("was written with a protector, and none is given");
        (await RefusedAsync(new AesGcmProtector())).Message.Should().Contain("another protector or key");
        (await RefusedAsync(null, isReadOnly: true)).Message.Should().Contain("was written with a protector, and none is given");
        (await RefusedAsync(new AesGcmProtector(), isReadOnly: true)).Message.Should().Contain("another protector or key");
        (await File.ReadAllBytesAsync(Path)).Should().Equal(bytes);
    }

    [Test]
    public async Task A_file_that_was_made_without_a_protector_is_refused_with_one_so_that_no_file_is_half_readable()
    {
        await using (await OpenAsync(null))
        {
        }

        (await RefusedAsync(_protector)).Message.Should().Contain("was written without a protector, and one is given");
        await using var still = await OpenAsync(null);
    }

    [Test]
    public async Task A_value_that_was_changed_by_hand_is_damage_and_not_an_answer()
    {
        string id;
        await using (var store = await OpenAsync(_protector))
        {
            id = await WriteDataEverywhereAsync(store);
        }

        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE workflow_executions SET input = zeroblob(length(input))";
            command.ExecuteNonQuery();
        }

        await using var again = await OpenAsync(_protector);
        await FluentActions.Awaiting(() => again.ReadWorkflowAsync(id, default)).Should().ThrowAsync<StoreException>().WithMessage("*damaged*");
    }

    private static bool IsIn(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }

    private async Task<SqliteExecutionStore> OpenAsync(ISecretProtector? protector, string? path = null, bool isReadOnly = false)
    {
        var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = path ?? Path, Protector = protector, ReadOnly = isReadOnly });
        try
        {
            await store.OpenAsync(default);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private async Task<StoreException> RefusedAsync(ISecretProtector? protector, bool isReadOnly = false) =>
        (await FluentActions.Awaiting(() => OpenAsync(protector, isReadOnly: isReadOnly)).Should().ThrowAsync<StoreException>()).Which;

    private async Task<string> WriteDataEverywhereAsync(SqliteExecutionStore store)
    {
        var data = JsonMap.Create(("pin", Marker));
        var root = _world.Workflow();
        root = root with
        {
            Input = data,
            Parameters = data,
            Environment = data,
            Context = data,
            Output = data,
            StateInfo = Marker,
            Description = Marker,
            Backlog = [new PendingCommand("fail", Marker, new TaskTrigger("task", RouteKind.OnError))],
        };
        var task = _world.Task(root) with { Published = data, StateInfo = Marker, InboundContext = new() { Snapshot = data } };
        var action = _world.Action(task) with { Input = data, Output = data, StateInfo = Marker };
        await store.RenewLeaseAsync(new EngineLease(_world.EngineId, StoredWorld.Start.AddDays(1)), StoredWorld.Start, default);
        var changes = _world.Beginning(root) with
        {
            NewTasks = [task],
            NewActions = [action],
            NewTimers = [_world.Timer(root.Id, task.Id, StoredWorld.Start) with { Data = data }],
            History = [new HistoryEntry(_world.NextId(), root.Id, root.Id, StoredWorld.Start, "paused", Marker)],
            Definitions = [new StoredDefinition("hash", "order", "", "structure", Marker)],
        };
        (await store.CommitAsync([changes], default)).Single().Result.Should().Be(CommitResult.Committed);
        await store.WriteEnvironmentAsync(new StoredEnvironment("live", data, Marker, StoredWorld.Start, StoredWorld.Start), default);
        await store.SendRequestAsync(
            new InboxRequest { Id = "request", TreeId = root.Id, ExecutionId = root.Id, Verb = InboxVerb.Pause, Reason = Marker, Environment = data, SentAt = StoredWorld.Start },
            default);
        await store.AnswerRequestAsync(new InboxAnswer("request", false, Marker, StoredWorld.Start), default);
        return root.Id;
    }
}
