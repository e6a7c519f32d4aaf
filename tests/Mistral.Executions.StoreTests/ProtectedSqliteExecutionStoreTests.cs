namespace Mistral.Executions.StoreTests;

/// <summary>A protector changes nothing of what a store promises.</summary>
public sealed class ProtectedSqliteExecutionStoreTests : ExecutionStoreContractTests
{
    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void Delete() => _directory.Delete();

    protected override async Task<IExecutionStore> OpenEmptyStoreAsync()
    {
        var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = _directory.File("store.db"), Protector = new AesGcmProtector() });
        await store.OpenAsync(default);
        return store;
    }
}
