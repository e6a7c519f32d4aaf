namespace Mistral.Executions.StoreTests;

/// <summary>Holds a store against the contract. A store's own fixture derives from this one and says how an empty store is opened.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class ExecutionStoreContractTests
{
    [TestCaseSource(typeof(ExecutionStoreContract), nameof(ExecutionStoreContract.Cases))]
    public Task The_store_keeps_to_its_contract(StoreContractCase contract) => contract.RunAsync(OpenEmptyStoreAsync);

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IExecutionStore> OpenEmptyStoreAsync();
}
