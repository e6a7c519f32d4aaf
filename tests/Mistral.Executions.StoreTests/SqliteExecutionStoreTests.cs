namespace Mistral.Executions.StoreTests;

public sealed class SqliteExecutionStoreTests : ExecutionStoreContract
{
    private readonly TemporaryDirectory _directory = new();

    public override async Task CloseAsync()
    {
        await base.CloseAsync();
        _directory.Delete();
    }

    protected override async Task<IExecutionStore> OpenEmptyStoreAsync()
    {
        var store = new SqliteExecutionStore(_directory.File("store.db"));
        await store.OpenAsync(default);
        return store;
    }
}
