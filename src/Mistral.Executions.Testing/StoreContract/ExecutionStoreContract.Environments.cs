namespace Mistral.Executions.Testing;

public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> EnvironmentsCases =>
    [
        new(nameof(An_environment_comes_back_by_its_name), c => c.An_environment_comes_back_by_its_name()),
        new(nameof(An_environment_that_is_written_again_keeps_when_it_was_created), c => c.An_environment_that_is_written_again_keeps_when_it_was_created()),
        new(nameof(Environments_are_listed_in_the_order_of_their_names), c => c.Environments_are_listed_in_the_order_of_their_names()),
        new(nameof(A_deleted_environment_is_gone), c => c.A_deleted_environment_is_gone()),
        new(nameof(The_timers_of_a_tree_can_be_read_alone_and_one_that_is_set_again_is_moved), c => c.The_timers_of_a_tree_can_be_read_alone_and_one_that_is_set_again_is_moved()),
        new(nameof(The_owner_of_a_tree_can_be_read_without_a_claim), c => c.The_owner_of_a_tree_can_be_read_without_a_claim()),
        new(nameof(The_lease_of_an_owner_that_is_void_has_run_out_long_ago), c => c.The_lease_of_an_owner_that_is_void_has_run_out_long_ago()),
    ];

    private async Task An_environment_comes_back_by_its_name()
    {
        var environment = new StoredEnvironment(AwkwardText, AwkwardData, "of " + AwkwardText, Now, Now.AddTicks(1));
        await Store.WriteEnvironmentAsync(environment, default);

        (await Store.ReadEnvironmentAsync(AwkwardText, default)).ShouldBe(environment);
        (await Store.ReadEnvironmentAsync("other", default)).ShouldBeNull();
    }

    private async Task An_environment_that_is_written_again_keeps_when_it_was_created()
    {
        var first = new StoredEnvironment("env", JsonMap.Create(("a", 1)), "one", Now, Now);
        var second = new StoredEnvironment("env", JsonMap.Create(("b", 2)), "two", Now.AddHours(1), Now.AddHours(1));
        await Store.WriteEnvironmentAsync(first, default);
        await Store.WriteEnvironmentAsync(second, default);

        (await Store.ReadEnvironmentAsync("env", default)).ShouldBe(second with { CreatedAt = Now });
    }

    private async Task Environments_are_listed_in_the_order_of_their_names()
    {
        string[] names = ["z", "a", "0195ffff-0000-7000-8000-000000000001", "B"];
        foreach (var name in names)
        {
            await Store.WriteEnvironmentAsync(new(name, JsonMap.Empty, "", Now, Now), default);
        }

        (await Store.ReadEnvironmentsAsync(default)).Select(e => e.Name).ShouldEqual("0195ffff-0000-7000-8000-000000000001", "B", "a", "z");
    }

    private async Task A_deleted_environment_is_gone()
    {
        await Store.WriteEnvironmentAsync(new("env", JsonMap.Empty, "", Now, Now), default);

        (await Store.DeleteEnvironmentAsync("env", default)).ShouldBe(true);
        (await Store.DeleteEnvironmentAsync("env", default)).ShouldBe(false);
        (await Store.ReadEnvironmentsAsync(default)).ShouldEqual();
    }

    private async Task The_timers_of_a_tree_can_be_read_alone_and_one_that_is_set_again_is_moved()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        var first = World.Timer(root.Id, root.Id, Now);
        var second = World.Timer(root.Id, root.Id, Now.AddHours(1));
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [second, first] });
        await WriteAsync(World.Changes(other.Id) with { NewTimers = [World.Timer(other.Id, other.Id, Now)] });
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [first with { DueAt = Now.AddHours(2) }] });

        (await Store.ReadTimersOfTreeAsync(root.Id, default)).ShouldEqual(first with { DueAt = Now.AddHours(2) }, second);
        (await Store.ReadTimersOfTreeAsync("nothing", default)).ShouldEqual();
    }

    private async Task The_owner_of_a_tree_can_be_read_without_a_claim()
    {
        var root = await WriteRootAsync();
        await LeaseAsync(World.EngineId, Now.AddMinutes(2));

        (await Store.ReadOwnerAsync(root.Id, default)).ShouldBe(new EngineLease(World.EngineId, Now.AddMinutes(2)));
        (await Store.ReadOwnerAsync("nothing", default)).ShouldBeNull();
    }

    private async Task The_lease_of_an_owner_that_is_void_has_run_out_long_ago()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        await LeaseAsync("engine-2", Now.AddHours(3));
        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now.AddHours(2), default)).Claimed.ShouldBe(true);

        (await Store.ReadOwnerAsync(other.Id, default)).ShouldBe(new EngineLease(World.EngineId, DateTimeOffset.MinValue));
    }
}
