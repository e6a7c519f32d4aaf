namespace Mistral.Executions.StoreTests;

public sealed class SqliteExecutionStoreTests : ExecutionStoreContractTests
{
    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void Delete() => _directory.Delete();

    protected override async Task<IExecutionStore> OpenEmptyStoreAsync()
    {
        var store = new SqliteExecutionStore(_directory.File("store.db"));
        await store.OpenAsync(default);
        return store;
    }
}
