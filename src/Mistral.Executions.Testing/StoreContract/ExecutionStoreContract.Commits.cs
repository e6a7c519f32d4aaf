namespace Mistral.Executions.Testing;

/// <content>What a commit writes, and what it refuses.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> CommitsCases =>
    [
        new(nameof(A_new_tree_is_there_after_its_commit), c => c.A_new_tree_is_there_after_its_commit()),
        new(nameof(A_new_tree_whose_id_is_taken_is_refused_and_leaves_the_first_as_it_was), c => c.A_new_tree_whose_id_is_taken_is_refused_and_leaves_the_first_as_it_was()),
        new(nameof(A_new_tree_whose_id_is_taken_is_refused_to_another_engine_even_when_it_looks_the_same), c => c.A_new_tree_whose_id_is_taken_is_refused_to_another_engine_even_when_it_looks_the_same()),
        new(nameof(An_action_execution_that_stands_alone_is_a_tree), c => c.An_action_execution_that_stands_alone_is_a_tree()),
        new(nameof(A_tree_that_begins_without_its_root_is_refused), c => c.A_tree_that_begins_without_its_root_is_refused()),
        new(nameof(Writing_a_set_again_is_a_success_and_changes_nothing), c => c.Writing_a_set_again_is_a_success_and_changes_nothing()),
        new(nameof(A_change_of_a_record_that_is_not_there_is_refused_with_all_of_its_set), c => c.A_change_of_a_record_that_is_not_there_is_refused_with_all_of_its_set()),
        new(nameof(A_new_record_whose_id_another_tree_has_is_refused_and_leaves_the_other_as_it_was), c => c.A_new_record_whose_id_another_tree_has_is_refused_and_leaves_the_other_as_it_was()),
        new(nameof(The_sets_of_a_group_have_outcomes_of_their_own_and_a_bad_one_fails_alone), c => c.The_sets_of_a_group_have_outcomes_of_their_own_and_a_bad_one_fails_alone()),
        new(nameof(An_empty_group_is_a_success), c => c.An_empty_group_is_a_success()),
        new(nameof(A_commit_that_was_cancelled_before_it_began_writes_nothing), c => c.A_commit_that_was_cancelled_before_it_began_writes_nothing()),
        new(nameof(A_definition_that_is_stored_already_is_left_as_it_is), c => c.A_definition_that_is_stored_already_is_left_as_it_is()),
        new(nameof(Commits_and_reads_from_many_threads_do_not_disturb_each_other), c => c.Commits_and_reads_from_many_threads_do_not_disturb_each_other()),
    ];

    private async Task A_new_tree_is_there_after_its_commit()
    {
        var root = World.Workflow();

        (await CommitAsync(World.Beginning(root))).ShouldBe(CommitOutcome.Committed);

        (await Store.ReadWorkflowAsync(root.Id, default)).ShouldBe(root);
        var tree = await ReadTreeAsync(root.Id);
        tree.OwnerId.ShouldBe(World.EngineId);
        tree.Epoch.ShouldBe(1);
    }

    private async Task A_new_tree_whose_id_is_taken_is_refused_and_leaves_the_first_as_it_was()
    {
        var root = await WriteRootAsync();
        var other = root with { Name = "other", CreatedAt = World.NextTime() };
        var task = World.Task(other);

        var outcome = await CommitAsync(World.Beginning(other) with { NewTasks = [task] });

        outcome.Result.ShouldBe(CommitResult.Refused);
        outcome.Refusal.ShouldBe(CommitRefusal.AlreadyExists);
        (await Store.ReadWorkflowAsync(root.Id, default)).ShouldBe(root);
        (await Store.ReadTaskAsync(task.Id, default)).ShouldBeNull();
    }

    private async Task A_new_tree_whose_id_is_taken_is_refused_to_another_engine_even_when_it_looks_the_same()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        (await CommitAsync(World.Beginning(root) with { OwnerId = "engine-2" })).Refusal.ShouldBe(CommitRefusal.AlreadyExists);

        (await ReadTreeAsync(root.Id)).OwnerId.ShouldBe(World.EngineId);
    }

    private async Task An_action_execution_that_stands_alone_is_a_tree()
    {
        var action = World.StandAloneAction();

        await WriteAsync(World.Beginning(action));

        (await CommitAsync(World.Beginning(action with { Name = "other" }))).Refusal.ShouldBe(CommitRefusal.AlreadyExists);
        (await CommitAsync(World.Beginning(action))).ShouldBe(CommitOutcome.Committed, "it is the very same");
        (await ReadTreeAsync(action.Id)).Actions.ShouldHaveOne().ShouldBe(action);
    }

    private async Task A_tree_that_begins_without_its_root_is_refused()
    {
        var root = World.Workflow();

        var outcome = await CommitAsync(World.Beginning(root) with { NewWorkflows = [] });

        outcome.Refusal.ShouldBe(CommitRefusal.Invalid);
        (await Store.ReadTreeAsync(root.Id, default)).ShouldBeNull();
    }

    private async Task Writing_a_set_again_is_a_success_and_changes_nothing()
    {
        var root = World.Workflow() with { Tags = ["a", "b"], Input = JsonMap.Create(("x", 1)) };
        var task = World.Task(root);
        var action = World.Action(task);
        var timer = World.Timer(root.Id, task.Id, Now);
        var entry = World.Entry(root.Id, root.Id);
        var beginning = World.Beginning(root) with
        {
            NewTasks = [task],
            NewActions = [action],
            NewTimers = [timer],
            History = [entry],
            Definitions = [new StoredDefinition("hash", "order", "", "yaml", "text")],
        };
        var copyOfBeginning = beginning with { NewWorkflows = [root with { Tags = ["a", "b"], Input = JsonMap.Create(("x", 1)) }] };
        var next = World.Changes(root.Id) with
        {
            Workflows = [root with { State = ExecutionState.Paused }],
            Tasks = [StoredWorld.Finished(task)],
            Actions = [StoredWorld.Finished(action)],
            NewTasks = [World.Task(root, "second")],
            EndedTimers = [timer.Id],
        };

        await WriteAsync(beginning);
        await WriteAsync(copyOfBeginning);
        await WriteAsync(next);
        await WriteAsync(next);

        var tree = await ReadTreeAsync(root.Id);
        tree.Workflows.ShouldHaveOne().State.ShouldBe(ExecutionState.Paused);
        tree.Tasks.ShouldHaveOne().Name.ShouldBe("second");
        tree.Timers.ShouldEqual();
        (await Store.ReadHistoryAsync(root.Id, default)).ShouldEqual(entry);
    }

    private async Task A_change_of_a_record_that_is_not_there_is_refused_with_all_of_its_set()
    {
        var root = await WriteRootAsync();
        var there = World.Task(root);

        foreach (var changes in new[]
        {
            World.Changes(root.Id) with { NewTasks = [there], Workflows = [World.Workflow()] },
            World.Changes(root.Id) with { NewTasks = [there], Tasks = [World.Task(root)] },
            World.Changes(root.Id) with { NewTasks = [there], Actions = [World.Action(there)] },
        })
        {
            (await CommitAsync(changes)).Refusal.ShouldBe(CommitRefusal.Invalid);
        }

        (await Store.ReadTaskAsync(there.Id, default)).ShouldBeNull();
    }

    private async Task A_new_record_whose_id_another_tree_has_is_refused_and_leaves_the_other_as_it_was()
    {
        var first = World.Workflow();
        var task = World.Task(first);
        var action = World.Action(task);
        var nested = World.Workflow(parent: task);
        await WriteAsync(World.Beginning(first) with { NewTasks = [task], NewActions = [action], NewWorkflows = [first, nested] });
        var second = await WriteRootAsync();
        var otherTask = World.Task(second) with { Id = task.Id };

        (await CommitAsync(World.Changes(second.Id) with { NewTasks = [otherTask] })).Refusal.ShouldBe(CommitRefusal.Invalid);
        (await CommitAsync(World.Changes(second.Id) with { NewActions = [World.Action(World.Task(second)) with { Id = action.Id }] }))
            .Refusal.ShouldBe(CommitRefusal.Invalid);
        (await CommitAsync(World.Changes(second.Id) with { NewWorkflows = [World.Workflow(nested.Id, World.Task(second))] }))
            .Refusal.ShouldBe(CommitRefusal.Invalid);

        (await Store.ReadTaskAsync(task.Id, default)).ShouldBe(task);
        (await Store.ReadActionAsync(action.Id, default)).ShouldBe(action);
        (await Store.ReadWorkflowAsync(nested.Id, default)).ShouldBe(nested);
    }

    private async Task The_sets_of_a_group_have_outcomes_of_their_own_and_a_bad_one_fails_alone()
    {
        var good = World.Workflow();
        var taken = await WriteRootAsync();
        var bad = await WriteRootAsync();
        var last = World.Workflow();
        var task = World.Task(bad);

        var outcomes = await Store.CommitAsync(
            [
                World.Beginning(good),
                World.Beginning(taken with { Name = "other" }),
                World.Changes(bad.Id) with { NewTasks = [task], Tasks = [World.Task(bad)] },
                World.Changes(bad.Id, epoch: 7),
                World.Beginning(last) with { NewTasks = [World.Task(last)] },
            ],
            default);

        outcomes.Select(o => o.Refusal).ShouldEqual(
            CommitRefusal.None, CommitRefusal.AlreadyExists, CommitRefusal.Invalid, CommitRefusal.NotOwner, CommitRefusal.None);
        (await Store.ReadWorkflowAsync(good.Id, default)).ShouldBe(good);
        (await Store.ReadWorkflowAsync(last.Id, default)).ShouldBe(last);
        (await Store.ReadTaskAsync(task.Id, default)).ShouldBeNull("its set was left out, whole");
    }

    private async Task An_empty_group_is_a_success() => (await Store.CommitAsync([], default)).ShouldEqual();

    private async Task A_commit_that_was_cancelled_before_it_began_writes_nothing()
    {
        var root = World.Workflow();

        await Expect.ThrowsAsync<OperationCanceledException>(() => Store.CommitAsync([World.Beginning(root)], new CancellationToken(canceled: true)));

        (await Store.ReadTreeAsync(root.Id, default)).ShouldBeNull();
    }

    private async Task A_definition_that_is_stored_already_is_left_as_it_is()
    {
        var definition = new StoredDefinition("hash", "order", "space", "yaml", "version: '2.0' # ümlaut\n");

        await WriteAsync(World.Beginning(World.Workflow()) with { Definitions = [definition] });
        await WriteAsync(World.Beginning(World.Workflow()) with { Definitions = [definition with { Text = "other" }] });

        (await Store.ReadDefinitionAsync("hash", default)).ShouldBe(definition);
        (await Store.ReadDefinitionAsync("none", default)).ShouldBeNull();
    }

    private async Task Commits_and_reads_from_many_threads_do_not_disturb_each_other()
    {
        var roots = Enumerable.Range(0, 200).Select(_ => World.Workflow()).ToList();
        var writing = Task.Run(async () =>
        {
            foreach (var root in roots)
            {
                await WriteAsync(World.Beginning(root));
            }
        });
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            while (seen < roots.Count)
            {
                var count = (await Store.QueryWorkflowsAsync(new ExecutionQuery { PageSize = 1000 }, default)).Items.Count;
                (count >= seen).ShouldBe(true);
                seen = count;
                await LeaseAsync(World.EngineId);
            }
        }));

        await Task.WhenAll(reading.Append(writing));

        (await Store.QueryWorkflowsAsync(new ExecutionQuery { PageSize = 1000 }, default)).Items.Count.ShouldBe(roots.Count);
    }
}
