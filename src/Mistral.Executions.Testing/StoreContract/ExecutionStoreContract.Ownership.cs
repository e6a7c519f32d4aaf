namespace Mistral.Executions.Testing;

/// <content>Leases, claims and epochs: two engines on one store never both commit for a tree.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> OwnershipCases =>
    [
        new(nameof(An_engine_without_a_lease_commits_nothing), c => c.An_engine_without_a_lease_commits_nothing()),
        new(nameof(A_commit_for_a_tree_that_is_not_there_is_refused), c => c.A_commit_for_a_tree_that_is_not_there_is_refused()),
        new(nameof(A_commit_with_another_epoch_is_refused), "epoch 0", c => c.A_commit_with_another_epoch_is_refused(0)),
        new(nameof(A_commit_with_another_epoch_is_refused), "epoch 2", c => c.A_commit_with_another_epoch_is_refused(2)),
        new(nameof(A_commit_of_an_engine_that_does_not_own_the_tree_is_refused), c => c.A_commit_of_an_engine_that_does_not_own_the_tree_is_refused()),
        new(nameof(A_group_can_hold_sets_of_several_engines), c => c.A_group_can_hold_sets_of_several_engines()),
        new(nameof(A_tree_that_is_not_there_cannot_be_claimed), c => c.A_tree_that_is_not_there_cannot_be_claimed()),
        new(nameof(A_claim_of_ones_own_tree_changes_nothing), c => c.A_claim_of_ones_own_tree_changes_nothing()),
        new(nameof(A_tree_of_a_living_engine_stays_with_it_and_the_claim_says_until_when), c => c.A_tree_of_a_living_engine_stays_with_it_and_the_claim_says_until_when()),
        new(nameof(A_lease_runs_out_at_its_moment), c => c.A_lease_runs_out_at_its_moment()),
        new(nameof(A_tree_of_an_engine_whose_lease_has_run_out_is_taken_over_with_the_next_epoch), c => c.A_tree_of_an_engine_whose_lease_has_run_out_is_taken_over_with_the_next_epoch()),
        new(nameof(Of_claims_at_the_same_time_one_a_tree_takes_it_over), c => c.Of_claims_at_the_same_time_one_a_tree_takes_it_over()),
        new(nameof(The_lease_of_an_engine_that_lost_a_tree_is_void_for_good), c => c.The_lease_of_an_engine_that_lost_a_tree_is_void_for_good()),
        new(nameof(An_engine_whose_lease_has_run_out_goes_on_when_nobody_took_anything), c => c.An_engine_whose_lease_has_run_out_goes_on_when_nobody_took_anything()),
        new(nameof(A_tree_whose_owner_gave_up_its_lease_is_free_at_once), c => c.A_tree_whose_owner_gave_up_its_lease_is_free_at_once()),
        new(nameof(Giving_up_a_lease_that_is_not_there_is_no_mistake), c => c.Giving_up_a_lease_that_is_not_there_is_no_mistake()),
        new(nameof(An_engine_without_a_lease_claims_nothing), c => c.An_engine_without_a_lease_claims_nothing()),
        new(nameof(Of_many_engines_that_claim_a_tree_at_once_one_gets_it), c => c.Of_many_engines_that_claim_a_tree_at_once_one_gets_it()),
        new(nameof(Running_actions_are_to_be_recovered_unless_another_living_engine_has_them_or_they_are_outside), c => c.Running_actions_are_to_be_recovered_unless_another_living_engine_has_them_or_they_are_outside()),
        new(nameof(Actions_to_be_recovered_come_in_pages_without_gap_and_twice), c => c.Actions_to_be_recovered_come_in_pages_without_gap_and_twice()),
        new(nameof(Timers_come_in_the_order_in_which_they_are_due_and_in_pages), c => c.Timers_come_in_the_order_in_which_they_are_due_and_in_pages()),
        new(nameof(Timers_of_other_living_engines_stay_with_them), c => c.Timers_of_other_living_engines_stay_with_them()),
    ];

    private async Task An_engine_without_a_lease_commits_nothing()
    {
        var root = World.Workflow();

        (await CommitAsync(World.Beginning(root) with { OwnerId = "nobody" })).Refusal.ShouldBe(CommitRefusal.NotOwner);

        (await Store.ReadTreeAsync(root.Id, default)).ShouldBeNull();
    }

    private async Task A_commit_for_a_tree_that_is_not_there_is_refused() =>
        (await CommitAsync(World.Changes(World.NextId()))).Refusal.ShouldBe(CommitRefusal.NotOwner);

    private async Task A_commit_with_another_epoch_is_refused(long epoch)
    {
        var root = await WriteRootAsync();

        (await CommitAsync(World.Changes(root.Id, epoch) with { Workflows = [StoredWorld.Finished(root)] }))
            .Refusal.ShouldBe(CommitRefusal.NotOwner);

        (await Store.ReadWorkflowAsync(root.Id, default))!.State.ShouldBe(ExecutionState.Running);
    }

    private async Task A_commit_of_an_engine_that_does_not_own_the_tree_is_refused()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        (await CommitAsync(World.Changes(root.Id) with { OwnerId = "engine-2" })).Refusal.ShouldBe(CommitRefusal.NotOwner);
    }

    private async Task A_group_can_hold_sets_of_several_engines()
    {
        await LeaseAsync("engine-2");
        var first = World.Workflow();
        var second = World.Workflow();
        var third = World.Workflow();

        var outcomes = await Store.CommitAsync(
            [World.Beginning(first), World.Beginning(second) with { OwnerId = "engine-2" }, World.Beginning(third)], default);

        outcomes.ShouldEqual(CommitOutcome.Committed, CommitOutcome.Committed, CommitOutcome.Committed);
        (await ReadTreeAsync(second.Id)).OwnerId.ShouldBe("engine-2");
        (await ReadTreeAsync(third.Id)).OwnerId.ShouldBe(World.EngineId);
    }

    private async Task A_tree_that_is_not_there_cannot_be_claimed() =>
        (await Store.ClaimTreeAsync(World.NextId(), World.EngineId, Now, default)).ShouldBe(default(ClaimOutcome));

    private async Task A_claim_of_ones_own_tree_changes_nothing()
    {
        var root = await WriteRootAsync();

        (await Store.ClaimTreeAsync(root.Id, World.EngineId, Now, default)).ShouldBe(new ClaimOutcome(true, true, World.EngineId));

        (await ReadTreeAsync(root.Id)).Epoch.ShouldBe(1);
    }

    private async Task A_tree_of_a_living_engine_stays_with_it_and_the_claim_says_until_when()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now, default))
            .ShouldBe(new ClaimOutcome(true, false, World.EngineId, Now.AddMinutes(1)));

        await WriteAsync(World.Changes(root.Id));
    }

    private async Task A_lease_runs_out_at_its_moment()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now.AddMinutes(1).AddTicks(-1), default)).Claimed.ShouldBe(false);
        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now.AddMinutes(1), default)).Claimed.ShouldBe(true);
    }

    private async Task A_tree_of_an_engine_whose_lease_has_run_out_is_taken_over_with_the_next_epoch()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2", Now.AddMinutes(3));

        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now.AddMinutes(2), default))
            .ShouldBe(new ClaimOutcome(true, true, "engine-2", FormerOwnerId: World.EngineId));

        var tree = await ReadTreeAsync(root.Id);
        tree.OwnerId.ShouldBe("engine-2");
        tree.Epoch.ShouldBe(2);
        (await CommitAsync(World.Changes(root.Id))).Refusal.ShouldBe(CommitRefusal.NotOwner);
        await WriteAsync(World.Changes(root.Id, epoch: 2) with { OwnerId = "engine-2" });
    }

    private async Task Of_claims_at_the_same_time_one_a_tree_takes_it_over()
    {
        var roots = new List<WorkflowExecution>();
        for (var count = 0; count < 30; count++)
        {
            roots.Add(await WriteRootAsync());
        }

        string[] engines = ["engine-2", "engine-3"];
        foreach (var engine in engines)
        {
            await LeaseAsync(engine, Now.AddMinutes(3));
        }

        var claims = await Task.WhenAll(roots.SelectMany(_ => engines, (root, engine) => Task.Run(async () =>
            (Root: root.Id, Engine: engine, Outcome: await Store.ClaimTreeAsync(root.Id, engine, Now.AddMinutes(2), default)))));

        var taken = claims.Where(c => c.Outcome.FormerOwnerId is not null).ToList();
        taken.All(c => c.Outcome.FormerOwnerId == World.EngineId).ShouldBe(true);
        taken.Select(c => c.Root).ShouldEqualInAnyOrder(roots.Select(r => r.Id));
        foreach (var (root, engine, _) in taken)
        {
            var tree = await ReadTreeAsync(root);
            (tree.OwnerId, tree.Epoch).ShouldBe((engine, 2));
        }
    }

    private async Task The_lease_of_an_engine_that_lost_a_tree_is_void_for_good()
    {
        var lost = await WriteRootAsync();
        var other = await WriteRootAsync();
        await LeaseAsync("engine-2", Now.AddMinutes(3));
        await Store.ClaimTreeAsync(lost.Id, "engine-2", Now.AddMinutes(2), default);

        (await Store.RenewLeaseAsync(new EngineLease(World.EngineId, Now.AddMinutes(9)), Now.AddMinutes(2), default)).IsHeld.ShouldBe(false);
        (await CommitAsync(World.Changes(other.Id))).Refusal.ShouldBe(CommitRefusal.NotOwner);
        (await CommitAsync(World.Beginning(World.Workflow()))).Refusal.ShouldBe(CommitRefusal.NotOwner);
        (await Store.ClaimTreeAsync(other.Id, World.EngineId, Now, default)).Claimed.ShouldBe(false);
        (await Store.ClaimTreeAsync(other.Id, "engine-2", Now, default)).ShouldBe(new ClaimOutcome(true, true, "engine-2", FormerOwnerId: World.EngineId));
    }

    private async Task An_engine_whose_lease_has_run_out_goes_on_when_nobody_took_anything()
    {
        var root = await WriteRootAsync();

        (await Store.RenewLeaseAsync(new EngineLease(World.EngineId, Now.AddHours(2)), Now.AddHours(1), default)).IsHeld.ShouldBe(true);

        await WriteAsync(World.Changes(root.Id));
    }

    private async Task A_tree_whose_owner_gave_up_its_lease_is_free_at_once()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        await Store.ReleaseLeaseAsync(World.EngineId, default);

        (await Store.ClaimTreeAsync(root.Id, "engine-2", Now, default)).Claimed.ShouldBe(true);
    }

    private async Task Giving_up_a_lease_that_is_not_there_is_no_mistake() => await Store.ReleaseLeaseAsync("nobody", default);

    private async Task An_engine_without_a_lease_claims_nothing()
    {
        var root = await WriteRootAsync();

        (await Store.ClaimTreeAsync(root.Id, "nobody", Now.AddMinutes(2), default)).Claimed.ShouldBe(false);

        (await ReadTreeAsync(root.Id)).OwnerId.ShouldBe(World.EngineId);
    }

    private async Task Of_many_engines_that_claim_a_tree_at_once_one_gets_it()
    {
        var root = await WriteRootAsync();
        var engines = Enumerable.Range(2, 8).Select(n => $"engine-{n}").ToList();
        foreach (var engine in engines)
        {
            await LeaseAsync(engine, Now.AddHours(1));
        }

        var outcomes = await Task.WhenAll(engines.Select(e => Task.Run(() => Store.ClaimTreeAsync(root.Id, e, Now.AddMinutes(2), default))));

        var winner = outcomes.Where(o => o.Claimed).ShouldHaveOne().OwnerId;
        outcomes.All(o => o.OwnerId == winner).ShouldBe(true);
        var tree = await ReadTreeAsync(root.Id);
        tree.OwnerId.ShouldBe(winner);
        tree.Epoch.ShouldBe(2);
    }

    private async Task Running_actions_are_to_be_recovered_unless_another_living_engine_has_them_or_they_are_outside()
    {
        await LeaseAsync("engine-2");
        var mine = await WriteStepAsync(World.EngineId, ExecutionState.Running);
        var foreign = await WriteStepAsync("engine-2", ExecutionState.Running);
        var alone = World.StandAloneAction();
        await WriteAsync(World.Beginning(alone));
        await WriteStepAsync(World.EngineId, ExecutionState.Success);
        await WriteStepAsync(World.EngineId, ExecutionState.Paused);
        await WriteStepAsync(World.EngineId, ExecutionState.Running, isOutside: true);

        (await Store.ReadRecoverableActionsAsync(World.EngineId, Now, null, 10, default)).ShouldEqual(
            new RecoverableAction(mine.Id, mine.RootExecutionId!, World.EngineId), new RecoverableAction(alone.Id, alone.Id, World.EngineId));
        (await Store.ReadRecoverableActionsAsync(World.EngineId, Now.AddHours(1), null, 10, default))
            .Select(a => (a.ActionExecutionId, a.OwnerId)).ShouldEqual((mine.Id, World.EngineId), (foreign.Id, "engine-2"), (alone.Id, World.EngineId));
        (await Store.ReadRecoverableActionsAsync("engine-3", Now, null, 10, default)).ShouldEqual();
    }

    private async Task Actions_to_be_recovered_come_in_pages_without_gap_and_twice()
    {
        var actions = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            actions.Add((await WriteStepAsync(World.EngineId, ExecutionState.Running)).Id);
        }

        var found = new List<string>();
        string? after = null;
        while ((await Store.ReadRecoverableActionsAsync(World.EngineId, Now, after, 3, default)) is { Count: > 0 } page)
        {
            (page.Count <= 3).ShouldBe(true);
            found.AddRange(page.Select(a => a.ActionExecutionId));
            after = found[^1];
        }

        found.ShouldEqual(actions);
    }

    private async Task Timers_come_in_the_order_in_which_they_are_due_and_in_pages()
    {
        var root = await WriteRootAsync();
        List<int> due = [5, 1, 3, 3, 3, 2, 4];
        var timers = due.Select(minutes => World.Timer(root.Id, root.Id, Now.AddMinutes(minutes))).ToList();
        await WriteAsync(World.Changes(root.Id) with { NewTimers = timers });

        var found = new List<ExecutionTimer>();
        while ((await Store.ReadTimersAsync(World.EngineId, Now, found.LastOrDefault(), 2, default)) is { Count: > 0 } page)
        {
            (page.Count <= 2).ShouldBe(true);
            found.AddRange(page);
        }

        found.ShouldEqual(timers.OrderBy(t => t.DueAt).ThenBy(t => t.Id, StringComparer.Ordinal));
    }

    private async Task Timers_of_other_living_engines_stay_with_them()
    {
        await LeaseAsync("engine-2");
        var root = World.Workflow();
        var timer = World.Timer(root.Id, root.Id, Now);
        await WriteAsync(World.Beginning(root) with { NewTimers = [timer] });

        (await Store.ReadTimersAsync("engine-2", Now, null, 10, default)).ShouldEqual();
        (await Store.ReadTimersAsync(World.EngineId, Now, null, 10, default)).ShouldEqual(timer);
        (await Store.ReadTimersAsync("engine-2", Now.AddMinutes(1), null, 10, default)).ShouldEqual(timer);
    }

    private async Task<ActionExecution> WriteStepAsync(string engineId, ExecutionState state, bool isOutside = false)
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var action = World.Action(task, state) with { IsOutside = isOutside };
        await WriteAsync(World.Beginning(root) with { OwnerId = engineId, NewTasks = [task], NewActions = [action] });
        return action;
    }
}
