using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

public sealed class PolicyRuleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly RetryPolicy Once = new() { Count = new ConstantExpression(1), Delay = new ConstantExpression(60) };

    private static readonly TestCaseData[] WrongPolicies =
    [
        new(new TaskPolicies { PauseBefore = Wrong }, "pause-before"),
        new(new TaskPolicies { WaitBefore = Wrong }, "wait-before"),
        new(new TaskPolicies { WaitAfter = Wrong }, "wait-after"),
        new(new TaskPolicies { Timeout = Wrong }, "timeout"),
        new(new TaskPolicies { Retry = Once with { Count = Wrong } }, "retry"),
        new(new TaskPolicies { Retry = Once with { Delay = Wrong } }, "retry"),
    ];

    private static Computed Wrong => new(_ => "wrong");

    [TestCaseSource(nameof(WrongPolicies))]
    public void A_policy_of_the_wrong_kind_fails_the_task_before_it_starts(object policies, string name)
    {
        var shell = Shell(Of(new() { Name = "a", Action = new ConstantExpression("std.noop"), Policies = (TaskPolicies)policies })).Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().StartWith("Failed to start the task 'a'").And.Contain($"'{name}'");
        shell.Bodies.Should().BeEmpty();
        shell.PendingTimers.Should().BeEmpty();
    }

    [Test]
    public void A_fail_on_of_the_wrong_kind_fails_the_task_that_was_about_to_end()
    {
        var shell = Shell(Of(new() { Name = "a", Action = new ConstantExpression("std.noop"), Policies = new() { FailOn = Wrong } })).Run("wf");

        shell.Root.StateInfo.Should().StartWith("Failed to complete the task 'a'").And.Contain("'fail-on'");
        shell.Task("a").State.Should().Be(Error);
    }

    [Test]
    public void Policies_that_say_no_or_nothing_hold_nothing()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").PauseBefore(_ => false).WaitBefore(_ => TimeSpan.Zero).WaitAfter(_ => TimeSpan.Zero).Timeout(_ => TimeSpan.Zero).FailOn(_ => false).Retry(_ => 0, _ => Minute))
            .Task("b", t => t.Action("std.fail").Retry(_ => 0, _ => Minute).OnError("noop"))
            .Build()).Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Bodies.Should().HaveCount(2);
    }

    [Test]
    public void Retry_goes_on_after_a_success_as_long_as_continue_on_says_and_stops_an_error_when_break_on_says()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("again", t => t.Action("std.noop").Publish("n", c => c["n"].IsNull ? 1 : c.Get<int>("n") + 1).Retry(5, Minute, continueOn: c => c.Get<int>("n") < 1))
            .Task("more", t => t.Action("std.noop").Retry(2, Minute, continueOn: _ => true))
            .Task("stops", t => t.Action("std.fail").Retry(5, Minute, breakOn: _ => true).OnError("noop"))
            .Task("ends", t => t.Action("std.fail").Retry(5, Minute, continueOn: _ => false).OnError("noop"))
            .Task("ignores", t => t.Action("std.fail").Retry(1, Minute, breakOn: _ => false).OnError("noop"))
            .Build()).Run("wf").Advance(10 * Minute);

        shell.Root.State.Should().Be(Success);
        shell.Task("again").RetryNumber.Should().Be(0);
        shell.Task("more").RetryNumber.Should().Be(2);
        shell.Task("stops").RetryNumber.Should().Be(0);
        shell.Task("ends").RetryNumber.Should().Be(0);
        shell.Task("ignores").RetryNumber.Should().Be(1);
    }

    [Test]
    public void The_pause_of_a_retry_grows_up_to_its_bound_and_loses_a_part_by_chance()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.fail").Retry(3, TimeSpan.FromSeconds(10), new RetryBackoff(3, TimeSpan.FromSeconds(60), 0.5)))
            .Build()).Run("wf");
        var pauses = new List<double>();
        while (shell.PendingTimers.SingleOrDefault() is { } timer)
        {
            pauses.Add((timer.DueAt - shell.Now).TotalSeconds);
            shell.Advance(timer.DueAt - shell.Now);
        }

        pauses.Should().Equal(7.5, 22.5, 45);
    }

    [Test]
    public void A_cancelled_action_is_not_tried_again()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").Retry(5, Minute)).Build()).Run("wf");

        shell.Complete("a", ActionResult.Cancel());

        shell.Root.State.Should().Be(Cancelled);
    }

    [Test]
    public void A_join_that_is_given_up_is_held_by_wait_after_and_tried_again_by_retry()
    {
        WorkflowDefinition Join(Action<TaskBuilder> policy) => new WorkflowBuilder("wf")
            .Task("a", t => t.OnSuccess("j")).Task("b", t => t.OnError("j"))
            .Task("j", t => policy(t.JoinAll().OnError("noop"))).Build();
        var waits = Shell(Join(t => t.WaitAfter(Minute))).Run("wf");
        var retries = Shell(Join(t => t.Retry(2, Minute))).Run("wf");

        waits.Task("j").State.Should().Be(Waiting);
        waits.Advance(Minute);
        retries.Task("j").State.Should().Be(Waiting);
        retries.Advance(2 * Minute);

        (waits.Task("j").State, waits.Root.State).Should().Be((Error, Success));
        (retries.Task("j").State, retries.Task("j").RetryNumber).Should().Be((Error, 2));
    }

    [Test]
    public void A_task_that_is_held_idle_runs_into_its_timeout_and_is_tried_again()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.noop").PauseBefore().Timeout(Minute).Retry(1, Minute)).Build()).Run("wf");

        shell.Advance(Minute);
        shell.Task("a").State.Should().Be(RunningDelayed);
        shell.Advance(Minute);
        shell.Task("a").State.Should().Be(Idle, "the workflow is paused");
        shell.Send(new Message.Resume("root", null));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void A_task_whose_nested_workflow_is_paused_can_be_held_and_tried_again()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("call", t => t.Workflow("sub").Retry(1, Minute)).Task("out", t => t.Action("std.async_noop")).Build(),
            new WorkflowBuilder("sub").Task("work", t => t.Action("std.async_noop")).Build()).Run("wf");
        var nested = shell.Workflows.Single(w => w.Name == "sub").Id;

        shell.Send(new Message.Pause(nested, null));
        (shell.Task("call").State, shell.Root.State).Should().Be((Paused, Paused));
        shell.Send(new Message.Stop(nested, Error, "no")).Refusal.Should().BeNull();
        shell.Task("call").State.Should().Be(RunningDelayed);
        shell.Send(new Message.Resume("root", null));
        shell.Advance(Minute);

        shell.Task("call").State.Should().Be(Running);
        shell.Workflows.Count(w => w.Name == "sub").Should().Be(2);
    }

    [Test]
    public void What_ends_in_a_workflow_that_has_ended_is_neither_held_nor_tried_again()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").Retry(5, Minute))
            .Task("b", t => t.Action("std.async_noop").WaitAfter(Minute))
            .Build()).Run("wf");
        shell.Send(new Message.Stop("root", Error, null));

        shell.Complete("a", ActionResult.Error("no"));
        shell.Complete("b", ActionResult.Success(1));

        (shell.Task("a").State, shell.Task("b").State).Should().Be((Error, Success));
        shell.PendingTimers.Should().BeEmpty();
    }

    [Test]
    public void What_python_can_go_through_is_a_collection_and_nothing_else()
    {
        DecisionShell Over(JsonData collection) => Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").WithItems("i", _ => collection).Input(c => JsonMap.Create(("output", c["i"]))).Publish("r", c => c.Result())).Build()).Run("wf");

        Over("aß").Root.Output.ToString().Should().Be("""{"r":["a","ß"]}""");
        Over(JsonMap.Create(("k", 1), ("l", 2))).Root.Output.ToString().Should().Be("""{"r":["k","l"]}""");
        Over(7).Root.StateInfo.Should().Contain("the collection 'i' of 'with-items' must be a list, but is Integer");
    }

    [Test]
    public void Collections_have_one_length_and_not_too_many_items()
    {
        var uneven = Shell(new WorkflowBuilder("wf").Task("a", t => t.WithItems("i", _ => JsonList.Create([1])).WithItems("k", _ => JsonList.Create([1, 2]))).Build()).Run("wf");
        var many = new DecisionShell(new WorkflowBuilder("wf").Task("a", t => t.WithItems("i", _ => JsonList.Create([1, 2, 3]))).Build()) { Limits = new() { Items = 2 } };

        uneven.Root.StateInfo.Should().Contain("have 'i' 1, 'k' 2");
        many.Run("wf").Root.StateInfo.Should().Contain("has 3 items; the limit is 2");
    }

    [Test]
    public void A_concurrency_of_the_wrong_kind_fails_the_task()
    {
        var task = new TaskDefinition
        {
            Name = "a",
            Action = new ConstantExpression("std.noop"),
            WithItems = [new("i", new Computed(_ => JsonList.Create([1])))],
            Policies = new() { Concurrency = Wrong },
        };

        Shell(Of(task)).Run("wf").Root.StateInfo.Should().Contain("'concurrency'");
    }

    [Test]
    public void An_item_that_cannot_start_ends_the_task_and_the_rest_do_not_start()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.WithItems("i", _ => JsonList.Create(["sub", "nobody", "sub"])).Workflow(c => c.Get<string>("i")!).OnError("noop"))
            .Build(), new WorkflowBuilder("sub").Task("work", t => t.Action("std.async_noop")).Build()).Run("wf");

        shell.Task("a").State.Should().Be(Error);
    }

    [Test]
    public void An_input_of_an_item_that_cannot_be_evaluated_starts_none_of_them_and_stops_those_to_come()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").Concurrency(1).WithItems("i", _ => JsonList.Create([1, 0]))
                .Input(c => JsonMap.Create(("x", 1 / c.Get<int>("i")))))
            .Build()).Run("wf");

        shell.Complete("a", ActionResult.Success(1));

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().StartWith("Failed to go on with the task 'a'");
    }

    [Test]
    public void A_publish_of_the_wrong_kind_fails_the_task()
    {
        var task = new TaskDefinition { Name = "a", Action = new ConstantExpression("std.noop"), PublishOnSuccess = new() { Branch = new Computed(_ => 7) } };

        Shell(Of(task)).Run("wf").Root.StateInfo.Should().Contain("what is published must be an object, but is Integer");
    }

    [Test]
    public void What_follows_a_pause_in_the_routes_starts_with_the_resume_and_a_join_among_it_knows_who_led_to_it()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.OnSuccess("pause", "j", "b"))
            .Task("b", t => t.OnSuccess("j"))
            .Task("j", t => t.JoinAll())
            .Build()).Run("wf");
        shell.Root.State.Should().Be(Paused);
        shell.Root.Backlog.Should().HaveCount(2);

        shell.Send(new Message.Resume("root", null));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Task("a").NextTasks!.Select(n => n.TaskExecutionId).Should().BeEquivalentTo([shell.Task("j").Id, shell.Task("b").Id]);
    }

    private static WorkflowDefinition Of(TaskDefinition task) =>
        WorkflowDefinition.Create(new WorkflowBuilder("wf").Task("a").Build().Content with { Tasks = [task] });

    private static DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = true };
}
