using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

[TestFixture(false)]
[TestFixture(true)]
public sealed class PolicyTests(bool reloads)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void Wait_before_delays_the_start_once()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.noop").WaitBefore(Minute)).Build());

        shell.Run("wf");
        shell.Task("a").State.Should().Be(RunningDelayed);
        shell.Bodies.Should().BeEmpty();

        shell.Advance(Minute - TimeSpan.FromTicks(1));
        shell.Bodies.Should().BeEmpty();
        shell.Advance(TimeSpan.FromTicks(1));

        shell.Root.State.Should().Be(Success);
        shell.Bodies.Should().ContainSingle();
        shell.PendingTimers.Should().BeEmpty();
    }

    [Test]
    public void Wait_after_delays_the_end()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").Input(JsonMap.Create(("output", 7))).WaitAfter(Minute).Publish("x", c => c.Result()).OnSuccess("b"))
            .Task("b", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");
        shell.Task("a").State.Should().Be(RunningDelayed);
        shell.AllOf("b").Should().BeEmpty();
        shell.Advance(Minute);

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"x":7}""");
    }

    [Test]
    public void Timeout_ends_the_task_and_a_late_result_changes_nothing_but_its_action()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").Timeout(Minute).OnError("cure"))
            .Task("cure", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");
        shell.Advance(Minute);
        shell.Task("a").State.Should().Be(Error);
        shell.Root.State.Should().Be(Success);

        shell.Complete("a", ActionResult.Success("late"));

        shell.Task("a").State.Should().Be(Error);
        shell.ActionOf("a").State.Should().Be(Success);
        shell.Tree.IsEnded.Should().BeTrue();
    }

    [Test]
    public void A_result_in_time_takes_the_timeout_away()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").Timeout(Minute)).Build());

        shell.Run("wf");
        shell.Complete("a", ActionResult.Success(1));

        shell.PendingTimers.Should().BeEmpty();
    }

    [Test]
    public void Retry_starts_the_task_again_until_it_succeeds()
    {
        var runs = 0;
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("flaky").Retry(3, Minute).Publish("x", c => c.Result())).Build());
        shell.Answer("flaky", _ => ++runs < 3 ? ActionResult.Error("not yet") : ActionResult.Success(runs));

        shell.Run("wf");
        shell.Task("a").State.Should().Be(RunningDelayed);
        shell.Advance(Minute);
        shell.Advance(Minute);

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"x":3}""");
        shell.Actions.Select(a => a.Accepted).Should().Equal(false, false, true);
        shell.Actions.Select(a => a.Attempt).Should().Equal(1, 2, 3);
    }

    [Test]
    public void Retry_gives_up_after_its_count()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.fail").Retry(2, Minute)).Build());

        shell.Run("wf");
        shell.Advance(10 * Minute);

        shell.Root.State.Should().Be(Error);
        shell.Actions.Should().HaveCount(3);
    }

    [Test]
    public void Fail_on_turns_a_success_into_an_error()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").Input(JsonMap.Create(("output", 3))).FailOn(c => c.Result<int>() > 2).OnError("b"))
            .Task("b", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.Task("a").State.Should().Be(Error);
        shell.Task("b").State.Should().Be(Success);
    }

    [Test]
    public void Pause_before_holds_the_task_idle_until_the_resume()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("b"))
            .Task("b", t => t.Action("std.noop").PauseBefore())
            .Build());

        shell.Run("wf");
        shell.Root.State.Should().Be(Paused);
        shell.Task("b").State.Should().Be(Idle);
        shell.Send(new Executions.Decisions.Message.Resume("root", null));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void With_items_runs_so_many_at_once_and_keeps_the_order_of_the_items()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t
                .Action("std.async_noop")
                .WithItems("i", c => JsonList.Create(Enumerable.Range(0, 5).Select(i => (JsonData)i)))
                .Concurrency(2)
                .Publish("all", c => c.Result()))
            .Build());

        shell.Run("wf");
        while (shell.Actions.LastOrDefault(a => a.State == Running) is { } action)
        {
            shell.Actions.Count(a => a.State == Running).Should().BeLessThanOrEqualTo(2);
            shell.Send(new Executions.Decisions.Message.CompleteAction(action.Id, ActionResult.Success(action.Index * 10)));
        }

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"all":[0,10,20,30,40]}""");
    }

    [Test]
    public void With_items_over_nothing_succeeds_at_once()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").WithItems("i", c => JsonList.Empty).Publish("all", c => c.Result()))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"all":[]}""");
    }

    [Test]
    public void A_rerun_without_reset_runs_the_failed_items_only()
    {
        var fails = true;
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t
                .Action("work")
                .Input(c => JsonMap.Create(("i", c.Get<int>("i"))))
                .WithItems("i", c => JsonList.Create(1, 2, 3))
                .Publish("all", c => c.Result()))
            .Build());
        shell.Answer("work", input => fails && input["i"] == 2 ? ActionResult.Error("no") : ActionResult.Success(input["i"]));

        shell.Run("wf");
        shell.Root.State.Should().Be(Error);
        fails = false;
        shell.Send(new Executions.Decisions.Message.Rerun(shell.Task("a").Id, Reset: false, null)).Refusal.Should().BeNull();
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"all":[1,2,3]}""");
        shell.Bodies.Should().HaveCount(4);
    }

    private DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = reloads };
}
