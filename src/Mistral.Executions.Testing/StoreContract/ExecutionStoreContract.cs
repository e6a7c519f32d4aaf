namespace Mistral.Executions.Testing;

/// <summary>
/// All that an <see cref="IExecutionStore"/> must do, as cases that any test framework can run: each opens an empty store,
/// and throws a <see cref="StoreContractException"/> when the store does something else.
/// </summary>
public sealed partial class ExecutionStoreContract
{
    private static readonly DateTimeOffset Now = StoredWorld.Start.AddDays(1);

    private ExecutionStoreContract(IExecutionStore store) => Store = store;

    /// <summary>The cases. Each stands alone: their order does not count, and they can run side by side.</summary>
    public static IReadOnlyList<StoreContractCase> Cases { get; } =
    [
        .. CommitsCases, .. RoundTripsCases, .. TreesCases, .. OwnershipCases, .. QueriesCases, .. EnvironmentsCases, .. InboxCases, .. RetentionCases,
    ];

    /// <summary>The store, open and empty but for the lease of <c>engine-1</c>.</summary>
    private IExecutionStore Store { get; }

    private StoredWorld World { get; } = new();

    internal static async Task RunAsync(IExecutionStore store, Func<ExecutionStoreContract, Task> body)
    {
        var contract = new ExecutionStoreContract(store);
        await contract.LeaseAsync(contract.World.EngineId).ConfigureAwait(false);
        await body(contract).ConfigureAwait(false);
    }

    private async Task LeaseAsync(string engineId, DateTimeOffset? expiresAt = null) =>
        (await Store.RenewLeaseAsync(new EngineLease(engineId, expiresAt ?? Now.AddMinutes(1)), Now, default)).IsHeld.ShouldBe(true);

    private async Task<CommitOutcome> CommitAsync(ExecutionChanges changes) => (await Store.CommitAsync([changes], default)).ShouldHaveOne();

    private async Task WriteAsync(ExecutionChanges changes) => (await CommitAsync(changes)).ShouldBe(CommitOutcome.Committed);

    private async Task<WorkflowExecution> WriteRootAsync(WorkflowExecution? root = null)
    {
        root ??= World.Workflow();
        await WriteAsync(World.Beginning(root));
        return root;
    }

    private async Task<StoredTree> ReadTreeAsync(string treeId) => (await Store.ReadTreeAsync(treeId, default))!;
}
