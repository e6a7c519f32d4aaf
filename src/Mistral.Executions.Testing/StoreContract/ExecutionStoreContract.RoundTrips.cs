using System.Numerics;

namespace Mistral.Executions.Testing;

/// <content>What is written comes back as it was, to the last bit.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> RoundTripsCases =>
    [
        new(nameof(Every_field_of_a_workflow_comes_back), c => c.Every_field_of_a_workflow_comes_back()),
        new(nameof(Every_field_of_a_task_comes_back), c => c.Every_field_of_a_task_comes_back()),
        new(nameof(Every_field_of_an_action_comes_back), c => c.Every_field_of_an_action_comes_back()),
        new(nameof(A_time_keeps_its_moment_to_the_tick_whatever_its_offset), c => c.A_time_keeps_its_moment_to_the_tick_whatever_its_offset()),
        .. OddTexts.Select((text, place) => new StoreContractCase(nameof(Any_text_is_an_id_and_a_name), $"text {place}", c => c.Any_text_is_an_id_and_a_name(text))),
        new(nameof(Texts_that_only_look_alike_are_different_ids), c => c.Texts_that_only_look_alike_are_different_ids()),
        new(nameof(An_output_of_ten_megabytes_comes_back), c => c.An_output_of_ten_megabytes_comes_back()),
    ];

    private static readonly JsonMap AwkwardData = JsonMap.Create(
        ("text", AwkwardText),
        (AwkwardText, "\u0000 \u001f \u2028 \ufffd"),
        ("big", BigInteger.Pow(10, 400) + 7),
        ("negative", -BigInteger.Pow(2, 64)),
        ("long", long.MinValue),
        ("exact", 12345678901234567890.0123456789m),
        ("digits", JsonData.Parse("1.00000000000000000000000000000000001")),
        ("float", 1e-7),
        ("whole float", 3.0),
        ("nothing", JsonData.Null),
        ("true", true),
        ("empty", JsonData.EmptyObject),
        ("list", JsonList.Create(1, "two", JsonData.EmptyArray)));

    private static string[] OddTexts =>
    [
        "", " ", "'", "\"", "''; DROP TABLE workflow_executions; --", "%", "\\", "\r\n\t\u0001\u001f\u007f", "ümlaut", "漢字", "🚀👩‍👩‍👧",
        new('x', 255), "0195f3a1-1111-7000-8000-000000000001", "0195F3A1-1111-7000-8000-000000000001", "{0195f3a1-1111-7000-8000-000000000001}",
        "0195f3a1111170008000000000000001", "00000000-0000-0000-0000-000000000000", "1", "1.0", "NULL", "e\u0301", "\u00e9", "\ufeffbom", "half \ud800 pair",
        new('ü', 5000),
    ];

    private async Task Every_field_of_a_workflow_comes_back()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var workflow = World.Workflow(parent: task) with
        {
            Name = AwkwardText,
            Namespace = "space " + AwkwardText,
            DefinitionHash = "hash " + AwkwardText,
            State = ExecutionState.Paused,
            StateInfo = "info " + AwkwardText,
            Input = AwkwardData,
            Output = JsonMap.Create(("output", AwkwardData)),
            Environment = JsonMap.Create(("environment", AwkwardData)),
            Parameters = JsonMap.Create(("parameters", AwkwardData)),
            Context = JsonMap.Create(("context", AwkwardData)),
            Description = "description " + AwkwardText,
            Tags = ["a", AwkwardText, ""],
            Index = 7,
            Accepted = true,
            TaskCount = 12,
            Backlog = [new PendingCommand("target", AwkwardData, new TaskTrigger(task.Id, RouteKind.OnSkip)), new PendingCommand(AwkwardText, JsonData.Null, new TaskTrigger("x", RouteKind.OnError))],
            CreatedAt = Now.AddTicks(1),
            UpdatedAt = Now.AddTicks(2),
            FinishedAt = DateTimeOffset.MaxValue,
        };
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, workflow], NewTasks = [task] });
        (await Store.ReadWorkflowAsync(workflow.Id, default)).ShouldBe(workflow);

        var changed = workflow with
        {
            State = ExecutionState.Running,
            StateInfo = null,
            Output = JsonMap.Empty,
            Environment = JsonMap.Create(("other", 1)),
            Context = JsonMap.Empty,
            Description = "another",
            Accepted = false,
            TaskCount = 13,
            Backlog = [],
            UpdatedAt = Now.AddTicks(3),
            FinishedAt = null,
        };
        await WriteAsync(World.Changes(root.Id) with { Workflows = [changed] });
        (await Store.ReadWorkflowAsync(workflow.Id, default)).ShouldBe(changed);
        (await Store.ReadWorkflowAsync(World.NextId(), default)).ShouldBeNull();
    }

    private async Task Every_field_of_a_task_comes_back()
    {
        var root = World.Workflow();
        var before = World.Task(root);
        var nested = World.Workflow(parent: before);
        var task = World.Task(nested) with
        {
            Name = AwkwardText,
            WorkflowName = "workflow " + AwkwardText,
            Type = TaskExecutionType.Workflow,
            State = ExecutionState.RunningDelayed,
            StateInfo = "info " + AwkwardText,
            Published = AwkwardData,
            Processed = true,
            ErrorHandled = true,
            NextTasks = [new NextTask("a", RouteKind.OnSuccess), new NextTask(AwkwardText, RouteKind.OnComplete)],
            IsJoin = true,
            TriggeredBy = [new TaskTrigger(before.Id, RouteKind.OnError), new TaskTrigger(AwkwardText, RouteKind.OnSkip)],
            Tags = [AwkwardText, "b"],
            Ordinal = 99,
            RetryNumber = 3,
            PolicyProgress = TaskPolicyProgress.WaitedBefore | TaskPolicyProgress.WaitedAfter,
            Items = new ItemProgress { Count = 9, Concurrency = 2, Next = 5, Again = [1, 3], Running = 2, Succeeded = 1, Failed = 4, Cancelled = 6 },
            InboundContext = new ContextOrigin { TaskExecutionId = before.Id, Depth = 4, Snapshot = AwkwardData },
            CreatedAt = Now.AddTicks(1),
            StartedAt = Now.AddTicks(2),
            UpdatedAt = Now.AddTicks(3),
            FinishedAt = Now.AddTicks(4),
        };
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, nested], NewTasks = [before, task] });
        (await Store.ReadTaskAsync(task.Id, default)).ShouldBe(task);

        var changed = task with
        {
            State = ExecutionState.Waiting,
            StateInfo = null,
            Published = JsonMap.Empty,
            Processed = false,
            ErrorHandled = false,
            NextTasks = [],
            TriggeredBy = [],
            RetryNumber = 4,
            PolicyProgress = TaskPolicyProgress.None,
            Items = new ItemProgress(),
            InboundContext = new ContextOrigin { Snapshot = JsonMap.Empty },
            StartedAt = null,
            UpdatedAt = Now.AddTicks(5),
            FinishedAt = null,
        };
        await WriteAsync(World.Changes(root.Id) with { Tasks = [changed] });
        (await Store.ReadTaskAsync(task.Id, default)).ShouldBe(changed);

        var empty = changed with { NextTasks = null, Items = null, InboundContext = ContextOrigin.Empty };
        await WriteAsync(World.Changes(root.Id) with { Tasks = [empty] });
        (await Store.ReadTaskAsync(task.Id, default)).ShouldBe(empty);
        (await Store.ReadTaskAsync(World.NextId(), default)).ShouldBeNull();
    }

    private async Task Every_field_of_an_action_comes_back()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var nested = World.Workflow(parent: task);
        var deepTask = World.Task(nested);
        var action = World.Action(deepTask) with
        {
            Name = AwkwardText,
            Namespace = "space " + AwkwardText,
            State = ExecutionState.Cancelled,
            StateInfo = "info " + AwkwardText,
            Input = AwkwardData,
            Output = JsonMap.Create(("result", AwkwardData)),
            Accepted = true,
            Index = 5,
            Attempt = 3,
            StartedAt = Now.AddSeconds(3),
            IsOutside = true,
            IsSafeToRerun = true,
            Target = "queue " + AwkwardText,
            CreatedAt = Now.AddTicks(1),
            FinishedAt = Now.AddTicks(2),
        };
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, nested], NewTasks = [task, deepTask], NewActions = [action] });
        (await Store.ReadActionAsync(action.Id, default)).ShouldBe(action);

        var changed = action with
        {
            State = ExecutionState.Running,
            StateInfo = null,
            Output = JsonMap.Empty,
            Accepted = false,
            Attempt = 4,
            StartedAt = Now.AddSeconds(4),
            IsOutside = false,
            IsSafeToRerun = false,
            FinishedAt = null,
        };
        await WriteAsync(World.Changes(root.Id) with { Actions = [changed] });
        (await Store.ReadActionAsync(action.Id, default)).ShouldBe(changed);
        (await Store.ReadActionAsync(World.NextId(), default)).ShouldBeNull();
    }

    private async Task A_time_keeps_its_moment_to_the_tick_whatever_its_offset()
    {
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(5.5)).AddTicks(1234567);
        var root = await WriteRootAsync(World.Workflow() with { CreatedAt = time, UpdatedAt = DateTimeOffset.UnixEpoch.AddTicks(-1) });

        var read = (await Store.ReadWorkflowAsync(root.Id, default))!;

        read.CreatedAt.UtcTicks.ShouldBe(time.UtcTicks);
        read.UpdatedAt.UtcTicks.ShouldBe(DateTimeOffset.UnixEpoch.UtcTicks - 1);
    }

    private async Task Any_text_is_an_id_and_a_name(string text)
    {
        var root = World.Workflow(text.Length == 0 ? " " : text) with { Name = text, StateInfo = text, Description = text, Namespace = text };
        await WriteRootAsync(root);

        (await Store.ReadWorkflowAsync(root.Id, default)).ShouldBe(root);
        (await ReadTreeAsync(root.Id)).Workflows.ShouldEqual(root);
        (await Store.FindTreeAsync(root.Id, default)).ShouldBe(root.Id);
        (await Store.QueryWorkflowsAsync(new ExecutionQuery { Name = text, Namespace = text, RootExecutionId = root.Id }, default))
            .Items.ShouldEqual(root);
        (await Store.ClaimTreeAsync(root.Id, World.EngineId, Now, default)).Claimed.ShouldBe(true);
    }

    private async Task Texts_that_only_look_alike_are_different_ids()
    {
        var ids = OddTexts.Append("half \ufffd pair").Append("0195f3a1-1111-7000-8000-000000000002").ToList();
        foreach (var id in ids)
        {
            await WriteRootAsync(World.Workflow(id) with { Description = $"of {ids.IndexOf(id)}" });
        }

        foreach (var id in ids)
        {
            (await Store.ReadWorkflowAsync(id, default))!.Description.ShouldBe($"of {ids.IndexOf(id)}");
        }

        (await AllPagesAsync(new ExecutionQuery { PageSize = 3 }, Store.QueryWorkflowsAsync)).Select(w => w.Id).ShouldEqual(ids);
    }

    private async Task An_output_of_ten_megabytes_comes_back()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var action = World.Action(task);
        await WriteAsync(World.Beginning(root) with { NewTasks = [task], NewActions = [action] });
        var large = StoredWorld.Finished(action) with { Output = JsonMap.Create(("result", new string('ü', 5 * 1024 * 1024))) };

        await WriteAsync(World.Changes(root.Id) with { Actions = [large] });

        (await Store.ReadActionAsync(action.Id, default)).ShouldBe(large);
        await WriteRootAsync();
    }
}
