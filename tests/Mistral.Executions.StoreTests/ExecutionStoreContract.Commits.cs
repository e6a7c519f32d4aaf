namespace Mistral.Executions.StoreTests;

/// <content>What a commit writes, and what it refuses.</content>
public abstract partial class ExecutionStoreContract
{
    [Test]
    public async Task A_new_tree_is_there_after_its_commit()
    {
        var root = World.Workflow();

        (await CommitAsync(World.Beginning(root))).Should().Be(CommitOutcome.Committed);

        (await Store.ReadWorkflowAsync(root.Id, default)).Should().BeEquivalentTo(root);
        var tree = await ReadTreeAsync(root.Id);
        tree.OwnerId.Should().Be(World.EngineId);
        tree.Epoch.Should().Be(1);
    }

    [Test]
    public async Task A_new_tree_whose_id_is_taken_is_refused_and_leaves_the_first_as_it_was()
    {
        var root = await WriteRootAsync();
        var other = root with { Name = "other", CreatedAt = World.NextTime() };
        var task = World.Task(other);

        var outcome = await CommitAsync(World.Beginning(other) with { NewTasks = [task] });

        outcome.Result.Should().Be(CommitResult.Refused);
        outcome.Refusal.Should().Be(CommitRefusal.AlreadyExists);
        (await Store.ReadWorkflowAsync(root.Id, default)).Should().BeEquivalentTo(root);
        (await Store.ReadTaskAsync(task.Id, default)).Should().BeNull();
    }

    [Test]
    public async Task A_new_tree_whose_id_is_taken_is_refused_to_another_engine_even_when_it_looks_the_same()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");

        (await CommitAsync(World.Beginning(root) with { OwnerId = "engine-2" })).Refusal.Should().Be(CommitRefusal.AlreadyExists);

        (await ReadTreeAsync(root.Id)).OwnerId.Should().Be(World.EngineId);
    }

    [Test]
    public async Task An_action_execution_that_stands_alone_is_a_tree()
    {
        var action = World.StandAloneAction();

        await WriteAsync(World.Beginning(action));

        (await CommitAsync(World.Beginning(action with { Name = "other" }))).Refusal.Should().Be(CommitRefusal.AlreadyExists);
        (await CommitAsync(World.Beginning(action))).Should().Be(CommitOutcome.Committed, "it is the very same");
        (await ReadTreeAsync(action.Id)).Actions.Should().ContainSingle().Which.Should().Be(action);
    }

    [Test]
    public async Task A_tree_that_begins_without_its_root_is_refused()
    {
        var root = World.Workflow();

        var outcome = await CommitAsync(World.Beginning(root) with { NewWorkflows = [] });

        outcome.Refusal.Should().Be(CommitRefusal.Invalid);
        (await Store.ReadTreeAsync(root.Id, default)).Should().BeNull();
    }

    [Test]
    public async Task Writing_a_set_again_is_a_success_and_changes_nothing()
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
        tree.Workflows.Should().ContainSingle().Which.State.Should().Be(ExecutionState.Paused);
        tree.Tasks.Should().ContainSingle().Which.Name.Should().Be("second");
        tree.Timers.Should().BeEmpty();
        (await Store.ReadHistoryAsync(root.Id, default)).Should().Equal(entry);
    }

    [Test]
    public async Task A_change_of_a_record_that_is_not_there_is_refused_with_all_of_its_set()
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
            (await CommitAsync(changes)).Refusal.Should().Be(CommitRefusal.Invalid);
        }

        (await Store.ReadTaskAsync(there.Id, default)).Should().BeNull();
    }

    [Test]
    public async Task A_new_record_whose_id_another_tree_has_is_refused_and_leaves_the_other_as_it_was()
    {
        var first = World.Workflow();
        var task = World.Task(first);
        var action = World.Action(task);
        var nested = World.Workflow(parent: task);
        await WriteAsync(World.Beginning(first) with { NewTasks = [task], NewActions = [action], NewWorkflows = [first, nested] });
        var second = await WriteRootAsync();
        var otherTask = World.Task(second) with { Id = task.Id };

        (await CommitAsync(World.Changes(second.Id) with { NewTasks = [otherTask] })).Refusal.Should().Be(CommitRefusal.Invalid);
        (await CommitAsync(World.Changes(second.Id) with { NewActions = [World.Action(World.Task(second)) with { Id = action.Id }] }))
            .Refusal.Should().Be(CommitRefusal.Invalid);
        (await CommitAsync(World.Changes(second.Id) with { NewWorkflows = [World.Workflow(nested.Id, World.Task(second))] }))
            .Refusal.Should().Be(CommitRefusal.Invalid);

        (await Store.ReadTaskAsync(task.Id, default)).Should().BeEquivalentTo(task);
        (await Store.ReadActionAsync(action.Id, default)).Should().Be(action);
        (await Store.ReadWorkflowAsync(nested.Id, default)).Should().BeEquivalentTo(nested);
    }

    [Test]
    public async Task The_sets_of_a_group_have_outcomes_of_their_own_and_a_bad_one_fails_alone()
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

        outcomes.Select(o => o.Refusal).Should().Equal(
            CommitRefusal.None, CommitRefusal.AlreadyExists, CommitRefusal.Invalid, CommitRefusal.NotOwner, CommitRefusal.None);
        (await Store.ReadWorkflowAsync(good.Id, default)).Should().BeEquivalentTo(good);
        (await Store.ReadWorkflowAsync(last.Id, default)).Should().BeEquivalentTo(last);
        (await Store.ReadTaskAsync(task.Id, default)).Should().BeNull("its set was left out, whole");
    }

    [Test]
    public async Task An_empty_group_is_a_success() => (await Store.CommitAsync([], default)).Should().BeEmpty();

    [Test]
    public async Task A_commit_that_was_cancelled_before_it_began_writes_nothing()
    {
        var root = World.Workflow();

        await FluentActions.Awaiting(() => Store.CommitAsync([World.Beginning(root)], new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        (await Store.ReadTreeAsync(root.Id, default)).Should().BeNull();
    }

    [Test]
    public async Task A_definition_that_is_stored_already_is_left_as_it_is()
    {
        var definition = new StoredDefinition("hash", "order", "space", "yaml", "version: '2.0' # ümlaut\n");

        await WriteAsync(World.Beginning(World.Workflow()) with { Definitions = [definition] });
        await WriteAsync(World.Beginning(World.Workflow()) with { Definitions = [definition with { Text = "other" }] });

        (await Store.ReadDefinitionAsync("hash", default)).Should().Be(definition);
        (await Store.ReadDefinitionAsync("none", default)).Should().BeNull();
    }

    [Test]
    public async Task Commits_and_reads_from_many_threads_do_not_disturb_each_other()
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
                count.Should().BeGreaterThanOrEqualTo(seen);
                seen = count;
                await LeaseAsync(World.EngineId);
            }
        }));

        await Task.WhenAll(reading.Append(writing));

        (await Store.QueryWorkflowsAsync(new ExecutionQuery { PageSize = 1000 }, default)).Items.Should().HaveCount(roots.Count);
    }
}
