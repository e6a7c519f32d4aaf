namespace Mistral.Executions.StoreTests;

public abstract partial class ExecutionStoreContract
{
    [Test]
    public async Task An_environment_comes_back_by_its_name()
    {
        var environment = new StoredEnvironment(AwkwardText, AwkwardData, "of " + AwkwardText, Now, Now.AddTicks(1));
        await Store.WriteEnvironmentAsync(environment, default);

        (await Store.ReadEnvironmentAsync(AwkwardText, default)).Should().Be(environment);
        (await Store.ReadEnvironmentAsync("other", default)).Should().BeNull();
    }

    [Test]
    public async Task An_environment_that_is_written_again_keeps_when_it_was_created()
    {
        var first = new StoredEnvironment("env", JsonMap.Create(("a", 1)), "one", Now, Now);
        var second = new StoredEnvironment("env", JsonMap.Create(("b", 2)), "two", Now.AddHours(1), Now.AddHours(1));
        await Store.WriteEnvironmentAsync(first, default);
        await Store.WriteEnvironmentAsync(second, default);

        (await Store.ReadEnvironmentAsync("env", default)).Should().Be(second with { CreatedAt = Now });
    }

    [Test]
    public async Task Environments_are_listed_in_the_order_of_their_names()
    {
        string[] names = ["z", "a", "0195ffff-0000-7000-8000-000000000001", "B"];
        foreach (var name in names)
        {
            await Store.WriteEnvironmentAsync(new(name, JsonMap.Empty, "", Now, Now), default);
        }

        (await Store.ReadEnvironmentsAsync(default)).Select(e => e.Name).Should().Equal("0195ffff-0000-7000-8000-000000000001", "B", "a", "z");
    }

    [Test]
    public async Task A_deleted_environment_is_gone()
    {
        await Store.WriteEnvironmentAsync(new("env", JsonMap.Empty, "", Now, Now), default);

        (await Store.DeleteEnvironmentAsync("env", default)).Should().BeTrue();
        (await Store.DeleteEnvironmentAsync("env", default)).Should().BeFalse();
        (await Store.ReadEnvironmentsAsync(default)).Should().BeEmpty();
    }

    [Test]
    public async Task The_timers_of_a_tree_can_be_read_alone_and_one_that_is_set_again_is_moved()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        var first = World.Timer(root.Id, root.Id, Now);
        var second = World.Timer(root.Id, root.Id, Now.AddHours(1));
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [second, first] });
        await WriteAsync(World.Changes(other.Id) with { NewTimers = [World.Timer(other.Id, other.Id, Now)] });
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [first with { DueAt = Now.AddHours(2) }] });

        (await Store.ReadTimersOfTreeAsync(root.Id, default)).Should().Equal(first with { DueAt = Now.AddHours(2) }, second);
        (await Store.ReadTimersOfTreeAsync("nothing", default)).Should().BeEmpty();
    }

    [Test]
    public async Task The_owner_of_a_tree_can_be_read_without_a_claim()
    {
        var root = await WriteRootAsync();
        await LeaseAsync(World.EngineId, Now.AddMinutes(2));

        (await Store.ReadOwnerAsync(root.Id, default)).Should().Be(new EngineLease(World.EngineId, Now.AddMinutes(2)));
        (await Store.ReadOwnerAsync("nothing", default)).Should().BeNull();
    }

    [Test]
    public async Task The_lease_of_an_owner_that_is_void_has_run_out_long_ago()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        await LeaseAsync("engine-2", Now.AddHours(3));
        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now.AddHours(2), default)).Claimed.Should().BeTrue();

        (await Store.ReadOwnerAsync(other.Id, default)).Should().Be(new EngineLease(World.EngineId, DateTimeOffset.MinValue));
    }
}
