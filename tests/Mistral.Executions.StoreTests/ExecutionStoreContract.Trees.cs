namespace Mistral.Executions.StoreTests;

/// <content>What a tree is read with, and how it is found and deleted.</content>
public abstract partial class ExecutionStoreContract
{
    [Test]
    public async Task There_is_no_tree_of_an_unknown_id()
    {
        await WriteRootAsync();

        (await Store.ReadTreeAsync(World.NextId(), default)).Should().BeNull();
        (await Store.FindTreeAsync(World.NextId(), default)).Should().BeNull();
    }

    [Test]
    public async Task A_tree_is_read_with_its_open_tasks_and_those_that_led_to_nothing_or_failed()
    {
        var root = World.Workflow();
        var finished = StoredWorld.Finished(World.Task(root));
        TaskExecution[] needed =
        [
            World.Task(root, state: ExecutionState.Idle),
            World.Task(root, state: ExecutionState.Waiting),
            World.Task(root, state: ExecutionState.Running),
            World.Task(root, state: ExecutionState.RunningDelayed),
            World.Task(root, state: ExecutionState.Paused),
            StoredWorld.Finished(World.Task(root)) with { Processed = false },
            StoredWorld.Finished(World.Task(root)) with { NextTasks = [] },
            StoredWorld.Finished(World.Task(root)) with { NextTasks = null },
            StoredWorld.Finished(World.Task(root)) with { State = ExecutionState.Error, ErrorHandled = true },
            StoredWorld.Finished(World.Task(root)) with { State = ExecutionState.Cancelled },
        ];
        var skipped = StoredWorld.Finished(World.Task(root)) with { State = ExecutionState.Skipped };

        await WriteAsync(World.Beginning(root) with { NewTasks = [finished, .. needed, skipped] });

        var tree = await ReadTreeAsync(root.Id);
        tree.Workflows.Should().BeEquivalentTo([root]);
        tree.Tasks.Should().BeEquivalentTo(needed, o => o.WithStrictOrdering());
        tree.ContextTasks.Should().BeEmpty();
    }

    [Test]
    public async Task A_task_that_ends_and_leads_on_is_read_no_more()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        await WriteAsync(World.Beginning(root) with { NewTasks = [task] });

        await WriteAsync(World.Changes(root.Id) with { Tasks = [StoredWorld.Finished(task)] });
        (await ReadTreeAsync(root.Id)).Tasks.Should().BeEmpty();

