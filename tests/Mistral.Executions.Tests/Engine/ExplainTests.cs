using System.Text;

namespace Mistral.Executions.Tests.Engine;

/// <summary>What <c>ExplainAsync</c> says of executions that are stuck. The documentation shows the same texts.</summary>
public sealed class ExplainTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_join_names_the_task_that_is_missing_and_what_that_waits_for()
    {
        var gather = new WorkflowBuilder("gather")
            .Task("a", t => t.Action("test.do").OnSuccess("all"))
            .Task("b", t => t.Action("test.do").OnSuccess("all"))
            .Task("c", t => t.Action("test.fail").Retry(5, TimeSpan.FromMinutes(2)).OnSuccess("all"))
            .Task("all", t => t.JoinAll().Action("test.do"))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: gather);
        var run = await bench.Engine.StartAsync("gather");
        await bench.SettleAsync();
        await bench.AdvanceAsync(2 * Minute);
        await bench.AdvanceAsync(2 * Minute);
        var join = await OnlyTaskAsync(bench, run.Id, "all");

        var explanation = await bench.Engine.ExplainAsync(join.Id);

        explanation.Reason.Should().Be(ReasonKind.WaitsForRoutes);
        explanation.Children.Should().ContainSingle().Which.DueAt.Should().Be(bench.Time.GetUtcNow() + (2 * Minute));
        await ExpectAsync(bench, join.Id, "A join waits for a task that is being retried",
            """
            task 'all' WAITING: Waits for 3 of the 3 routes that lead to it: 2 came, 'c' is missing.
              task 'c' RUNNING_DELAYED: Waits for retry 3 of 5, which is due at 2026-01-01 00:06:00Z.
                action 'test.fail' ERROR: Failed at 2026-01-01 00:04:00Z: The action raised an exception [action=test.fail, action_ex_id=ID, msg='InvalidOperationException: no luck'].
            """);
    }

    [Test]
    public async Task A_join_goes_back_through_tasks_that_were_not_started()
    {
        var chain = new WorkflowBuilder("chain")
            .Task("a", t => t.Action("test.outside").OnSuccess("b"))
            .Task("b", t => t.Action("test.do").OnSuccess("all"))
            .Task("c", t => t.Action("test.do").OnSuccess("all"))
            .Task("all", t => t.JoinAll().Action("test.do"))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: chain);
        var run = await bench.Engine.StartAsync("chain");
        await bench.SettleAsync();

        await ExpectAsync(bench, (await OnlyTaskAsync(bench, run.Id, "all")).Id, "A join waits for a task that was not started",
            """
            task 'all' WAITING: Waits for 2 of the 2 routes that lead to it: 1 came, 'b' is missing.
              task 'b': Was not started: it follows 'a'.
                task 'a' RUNNING: Runs since 2026-01-01 00:00:00Z.
                  action 'test.outside' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID.
            """);
    }

    [Test]
    public async Task An_outside_action_waits_for_its_result()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(e => e.AddOutsideAction("approve", new() { Deadline = TimeSpan.FromHours(8), Heartbeat = TimeSpan.FromHours(1) }), EngineBench.Chain("order", "approve"));
        var run = await bench.Engine.StartAsync("order");

        await ExpectAsync(bench, run.Id, "A result from outside is missing",
            """
            workflow 'order' RUNNING: Runs since 2026-01-01 00:00:00Z; 1 task is not done.
              task 't0' RUNNING: Runs since 2026-01-01 00:00:00Z.
                action 'approve' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID. It fails when there is neither a result nor a sign of life by 2026-01-01 01:00:00Z.
            """);
    }

    [Test]
    public async Task An_outside_action_with_a_deadline_only_waits_for_no_sign_of_life()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(e => e.AddOutsideAction("approve", new() { Deadline = TimeSpan.FromHours(8) }), EngineBench.Chain("order", "approve"));
        var run = await bench.Engine.StartAsync("order");

        (await bench.Engine.ExplainAsync(run.Id)).ToString().Should().EndWith("It fails when there is no result by 2026-01-01 08:00:00Z.");
    }

    [Test]
    public async Task A_body_runs()
    {
        var slow = new WorkflowBuilder("slow").Task("work", t => t.Action("test.gate").Timeout(TimeSpan.FromMinutes(5))).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: slow);
        var run = await bench.Engine.StartAsync("slow");

        await ExpectAsync(bench, (await OnlyTaskAsync(bench, run.Id, "work")).Id, "A body runs long",
            """
            task 'work' RUNNING: Runs since 2026-01-01 00:00:00Z. It must end by 2026-01-01 00:05:00Z (policy 'timeout').
              action 'test.gate' RUNNING: Its body runs since 2026-01-01 00:00:00Z.
            """);
    }

    [Test]
    public async Task A_policy_pause_before_holds_a_task()
    {
        var careful = new WorkflowBuilder("careful").Task("deploy", t => t.Action("test.do").PauseBefore()).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: careful);
        var run = await bench.Engine.StartAsync("careful");

        await ExpectAsync(bench, run.Id, "A task is held by pause-before",
            """
            workflow 'careful' PAUSED: Paused at 2026-01-01 00:00:00Z by the policy 'pause-before' of the task 'deploy', until it is resumed.
              task 'deploy' IDLE: Held by its policy 'pause-before' since 2026-01-01 00:00:00Z, until its workflow is resumed.
            """);
    }

    [Test]
    public async Task An_operator_paused_the_workflow()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside", "test.do"));
        var run = await bench.Engine.StartAsync("order");
        await bench.AdvanceAsync(Minute);
        await bench.Engine.PauseAsync(run.Id, "the bank is down");
        var action = await bench.OnlyActionAsync(run.Id);
        await bench.AdvanceAsync(Minute);
        await bench.Engine.CompleteActionAsync(action.Id, ActionResult.Success(1));

        await ExpectAsync(bench, action.TaskExecutionId!, "An operator paused the workflow",
            """
            task 't0' SUCCESS: Ended in SUCCESS at 2026-01-01 00:02:00Z; what follows waits until its workflow is resumed.
              workflow 'order' PAUSED: An operator paused it at 2026-01-01 00:01:00Z: the bank is down.
            """);
    }

    [Test]
    public async Task A_nested_workflow_is_paused_with_the_one_above_it()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: [Outer("outer", "inner"), EngineBench.Chain("inner", "test.outside")]);
        var run = await bench.Engine.StartAsync("outer");
        await bench.Engine.PauseAsync(run.Id);

        (await bench.Engine.ExplainAsync(await NestedAsync(bench, run.Id))).Sentence
            .Should().Be("An operator paused it at 2026-01-01 00:00:00Z, with the workflow 'outer' above it.");
    }

    [Test]
    public async Task An_operator_paused_one_action()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        var run = await bench.Engine.StartAsync("order");
        await bench.Engine.UpdateActionAsync((await bench.OnlyActionAsync(run.Id)).Id, ExecutionState.Paused);

        await ExpectAsync(bench, run.Id, "An operator paused one action",
            """
            workflow 'order' PAUSED: Paused because of the task 't0', below which something is paused.
              task 't0' PAUSED: Paused with what is below it.
                action 'test.outside' PAUSED: An operator paused it at 2026-01-01 00:00:00Z.
            """);
    }

    [Test]
    public async Task A_command_of_a_route_paused_the_workflow()
    {
        var asks = new WorkflowBuilder("asks").Task("try", t => t.Action("test.fail").OnError(Routes.Pause("look at it"))).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: asks);
        var run = await bench.Engine.StartAsync("asks");
        await bench.SettleAsync();

        var explanation = await bench.Engine.ExplainAsync(run.Id);

        explanation.Reason.Should().Be(ReasonKind.PausedByCommand);
        explanation.Sentence.Should().Be("Paused by the command 'pause' of a route, until it is resumed: look at it.");
    }

    [Test]
    public async Task A_command_of_a_route_failed_the_workflow_after_an_error_that_was_handled()
    {
        var gives = new WorkflowBuilder("gives").Task("try", t => t.Action("test.fail").OnError(Routes.Fail())).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: gives);
        var run = await bench.Engine.StartAsync("gives");
        await run.WaitAsync();

        var explanation = await bench.Engine.ExplainAsync(run.Id);

        explanation.Sentence.Should().StartWith(
            "Failed at 2026-01-01 00:00:00Z by the command 'fail' of a route. First cause: the action 'test.fail' in the task 'try' of the workflow 'gives' failed at 2026-01-01 00:00:00Z").And.EndWith("no luck'].");
        explanation.Children.Should().ContainSingle().Which.Children.Should().ContainSingle();
    }

    [Test]
    public async Task Another_engine_has_the_execution()
    {
        await using var bench = new EngineBench();
        var other = await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        var run = await other.StartAsync("order");
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));

        (await bench.Engine.ExplainAsync(run.Id)).Reason.Should().Be(ReasonKind.HeldByAnotherEngine);
        await ExpectAsync(bench, run.Id, "Another engine has the execution",
            """
            workflow 'order' RUNNING: The engine ID works on it. Its lease runs until 2026-01-01 00:00:30Z unless it renews it.
              workflow 'order' RUNNING: Runs since 2026-01-01 00:00:00Z; 1 task is not done.
                task 't0' RUNNING: Runs since 2026-01-01 00:00:00Z.
                  action 'test.outside' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID.
            """);
    }

    [Test]
    public async Task Wait_before_and_wait_after_delay_a_task()
    {
        var calm = new WorkflowBuilder("calm")
            .Task("early", t => t.Action("test.do").WaitBefore(TimeSpan.FromHours(1)))
            .Task("late", t => t.Action("test.do").WaitAfter(TimeSpan.FromHours(2)))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: calm);
        var run = await bench.Engine.StartAsync("calm");
        await bench.SettleAsync();

        await ExpectAsync(bench, run.Id, "Policies delay tasks",
            """
            workflow 'calm' RUNNING: Runs since 2026-01-01 00:00:00Z; 2 tasks are not done.
              task 'early' RUNNING_DELAYED: Delayed by its policy 'wait-before' until 2026-01-01 01:00:00Z.
              task 'late' RUNNING_DELAYED: Its work is done; its end in SUCCESS is delayed by its policy 'wait-after' until 2026-01-01 02:00:00Z.
            """);
    }

    [Test]
    public async Task A_task_that_was_due_during_a_pause_starts_with_the_resume()
    {
        var calm = new WorkflowBuilder("calm").Task("early", t => t.Action("test.do").WaitBefore(Minute)).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: calm);
        var run = await bench.Engine.StartAsync("calm");
        await bench.Engine.PauseAsync(run.Id);
        await bench.AdvanceAsync(2 * Minute);

        var explanation = await bench.Engine.ExplainAsync((await OnlyTaskAsync(bench, run.Id, "early")).Id);

        explanation.Reason.Should().Be(ReasonKind.HeldByPause);
        explanation.Children.Should().ContainSingle().Which.Reason.Should().Be(ReasonKind.PausedByOperator);
    }

    [Test]
    public async Task Items_are_counted()
    {
        var many = new WorkflowBuilder("many")
            .Task("each", t => t.Action("test.outside").WithItems("i", _ => JsonList.Create(Enumerable.Range(0, 20).Select(i => (JsonData)i))).Concurrency(3))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: many);
        var run = await bench.Engine.StartAsync("many");
        for (var done = 0; done < 7; done++)
        {
            var open = await bench.Engine.QueryActionPageAsync(new() { RootExecutionId = run.Id, States = [ExecutionState.Running] });
            await bench.Engine.CompleteActionAsync(open.Items[0].Id, ActionResult.Success(done));
        }

        await ExpectAsync(bench, (await OnlyTaskAsync(bench, run.Id, "each")).Id, "Items are not all done",
            """
            task 'each' RUNNING: 7 of 20 items are done, 3 run, 10 are to come.
              action 'test.outside' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID.
              action 'test.outside' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID.
              action 'test.outside' RUNNING: Waits since 2026-01-01 00:00:00Z for the result of the outside action execution ID.
            """);
    }

    [Test]
    public async Task A_join_that_lost_a_route_can_never_run()
    {
        var broken = new WorkflowBuilder("broken")
            .Task("a", t => t.Action("test.do").OnSuccess("all"))
            .Task("b", t => t.Action("test.fail").OnSuccess("all").OnError("mend"))
            .Task("mend", t => t.Action("test.do"))
            .Task("all", t => t.JoinAll().Action("test.do"))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: broken);
        var run = await bench.Engine.StartAsync("broken");
        await run.WaitAsync();

        await ExpectAsync(bench, (await OnlyTaskAsync(bench, run.Id, "all")).Id, "A join can never run",
            """
            task 'all' ERROR: Can never run, because it needs 2 of the 2 routes that lead to it: 1 came, and 'b' is lost.
              task 'b' ERROR: Failed at 2026-01-01 00:00:00Z. It led to 'mend'. It did not lead to 'all'.
                action 'test.fail' ERROR: Failed at 2026-01-01 00:00:00Z: The action raised an exception [action=test.fail, action_ex_id=ID, msg='InvalidOperationException: no luck'].
            """);
    }

    [Test]
    public async Task What_is_open_in_an_ended_workflow_can_never_go_on()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        var run = await bench.Engine.StartAsync("order");
        await bench.Engine.StopAsync(run.Id, ExecutionState.Error, "enough");

        (await bench.Engine.ExplainAsync((await OnlyTaskAsync(bench, run.Id, "t0")).Id)).Sentence
            .Should().Be("Can never go on: its workflow 'order' has ended in ERROR at 2026-01-01 00:00:00Z.");
        (await bench.Engine.ExplainAsync(run.Id)).Sentence.Should().Be("An operator ended it at 2026-01-01 00:00:00Z: enough.");
    }

    [Test]
    public async Task A_definition_that_is_missing_is_named()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        var run = await bench.Engine.StartAsync("order");
        await bench.Engine.DisposeAsync();
        await bench.OpenAsync();

        await ExpectAsync(bench, run.Id, "The definition is missing",
            """
            workflow 'order' RUNNING: The engine ID that worked on it runs no more. This engine takes it over when something comes for it, at the latest with its next sweep.
              workflow 'order' RUNNING: Cannot go on: The workflow 'order' that was made in C# is not registered any more. Register it again, then resume the execution.
            """);
    }

    [Test]
    public async Task A_failure_is_followed_down_to_its_first_cause()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: [Outer("shop", "order"), Outer("order", "pay"), EngineBench.Chain("pay", "test.do", "test.fail")]);
        var run = await bench.Engine.StartAsync("shop");
        await run.WaitAsync();

        await ExpectAsync(bench, run.Id, "It failed, far below",
            """
            workflow 'shop' ERROR: Failed at 2026-01-01 00:00:00Z. First cause: the action 'test.fail' in the task 't1' of the workflow 'pay' failed at 2026-01-01 00:00:00Z: The action raised an exception [action=test.fail, action_ex_id=ID, msg='InvalidOperationException: no luck'].
              task 'call' ERROR: Failed at 2026-01-01 00:00:00Z.
                workflow 'order' ERROR: Failed at 2026-01-01 00:00:00Z.
                  task 'call' ERROR: Failed at 2026-01-01 00:00:00Z.
                    workflow 'pay' ERROR: Failed at 2026-01-01 00:00:00Z.
                      task 't1' ERROR: Failed at 2026-01-01 00:00:00Z.
                        action 'test.fail' ERROR: Failed at 2026-01-01 00:00:00Z: The action raised an exception [action=test.fail, action_ex_id=ID, msg='InvalidOperationException: no luck'].
            """);
    }

    [Test]
    public async Task A_cancelled_execution_says_who_did_it()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: [Outer("outer", "inner"), EngineBench.Chain("inner", "test.outside")]);
        var run = await bench.Engine.StartAsync("outer");
        var nested = await NestedAsync(bench, run.Id);
        await bench.AdvanceAsync(Minute);
        await bench.Engine.CancelAsync(run.Id, "not wanted any more");

        await ExpectAsync(bench, nested, "It was cancelled",
            """
            workflow 'inner' CANCELLED: An operator cancelled it at 2026-01-01 00:01:00Z, with the workflow 'outer' above it: not wanted any more.
            """);
    }

    [Test]
    public async Task A_success_says_when()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.do", "test.do"));
        var run = await bench.Engine.StartAsync("order");
        await run.WaitAsync();

        (await bench.Engine.ExplainAsync(run.Id)).ToString().Should().Be("workflow 'order' SUCCESS: Ended in SUCCESS at 2026-01-01 00:00:00Z.");
        (await bench.Engine.ExplainAsync((await OnlyTaskAsync(bench, run.Id, "t0")).Id)).Sentence.Should().Be("Ended in SUCCESS at 2026-01-01 00:00:00Z. It led to 't1'.");
    }

    [Test]
    public async Task An_action_of_an_ended_workflow_no_longer_matters()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.gate"));
        var run = await bench.Engine.StartAsync("order");
        await bench.Engine.CancelAsync(run.Id);

        (await bench.Engine.ExplainAsync((await bench.OnlyActionAsync(run.Id)).Id)).Sentence
            .Should().Be("Its body runs since 2026-01-01 00:00:00Z. What it gives no longer matters: its workflow 'order' has ended.");
    }

    [TestCase("test.gate", "Its body began at 2026-01-01 00:00:00Z, and its engine died; it will be run again.")]
    [TestCase("test.unsafe_gate", "Its body began at 2026-01-01 00:00:00Z, and its engine died; it will end in ERROR, because it is not safe to run it again.")]
    public async Task A_body_whose_engine_died_waits_to_be_taken_over(string action, string expected)
    {
        await using var bench = new EngineBench();
        var order = EngineBench.Chain("order", action);
        var watching = await bench.OpenAsync(workflows: order);
        var dying = await bench.OpenAsync(workflows: order);
        var run = await dying.StartAsync("order");
        bench.Kill();
        var lease = (await bench.Store.ReadOwnerAsync(run.Id, default))!;
        await bench.Store.ReleaseLeaseAsync(lease.EngineId, default);

        var explanation = await watching.ExplainAsync((await bench.OnlyActionAsync(run.Id)).Id);

        explanation.Reason.Should().Be(ReasonKind.WaitsForTakeover);
        explanation.Children.Should().ContainSingle().Which.Sentence.Should().Be(expected);
    }

    [Test]
    public async Task Failed_items_are_counted_and_shown_in_the_order_in_which_they_failed()
    {
        var many = new WorkflowBuilder("many")
            .Task("each", t => t.Action("test.outside").WithItems("i", _ => JsonList.Create([1, 2, 3])))
            .Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: many);
        var run = await bench.Engine.StartAsync("many");
        var open = (await bench.Engine.QueryActionPageAsync(new() { RootExecutionId = run.Id })).Items;
        await bench.Engine.CompleteActionAsync(open[2].Id, ActionResult.Error("third"));
        await bench.AdvanceAsync(Minute);
        await bench.Engine.CompleteActionAsync(open[1].Id, ActionResult.Success(2));
        await bench.Engine.CompleteActionAsync(open[0].Id, ActionResult.Error("first"));

        await ExpectAsync(bench, run.Id, "Items failed",
            """
            workflow 'many' ERROR: Failed at 2026-01-01 00:01:00Z. First cause: the action 'test.outside' in the task 'each' of the workflow 'many' failed at 2026-01-01 00:00:00Z: third.
              task 'each' ERROR: Failed at 2026-01-01 00:01:00Z: 2 of 3 items failed.
                action 'test.outside' ERROR: Failed at 2026-01-01 00:00:00Z: third.
                action 'test.outside' ERROR: Failed at 2026-01-01 00:01:00Z: first.
            """);
    }

    [Test]
    public async Task A_command_that_fails_the_workflow_is_named_by_its_message()
    {
        var checks = new WorkflowBuilder("checks").Task("look", t => t.Action("test.do").OnSuccess(Routes.Fail("nothing in stock"))).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: checks);
        var run = await bench.Engine.StartAsync("checks");
        await run.WaitAsync();

        (await bench.Engine.ExplainAsync(run.Id)).ToString().Should().Be("workflow 'checks' ERROR: Failed at 2026-01-01 00:00:00Z: nothing in stock.");
    }

    [Test]
    public async Task A_command_that_pauses_after_an_operator_did_is_not_taken_for_the_operator()
    {
        var outer = new WorkflowBuilder("outer").Task("call", t => t.Workflow("inner").OnSuccess(Routes.Pause("look at it"))).Build();
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: [outer, EngineBench.Chain("inner", "test.outside")]);
        var run = await bench.Engine.StartAsync("outer");
        await bench.Engine.PauseAsync(run.Id, "wait");
        await bench.Engine.ResumeAsync(await NestedAsync(bench, run.Id));
        await bench.Engine.CompleteActionAsync((await bench.OnlyActionAsync(run.Id)).Id, ActionResult.Success(1));

        (await bench.Engine.ExplainAsync(run.Id)).Reason.Should().Be(ReasonKind.PausedByCommand);
    }

    [Test]
    public async Task A_skipped_task_says_so()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.fail", "test.do"));
        var run = await bench.Engine.StartAsync("order");
        await run.WaitAsync();
        var failed = await OnlyTaskAsync(bench, run.Id, "t0");
        await bench.Engine.SkipTaskAsync(failed.Id);

        var explanation = await bench.Engine.ExplainAsync(failed.Id);

        explanation.Reason.Should().Be(ReasonKind.Skipped);
        explanation.Sentence.Should().Be("An operator skipped it at 2026-01-01 00:00:00Z. It led to 't1'.");
    }

    [Test]
    public async Task To_explain_changes_nothing_and_loads_no_tree()
    {
        await using var bench = new EngineBench();
        var other = await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        var run = await other.StartAsync("order");
        await bench.OpenAsync(workflows: EngineBench.Chain("order", "test.outside"));
        await bench.SettleAsync();
        var (commits, read, owner) = (bench.Store.Commits.Count, bench.Store.TreesRead, await bench.Store.ReadOwnerAsync(run.Id, default));

        await bench.Engine.ExplainAsync(run.Id);

        (bench.Store.Commits.Count, bench.Store.TreesRead, await bench.Store.ReadOwnerAsync(run.Id, default)).Should().Be((commits, read, owner));
    }

    [Test]
    public async Task A_large_execution_is_explained_in_part()
    {
        var wide = new WorkflowBuilder("wide");
        for (var i = 0; i < 30; i++)
        {
            wide.Task($"t{i:00}", t => t.Action("test.outside"));
        }

        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: wide.Build());
        var run = await bench.Engine.StartAsync("wide");

        var explanation = await bench.Engine.ExplainAsync(run.Id);

        explanation.Children.Should().HaveCount(20);
        explanation.HasMore.Should().BeTrue();
        explanation.ToString().Should().EndWith("\n  and more");
        explanation.Sentence.Should().Contain("more than 20 tasks are not done");
    }

    [Test]
    public async Task An_execution_that_is_not_there_cannot_be_explained()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync();

        await bench.Engine.Invoking(e => e.ExplainAsync("nothing")).Should().ThrowAsync<ExecutionNotFoundException>();
    }

    private static WorkflowDefinition Outer(string name, string nested) => new WorkflowBuilder(name).Task("call", t => t.Workflow(nested)).Build();

    private static async Task<TaskExecution> OnlyTaskAsync(EngineBench bench, string workflowId, string name)
    {
        var page = await bench.Engine.QueryTaskPageAsync(new() { ParentId = workflowId, Name = name });
        return page.Items.Should().ContainSingle().Subject;
    }

    private static async Task<string> NestedAsync(EngineBench bench, string rootId)
    {
        var page = await bench.Engine.QueryWorkflowPageAsync(new() { RootExecutionId = rootId });
        return page.Items.Single(w => w.Id != rootId).Id;
    }

    /// <summary>Explains, and finds the same text in the documentation. Ids differ from run to run.</summary>
    internal static async Task ExpectAsync(EngineBench bench, string id, string situation, string expected)
    {
        var text = (await bench.Engine.ExplainAsync(id)).ToString();
        var ids = System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
        ids.Should().Be(expected);
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "src", "docs", "operating-explain.md"));
        page.Should().Contain(new StringBuilder().Append("## ").Append(situation).Append("\n\n```text\n").Append(expected).Append("\n```\n").ToString());
    }
}
