namespace Mistral.Executions.StoreTests;

public sealed class SqliteEngineLockTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string One = Guid.CreateVersion7(Now).ToString();
    private static readonly string Other = Guid.CreateVersion7(Now.AddSeconds(1)).ToString();

    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Path.Combine(Directory.CreateTempSubdirectory("locks-").FullName, "store.db");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public async Task The_lease_of_an_engine_whose_process_died_ends_when_the_next_engine_takes_its_own()
    {
        await using (var store = await OpenAsync())
        {
            await store.RenewLeaseAsync(new(One, Now.AddHours(1)), Now, CancellationToken.None);
        }

        // What a killed process leaves behind: the file, and nobody who holds it.
        await File.WriteAllBytesAsync($"{_path}-engine-{One}", []);
        await using var next = await OpenAsync();

        var renewal = await next.RenewLeaseAsync(new(Other, Now.AddHours(1)), Now, CancellationToken.None);

        renewal.OtherEngines.Should().BeFalse();
        File.Exists($"{_path}-engine-{One}").Should().BeFalse();
    }

    [Test]
    public async Task The_lease_of_an_engine_that_lives_is_left_alone()
    {
        await using var store = await OpenAsync();
        await store.RenewLeaseAsync(new(One, Now.AddHours(1)), Now, CancellationToken.None);
        await using var next = await OpenAsync();

        var renewal = await next.RenewLeaseAsync(new(Other, Now.AddHours(1)), Now, CancellationToken.None);

        renewal.OtherEngines.Should().BeTrue();
    }

    [Test]
    public async Task A_lease_that_is_given_up_leaves_no_file()
    {
        await using var store = await OpenAsync();
        await store.RenewLeaseAsync(new(One, Now.AddHours(1)), Now, CancellationToken.None);
        await store.ReleaseLeaseAsync(One, CancellationToken.None);

        Directory.GetFiles(Path.GetDirectoryName(_path)!, "*-engine-*").Should().BeEmpty();
    }

    private async Task<SqliteExecutionStore> OpenAsync()
    {
        var store = new SqliteExecutionStore(_path);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }
}
