namespace Mistral.Executions.Testing;

/// <content>What a tree is read with, and how it is found and deleted.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> TreesCases =>
    [
        new(nameof(There_is_no_tree_of_an_unknown_id), c => c.There_is_no_tree_of_an_unknown_id()),
        new(nameof(A_tree_is_read_with_its_open_tasks_and_those_that_led_to_nothing_or_failed), c => c.A_tree_is_read_with_its_open_tasks_and_those_that_led_to_nothing_or_failed()),
        new(nameof(A_task_that_ends_and_leads_on_is_read_no_more), c => c.A_task_that_ends_and_leads_on_is_read_no_more()),
        new(nameof(A_tree_is_read_with_its_open_actions_and_the_accepted_ones_of_its_open_tasks), c => c.A_tree_is_read_with_its_open_actions_and_the_accepted_ones_of_its_open_tasks()),
        new(nameof(A_task_that_ended_and_led_on_is_read_while_an_action_of_it_runs_although_its_workflow_has_ended), c => c.A_task_that_ended_and_led_on_is_read_while_an_action_of_it_runs_although_its_workflow_has_ended()),
        new(nameof(Of_a_task_with_items_only_the_open_actions_and_workflows_are_read), c => c.Of_a_task_with_items_only_the_open_actions_and_workflows_are_read()),
        new(nameof(Nested_workflows_are_read_while_they_or_the_task_above_are_open), c => c.Nested_workflows_are_read_while_they_or_the_task_above_are_open()),
        new(nameof(The_tasks_on_the_way_back_to_the_data_are_read_as_far_as_a_snapshot), c => c.The_tasks_on_the_way_back_to_the_data_are_read_as_far_as_a_snapshot()),
        new(nameof(A_tree_is_read_with_all_of_its_timers_and_those_of_no_other), c => c.A_tree_is_read_with_all_of_its_timers_and_those_of_no_other()),
        new(nameof(The_tree_of_an_execution_of_any_kind_is_found), c => c.The_tree_of_an_execution_of_any_kind_is_found()),
        new(nameof(The_latest_task_of_each_name_is_read), c => c.The_latest_task_of_each_name_is_read()),
        new(nameof(The_history_of_an_execution_has_what_happened_to_it_and_below_it_in_order), c => c.The_history_of_an_execution_has_what_happened_to_it_and_below_it_in_order()),
        new(nameof(A_tree_that_has_ended_is_deleted_whole_and_no_other_is_touched), c => c.A_tree_that_has_ended_is_deleted_whole_and_no_other_is_touched()),
        new(nameof(An_action_that_stood_alone_is_deleted), c => c.An_action_that_stood_alone_is_deleted()),
        new(nameof(A_tree_that_has_not_ended_is_not_deleted), c => c.A_tree_that_has_not_ended_is_not_deleted()),
        new(nameof(What_is_below_the_root_is_no_tree_to_delete), c => c.What_is_below_the_root_is_no_tree_to_delete()),
        new(nameof(A_commit_for_a_deleted_tree_is_refused), c => c.A_commit_for_a_deleted_tree_is_refused()),
    ];

    private async Task There_is_no_tree_of_an_unknown_id()
    {
        await WriteRootAsync();

        (await Store.ReadTreeAsync(World.NextId(), default)).ShouldBeNull();
        (await Store.FindTreeAsync(World.NextId(), default)).ShouldBeNull();
    }

    private async Task A_tree_is_read_with_its_open_tasks_and_those_that_led_to_nothing_or_failed()
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
        tree.Workflows.ShouldEqual(root);
        tree.Tasks.ShouldEqual(needed);
        tree.ContextTasks.ShouldEqual();
    }

    private async Task A_task_that_ends_and_leads_on_is_read_no_more()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        await WriteAsync(World.Beginning(root) with { NewTasks = [task] });

        await WriteAsync(World.Changes(root.Id) with { Tasks = [StoredWorld.Finished(task)] });
        (await ReadTreeAsync(root.Id)).Tasks.ShouldEqual();

        await WriteAsync(World.Changes(root.Id) with { Tasks = [task] });
        (await ReadTreeAsync(root.Id)).Tasks.ShouldHaveOne();
    }

    private async Task A_tree_is_read_with_its_open_actions_and_the_accepted_ones_of_its_open_tasks()
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

        (await ReadTreeAsync(root.Id)).Actions.ShouldEqual(running, outside, accepted, late);
    }

    private async Task A_task_that_ended_and_led_on_is_read_while_an_action_of_it_runs_although_its_workflow_has_ended()
    {
        var root = World.Workflow();
        var task = StoredWorld.Finished(World.Task(root));
        var late = World.Action(task);

        await WriteAsync(World.Beginning(StoredWorld.Finished(root)) with { NewTasks = [task], NewActions = [late] });

        var tree = await ReadTreeAsync(root.Id);
        tree.Tasks.ShouldHaveOne().Id.ShouldBe(task.Id);
        tree.Actions.ShouldEqual(late);
    }

    private async Task Of_a_task_with_items_only_the_open_actions_and_workflows_are_read()
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
        tree.Actions.ShouldEqual(running);
        tree.Workflows.Select(w => w.Id).ShouldEqual(root.Id, nested.Id);
    }

    private async Task Nested_workflows_are_read_while_they_or_the_task_above_are_open()
    {
        var root = World.Workflow();
        var open = World.Task(root) with { Type = TaskExecutionType.Workflow };
        var takenBack = StoredWorld.Finished(World.Workflow(parent: open));
        var endedBelowOpen = StoredWorld.Finished(World.Workflow(parent: open)) with { Accepted = true };
        var itsLastTask = StoredWorld.Finished(World.Task(endedBelowOpen)) with { NextTasks = [] };
        var itsOpenTask = World.Task(endedBelowOpen) with { Type = TaskExecutionType.Workflow };
        var endedDeeper = StoredWorld.Finished(World.Workflow(parent: itsOpenTask)) with { Accepted = true };
        var ended = StoredWorld.Finished(World.Task(root)) with { Type = TaskExecutionType.Workflow };
        var endedBelowEnded = StoredWorld.Finished(World.Workflow(parent: ended)) with { Accepted = true };
        var endedAboveOpen = StoredWorld.Finished(World.Workflow(parent: ended)) with { Accepted = true };
        var endedTaskAboveOpen = StoredWorld.Finished(World.Task(endedAboveOpen)) with { Type = TaskExecutionType.Workflow };
        var openBelowEnded = World.Workflow(parent: endedTaskAboveOpen);
        var deepTask = World.Task(openBelowEnded);
        var deepAction = World.Action(deepTask);

        await WriteAsync(World.Beginning(root) with
        {
            NewWorkflows = [root, takenBack, endedBelowOpen, endedDeeper, endedBelowEnded, endedAboveOpen, openBelowEnded],
            NewTasks = [open, itsLastTask, itsOpenTask, ended, endedTaskAboveOpen, deepTask, World.Task(endedBelowEnded)],
            NewActions = [deepAction],
        });

        var tree = await ReadTreeAsync(root.Id);
        tree.Workflows.Select(w => w.Id).ShouldEqual(root.Id, endedBelowOpen.Id, endedDeeper.Id, endedAboveOpen.Id, openBelowEnded.Id);
        tree.Tasks.Select(t => t.Id).ShouldEqual(open.Id, itsLastTask.Id, itsOpenTask.Id, ended.Id, endedTaskAboveOpen.Id, deepTask.Id);
        tree.Actions.ShouldEqual(deepAction);
    }

    private async Task The_tasks_on_the_way_back_to_the_data_are_read_as_far_as_a_snapshot()
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
        tree.Tasks.Select(t => t.Id).ShouldEqual(open.Id, sibling.Id, end.Id);
        tree.ContextTasks.ShouldEqual([first, second, third, endedStart]);

        static ContextOrigin From(TaskExecution task, int depth) => new() { TaskExecutionId = task.Id, Depth = depth };
    }

    private async Task A_tree_is_read_with_all_of_its_timers_and_those_of_no_other()
    {
        var root = await WriteRootAsync();
        var other = await WriteRootAsync();
        var first = World.Timer(root.Id, root.Id, Now.AddHours(2)) with { Kind = TimerKind.ActionDeadline, Data = JsonMap.Create(("state", "ERROR")) };
        var second = World.Timer(root.Id, root.Id, Now.AddTicks(1));
        await WriteAsync(World.Changes(root.Id) with { NewTimers = [first, second] });
        await WriteAsync(World.Changes(other.Id) with { NewTimers = [World.Timer(other.Id, other.Id, Now)] });

        (await ReadTreeAsync(root.Id)).Timers.ShouldEqual(first, second);

        await WriteAsync(World.Changes(root.Id) with { EndedTimers = [first.Id, World.NextId()] });
        (await ReadTreeAsync(root.Id)).Timers.ShouldEqual(second);
    }

    private async Task The_tree_of_an_execution_of_any_kind_is_found()
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
            (await Store.FindTreeAsync(id, default)).ShouldBe(root.Id);
        }

        (await Store.FindTreeAsync(alone.Id, default)).ShouldBe(alone.Id);
    }

    private async Task The_latest_task_of_each_name_is_read()
    {
        var root = World.Workflow();
        List<string> names = ["a", "b", "a", "c", "a", "b"];
        var tasks = names
            .Select((name, ordinal) => StoredWorld.Finished(World.Task(root, name)) with { Ordinal = ordinal })
            .ToList();
        tasks[5] = tasks[5] with { State = ExecutionState.Running, FinishedAt = null };
        var nestedTask = World.Task(World.Workflow(parent: tasks[0]), "a") with { Ordinal = 99 };
        await WriteAsync(World.Beginning(root) with { NewTasks = [.. tasks, nestedTask] });

        (await Store.ReadLatestTasksAsync(root.Id, ["a", "b", "a", "none", "' OR 1 --"], default))
            .ShouldEqualInAnyOrder([tasks[4], tasks[5]]);
        (await Store.ReadLatestTasksAsync(root.Id, [], default)).ShouldEqual();
        (await Store.ReadLatestTasksAsync(World.NextId(), ["a"], default)).ShouldEqual();
    }

    private async Task The_history_of_an_execution_has_what_happened_to_it_and_below_it_in_order()
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

        (await Store.ReadHistoryAsync(root.Id, default)).ShouldEqual(ofNested, ofRoot, ofAction);
        (await Store.ReadHistoryAsync(task.Id, default)).ShouldEqual(ofNested, ofAction);
        (await Store.ReadHistoryAsync(deepAction.Id, default)).ShouldEqual(ofAction);
        (await Store.ReadHistoryAsync(World.NextId(), default)).ShouldEqual();
    }

    private async Task A_tree_that_has_ended_is_deleted_whole_and_no_other_is_touched()
    {
        var (root, records) = await WriteLargeTreeAsync();
        var (other, otherRecords) = await WriteLargeTreeAsync();
        await WriteAsync(World.Changes(root.Id) with { Workflows = [StoredWorld.Finished(root)] });

        (await Store.DeleteTreeAsync(root.Id, default)).ShouldBe(true);

        (await Store.ReadTreeAsync(root.Id, default)).ShouldBeNull();
        foreach (var id in records)
        {
            (await Store.FindTreeAsync(id, default)).ShouldBeNull();
        }

        (await Store.ReadHistoryAsync(root.Id, default)).ShouldEqual();
        (await Store.ReadTimersAsync(World.EngineId, Now, null, 10, default)).Select(t => t.TreeId).Distinct().ShouldEqual(other.Id);
        (await Store.QueryWorkflowsAsync(new ExecutionQuery(), default)).Items.Select(w => w.RootExecutionId).Distinct().ShouldEqual(other.Id);
        foreach (var id in otherRecords)
        {
            (await Store.FindTreeAsync(id, default)).ShouldBe(other.Id);
        }

        (await Store.DeleteTreeAsync(root.Id, default)).ShouldBe(false);
        await WriteRootAsync(World.Workflow(root.Id));
    }

    private async Task An_action_that_stood_alone_is_deleted()
    {
        var action = World.StandAloneAction(ExecutionState.Error);
        await WriteAsync(World.Beginning(action));

        (await Store.DeleteTreeAsync(action.Id, default)).ShouldBe(true);

        (await Store.ReadActionAsync(action.Id, default)).ShouldBeNull();
        (await Store.DeleteTreeAsync(action.Id, default)).ShouldBe(false);
    }

    private async Task A_tree_that_has_not_ended_is_not_deleted()
    {
        var root = await WriteRootAsync();

        var refusal = await Expect.ThrowsAsync<StoreException>(() => Store.DeleteTreeAsync(root.Id, default));

        refusal.Refusal.ShouldBe(CommitRefusal.Invalid);
        refusal.Message.Contains(root.Id, StringComparison.Ordinal).ShouldBe(true);
        await WriteAsync(World.Changes(root.Id));
    }

    private async Task What_is_below_the_root_is_no_tree_to_delete()
    {
        var (_, records) = await WriteLargeTreeAsync();

        foreach (var id in records.Skip(1))
        {
            (await Store.DeleteTreeAsync(id, default)).ShouldBe(false);
        }
    }

    private async Task A_commit_for_a_deleted_tree_is_refused()
    {
        var root = await WriteRootAsync(StoredWorld.Finished(World.Workflow()));
        await Store.DeleteTreeAsync(root.Id, default);

        (await CommitAsync(World.Changes(root.Id) with { NewTasks = [World.Task(root)] })).Refusal.ShouldBe(CommitRefusal.NotOwner);
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
