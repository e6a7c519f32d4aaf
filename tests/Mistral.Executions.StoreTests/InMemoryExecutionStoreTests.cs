namespace Mistral.Executions.StoreTests;

public sealed class InMemoryExecutionStoreTests : ExecutionStoreContractTests
{
    protected override async Task<IExecutionStore> OpenEmptyStoreAsync()
    {
        var store = new InMemoryExecutionStore();
        await store.OpenAsync(default);
        return store;
    }
}
