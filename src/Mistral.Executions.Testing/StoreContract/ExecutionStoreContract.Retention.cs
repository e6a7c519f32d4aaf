namespace Mistral.Executions.Testing;

/// <content>What has ended, in the order in which it may go.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> RetentionCases =>
    [
        new(nameof(Ended_roots_are_found_in_the_order_of_their_creation), c => c.Ended_roots_are_found_in_the_order_of_their_creation()),
        new(nameof(Only_roots_are_ended_trees), c => c.Only_roots_are_ended_trees()),
        new(nameof(The_owner_of_an_ended_tree_whose_lease_is_void_has_run_out_long_ago), c => c.The_owner_of_an_ended_tree_whose_lease_is_void_has_run_out_long_ago()),
        new(nameof(Room_is_given_back_until_there_is_none), c => c.Room_is_given_back_until_there_is_none()),
    ];

    private async Task Ended_roots_are_found_in_the_order_of_their_creation()
    {
        var late = await WriteRootAsync(Ended(World.Workflow(World.NextId()), Now.AddHours(-1)));
        var early = await WriteRootAsync(Ended(World.Workflow(World.NextId()) with { CreatedAt = Now.AddHours(-9) }, Now.AddHours(-2)) with { State = ExecutionState.Error });
        await WriteRootAsync();
        var alone = World.StandAloneAction(ExecutionState.Success) with { FinishedAt = Now };
        await WriteAsync(World.Beginning(alone));
        await WriteAsync(World.Beginning(World.StandAloneAction()));
        var owner = new EngineLease(World.EngineId, Now.AddMinutes(1));

        var lateEnd = new EndedTree(late.Id, ExecutionKind.Workflow, ExecutionState.Success, late.CreatedAt, Now.AddHours(-1), owner);
        var earlyEnd = new EndedTree(early.Id, ExecutionKind.Workflow, ExecutionState.Error, early.CreatedAt, Now.AddHours(-2), owner);
        (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 10, default)).ShouldEqual(lateEnd, earlyEnd);
        var first = (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 1, default)).ShouldHaveOne();
        (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, first, 10, default)).ShouldEqual(earlyEnd);
        (await Store.ReadEndedTreesAsync(ExecutionKind.Action, null, 10, default))
            .ShouldEqual(new EndedTree(alone.Id, ExecutionKind.Action, ExecutionState.Success, alone.CreatedAt, Now, owner));
    }

    private async Task Only_roots_are_ended_trees()
    {
        var (root, _) = await WriteLargeTreeAsync();
        (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 10, default)).ShouldEqual();

        await WriteAsync(World.Changes(root.Id) with { Workflows = [StoredWorld.Finished(root)] });

        (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 10, default)).ShouldHaveOne().Id.ShouldBe(root.Id);
        (await Store.ReadEndedTreesAsync(ExecutionKind.Action, null, 10, default)).ShouldEqual();
    }

    private async Task The_owner_of_an_ended_tree_whose_lease_is_void_has_run_out_long_ago()
    {
        var ended = await WriteRootAsync(Ended(World.Workflow(), Now));
        var taken = await WriteRootAsync();
        await LeaseAsync("engine-2", Now.AddHours(9));
        await Store.ClaimTreeAsync(taken.Id, "engine-2", Now.AddHours(1), default);

        (await Store.ReadEndedTreesAsync(ExecutionKind.Workflow, null, 10, default)).Where(t => t.Id == ended.Id).ShouldHaveOne()
            .Owner.ShouldBe(new EngineLease(World.EngineId, DateTimeOffset.MinValue));
    }

    private async Task Room_is_given_back_until_there_is_none()
    {
        var (root, _) = await WriteLargeTreeAsync();
        await WriteAsync(World.Changes(root.Id) with { Workflows = [StoredWorld.Finished(root)] });
        var before = await Store.ReclaimSpaceAsync(default);
        await Store.DeleteTreeAsync(root.Id, default);

        var after = await Store.ReclaimSpaceAsync(default);
        while (after.FreeBytes > 0)
        {
            var next = await Store.ReclaimSpaceAsync(default);
            (next.FreeBytes < after.FreeBytes).ShouldBe(true);
            after = next;
        }

        ((after.UsedBytes ?? 0) <= (before.UsedBytes ?? 0)).ShouldBe(true);
    }

    private static WorkflowExecution Ended(WorkflowExecution workflow, DateTimeOffset at) => StoredWorld.Finished(workflow) with { FinishedAt = at };
}