        await WriteAsync(World.Changes(root.Id) with { Tasks = [task] });
        (await ReadTreeAsync(root.Id)).Tasks.Should().ContainSingle();
    }

    [Test]
    public async Task A_tree_is_read_with_its_open_actions_and_the_accepted_ones_of_its_open_tasks()
    {
        var root = World.Workflow();
        var open = World.Task(root);
        var ended = StoredWorld.Finished(World.Task(root)) with { NextTasks = [] };
        var running = World.Action(open);
        var outside = World.Action(open) with { IsOutside = true };
        var accepted = StoredWorld.Finished(World.Action(open));
        var late = World.Action(ended);

        await WriteAsync(World.Beginning(root) with
        {
            NewTasks = [open, ended],
            NewActions =
            [
                running, outside, accepted, StoredWorld.Finished(World.Action(open), accepted: false),
                late, StoredWorld.Finished(World.Action(ended)),
            ],
        });

        (await ReadTreeAsync(root.Id)).Actions.Should().Equal(running, outside, accepted, late);
    }

    [Test]
    public async Task A_task_that_ended_and_led_on_is_read_while_an_action_of_it_runs_although_its_workflow_has_ended()
    {
        var root = World.Workflow();
        var task = StoredWorld.Finished(World.Task(root));
        var late = World.Action(task);

        await WriteAsync(World.Beginning(StoredWorld.Finished(root)) with { NewTasks = [task], NewActions = [late] });

        var tree = await ReadTreeAsync(root.Id);
        tree.Tasks.Should().ContainSingle().Which.Id.Should().Be(task.Id);
        tree.Actions.Should().Equal(late);
    }

    [Test]
    public async Task Of_a_task_with_items_only_the_open_actions_and_workflows_are_read()
    {
        var root = World.Workflow();
        var actions = World.Task(root) with { Items = new ItemProgress { Count = 3, Next = 2 } };
        var running = World.Action(actions);
        var workflows = World.Task(root) with { Items = new ItemProgress { Count = 3 }, Type = TaskExecutionType.Workflow };
        var nested = World.Workflow(parent: workflows);

        await WriteAsync(World.Beginning(root) with
        {
            NewWorkflows = [root, nested, StoredWorld.Finished(World.Workflow(parent: workflows))],
            NewTasks = [actions, workflows],
            NewActions = [StoredWorld.Finished(World.Action(actions)), running],
        });

        var tree = await ReadTreeAsync(root.Id);
        tree.Actions.Should().Equal(running);
        tree.Workflows.Select(w => w.Id).Should().Equal(root.Id, nested.Id);
    }

    [Test]
    public async Task Nested_workflows_are_read_while_they_or_the_task_above_are_open()
    {
        var root = World.Workflow();
        var open = World.Task(root) with { Type = TaskExecutionType.Workflow };
        var endedBelowOpen = StoredWorld.Finished(World.Workflow(parent: open));
        var itsLastTask = StoredWorld.Finished(World.Task(endedBelowOpen)) with { NextTasks = [] };
        var itsOpenTask = World.Task(endedBelowOpen) with { Type = TaskExecutionType.Workflow };
        var endedDeeper = StoredWorld.Finished(World.Workflow(parent: itsOpenTask));
        var ended = StoredWorld.Finished(World.Task(root)) with { Type = TaskExecutionType.Workflow };
        var endedBelowEnded = StoredWorld.Finished(World.Workflow(parent: ended));
        var openBelowEnded = World.Workflow(parent: ended);
        var deepTask = World.Task(openBelowEnded);
        var deepAction = World.Action(deepTask);

        await WriteAsync(World.Beginning(root) with
        {
            NewWorkflows = [root, endedBelowOpen, endedDeeper, endedBelowEnded, openBelowEnded],
            NewTasks = [open, itsLastTask, itsOpenTask, ended, deepTask, World.Task(endedBelowEnded)],
            NewActions = [deepAction],
        });

        var tree = await ReadTreeAsync(root.Id);
        tree.Workflows.Select(w => w.Id).Should().Equal(root.Id, endedBelowOpen.Id, endedDeeper.Id, openBelowEnded.Id);
        tree.Tasks.Select(t => t.Id).Should().Equal(open.Id, itsLastTask.Id, itsOpenTask.Id, deepTask.Id);
        tree.Actions.Should().Equal(deepAction);
    }

    [Test]
    public async Task The_tasks_on_the_way_back_to_the_data_are_read_as_far_as_a_snapshot()
    {
        var root = World.Workflow();
        var snapshot = new ContextOrigin { Snapshot = JsonMap.Create(("x", 1)) };
        var beforeSnapshot = StoredWorld.Finished(World.Task(root));
        var first = StoredWorld.Finished(World.Task(root)) with { InboundContext = snapshot };
        var second = StoredWorld.Finished(World.Task(root)) with { InboundContext = From(first, 1) };
        var third = StoredWorld.Finished(World.Task(root)) with { InboundContext = From(second, 2) };
        var open = World.Task(root) with { InboundContext = From(third, 3) };
        var sibling = World.Task(root) with { InboundContext = From(open, 4) };
        var endedStart = StoredWorld.Finished(World.Task(root));
        var end = StoredWorld.Finished(World.Task(root)) with { NextTasks = [], InboundContext = From(endedStart, 1) };

        await WriteAsync(World.Beginning(root) with { NewTasks = [beforeSnapshot, first, second, third, open, sibling, endedStart, end] });

        var tree = await ReadTreeAsync(root.Id);
        tree.Tasks.Select(t => t.Id).Should().Equal(open.Id, sibling.Id, end.Id);
        tree.ContextTasks.Should().BeEquivalentTo([first, second, third, endedStart], o => o.WithStrictOrdering());

        static ContextOrigin From(TaskExecution task, int depth) => new() { TaskExecutionId = task.Id, Depth = depth };
    }

    [Test]
    public async Task A_tree_is_read_with_all_of_its_timers_and_those_of_no_other()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        var first = World.Timer(root.Id, root.Id, Now.AddHours(2)) with { Kind = TimerKind.ActionDeadline, Data = JsonMap.Create(("state", "ERROR")) };
        var second = World.Timer(root.Id, root.Id, Now.AddTicks(1));
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [first, second] });
        await WriteAsync(World.Changes(other.Id) with { NewTimers = [World.Timer(other.Id, other.Id, Now)] });

        (await ReadTreeAsync(root.Id)).Timers.Should().Equal(first, second);

        await WriteAsync(World.Changes(root.Id) with { EndedTimers = [first.Id, World.NextId()] });
        (await ReadTreeAsync(root.Id)).Timers.Should().Equal(second);
    }

    [Test]
    public async Task The_tree_of_an_execution_of_any_kind_is_found()
    {
        var root = World.Workflow("a caller's own id");
        var task = World.Task(root);
        var nested = World.Workflow(parent: task);
        var deepTask = World.Task(nested);
        var deepAction = World.Action(deepTask);
        var alone = World.StandAloneAction();
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, nested], NewTasks = [task, deepTask], NewActions = [deepAction] });
        await WriteAsync(World.Beginning(alone));

        foreach (var id in new[] { root.Id, task.Id, nested.Id, deepTask.Id, deepAction.Id })
        {
            (await Store.FindTreeAsync(id, default)).Should().Be(root.Id);
        }

        (await Store.FindTreeAsync(alone.Id, default)).Should().Be(alone.Id);
    }

    [Test]
    public async Task The_latest_task_of_each_name_is_read()
    {
        var root = World.Workflow();
        var tasks = new[] { "a", "b", "a", "c", "a", "b" }
            .Select((name, ordinal) => StoredWorld.Finished(World.Task(root, name)) with { Ordinal = ordinal })
            .ToList();
        tasks[5] = tasks[5] with { State = ExecutionState.Running, FinishedAt = null };
        var nestedTask = World.Task(World.Workflow(parent: tasks[0]), "a") with { Ordinal = 99 };
        await WriteAsync(World.Beginning(root) with { NewTasks = [.. tasks, nestedTask] });

        (await Store.ReadLatestTasksAsync(root.Id, ["a", "b", "a", "none", "' OR 1 --"], default))
            .Should().BeEquivalentTo([tasks[4], tasks[5]]);
        (await Store.ReadLatestTasksAsync(root.Id, [], default)).Should().BeEmpty();
        (await Store.ReadLatestTasksAsync(World.NextId(), ["a"], default)).Should().BeEmpty();
    }

    [Test]
    public async Task The_history_of_an_execution_has_what_happened_to_it_and_below_it_in_order()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var nested = World.Workflow(parent: task);
        var deepTask = World.Task(nested);
        var deepAction = World.Action(deepTask);
        var ofNested = World.Entry(root.Id, nested.Id, "cancelled", "an operator's wish");
        var ofRoot = World.Entry(root.Id, root.Id);
        var ofAction = World.Entry(root.Id, deepAction.Id, "recovered");
        await WriteAsync(World.Beginning(root) with
        {
            NewWorkflows = [root, nested], NewTasks = [task, deepTask], NewActions = [deepAction], History = [ofRoot, ofAction, ofNested],
        });
        await WriteRootAsync();

        (await Store.ReadHistoryAsync(root.Id, default)).Should().Equal(ofNested, ofRoot, ofAction);
        (await Store.ReadHistoryAsync(task.Id, default)).Should().Equal(ofNested, ofAction);
        (await Store.ReadHistoryAsync(deepAction.Id, default)).Should().Equal(ofAction);
        (await Store.ReadHistoryAsync(World.NextId(), default)).Should().BeEmpty();
    }

    [Test]
    public async Task A_tree_that_has_ended_is_deleted_whole_and_no_other_is_touched()
    {
        var (root, records) = await WriteLargeTreeAsync();
        var (other, otherRecords) = await WriteLargeTreeAsync();
        await WriteAsync(World.Changes(root.Id) with { Workflows = [StoredWorld.Finished(root)] });

        (await Store.DeleteTreeAsync(root.Id, default)).Should().BeTrue();

        (await Store.ReadTreeAsync(root.Id, default)).Should().BeNull();
        foreach (var id in records)
        {
            (await Store.FindTreeAsync(id, default)).Should().BeNull();
        }

        (await Store.ReadHistoryAsync(root.Id, default)).Should().BeEmpty();
        (await Store.ReadTimersAsync(World.EngineId, Now, null, 10, default)).Should().OnlyContain(t => t.TreeId == other.Id).And.NotBeEmpty();
        (await Store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items.Should().OnlyContain(w => w.RootExecutionId == other.Id);
        foreach (var id in otherRecords)
        {
            (await Store.FindTreeAsync(id, default)).Should().Be(other.Id);
        }

        (await Store.DeleteTreeAsync(root.Id, default)).Should().BeFalse();
        await WriteRootAsync(World.Workflow(root.Id));
    }

    [Test]
    public async Task An_action_that_stood_alone_is_deleted()
    {
        var action = World.StandAloneAction(ExecutionState.Error);
        await WriteAsync(World.Beginning(action));

        (await Store.DeleteTreeAsync(action.Id, default)).Should().BeTrue();

        (await Store.ReadActionAsync(action.Id, default)).Should().BeNull();
        (await Store.DeleteTreeAsync(action.Id, default)).Should().BeFalse();
    }

    [Test]
    public async Task A_tree_that_has_not_ended_is_not_deleted()
    {
        var root = await WriteRootAsync();

        var refusal = (await FluentActions.Awaiting(() => Store.DeleteTreeAsync(root.Id, default)).Should().ThrowAsync<StoreException>()).Which;

        refusal.Refusal.Should().Be(CommitRefusal.Invalid);
        refusal.Message.Should().Contain(root.Id);
        await WriteAsync(World.Changes(root.Id));
    }

    [Test]
    public async Task What_is_below_the_root_is_no_tree_to_delete()
    {
        var (_, records) = await WriteLargeTreeAsync();

        foreach (var id in records.Skip(1))
        {
            (await Store.DeleteTreeAsync(id, default)).Should().BeFalse();
        }
    }

    [Test]
    public async Task A_commit_for_a_deleted_tree_is_refused()
    {
        var root = await WriteRootAsync(StoredWorld.Finished(World.Workflow()));
        await Store.DeleteTreeAsync(root.Id, default);

        (await CommitAsync(World.Changes(root.Id) with { NewTasks = [World.Task(root)] })).Refusal.Should().Be(CommitRefusal.NotOwner);
    }

    private async Task<(WorkflowExecution Root, List<string> Ids)> WriteLargeTreeAsync()
    {
        var root = World.Workflow();
        var task = World.Task(root) with { Items = new ItemProgress { Count = 1200 } };
        var nested = World.Workflow(parent: task);
        var deepTasks = Enumerable.Range(0, 5).Select(_ => World.Task(nested)).ToList();
        var actions = Enumerable.Range(0, 600).Select(_ => World.Action(task)).Concat(deepTasks.Select(t => World.Action(t))).ToList();
        await WriteAsync(World.Beginning(root) with
        {
            NewWorkflows = [root, nested],
            NewTasks = [task, .. deepTasks],
            NewActions = actions,
            NewTimers = [World.Timer(root.Id, task.Id, Now)],
            History = [World.Entry(root.Id, root.Id)],
        });
        return (root, [root.Id, nested.Id, task.Id, .. deepTasks.Select(t => t.Id), .. actions.Take(3).Select(a => a.Id), actions[^1].Id]);
    }
}
