namespace Mistral.Executions.StoreTests;

/// <summary>
/// All that a store must do. A store's own fixture derives from this one and says how an empty store is opened.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract partial class ExecutionStoreContract
{
    private protected static readonly DateTimeOffset Now = StoredWorld.Start.AddDays(1);

    private IExecutionStore? _store;

    private protected StoredWorld World { get; } = new();

    /// <summary>The store, open and empty but for the lease of <c>engine-1</c>.</summary>
    private protected IExecutionStore Store => _store!;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IExecutionStore> OpenEmptyStoreAsync();

    [SetUp]
    public async Task OpenAsync()
    {
        _store = await OpenEmptyStoreAsync();
        await LeaseAsync(World.EngineId);
    }

    [TearDown]
    public virtual async Task CloseAsync() => await Store.DisposeAsync();

    private protected async Task LeaseAsync(string engineId, DateTimeOffset? expiresAt = null) =>
        (await Store.RenewLeaseAsync(new EngineLease(engineId, expiresAt ?? Now.AddMinutes(1)), Now, default)).IsHeld.Should().BeTrue();

    private protected async Task<CommitOutcome> CommitAsync(ExecutionChanges changes) => (await Store.CommitAsync([changes], default)).Should().ContainSingle().Subject;

    private protected async Task WriteAsync(ExecutionChanges changes) => (await CommitAsync(changes)).Should().Be(CommitOutcome.Committed);

    private protected async Task<WorkflowExecution> WriteRootAsync(WorkflowExecution? root = null)
    {
        root ??= World.Workflow();
        await WriteAsync(World.Beginning(root));
        return root;
    }

    private protected async Task<StoredTree> ReadTreeAsync(string treeId) => (await Store.ReadTreeAsync(treeId, default))!;
}
