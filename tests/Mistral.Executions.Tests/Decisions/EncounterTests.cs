using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

/// <summary>Policies, pauses, timeouts and operators that meet each other in one task.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class EncounterTests(bool reloads)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void A_join_that_can_no_longer_start_ends_also_when_its_end_is_delayed()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.fail").OnSuccess("join").OnError("noop"))
            .Task("b", t => t.Action("std.noop").OnSuccess("join"))
            .Task("join", t => t.JoinAll().WaitAfter(Second))
            .Build());

        shell.Run("wf").Advance(Second);

        shell.Task("join").State.Should().Be(Error);
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void A_task_held_by_pause_before_whose_time_is_over_is_tried_again()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").PauseBefore().Timeout(Second).Retry(1, Second))
            .Build());

        shell.Run("wf").Advance(Second);

        shell.Task("a").State.Should().Be(RunningDelayed);
        shell.Task("a").RetryNumber.Should().Be(1);
    }

    [Test]
    public void A_task_whose_time_is_over_while_wait_before_delays_it_is_not_started_by_that_delay()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").WaitBefore(2 * Second).Timeout(Second).WaitAfter(10 * Second))
            .Build());

        shell.Run("wf").Advance(20 * Second);

        shell.Bodies.Should().BeEmpty();
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void A_join_that_is_tried_again_starts_although_its_end_was_being_delayed()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("join"))
            .Task("b", t => t.Action("std.noop").OnSuccess("join"))
            .Task("join", t => t.JoinAll().Action("std.noop").WaitAfter(5 * Second).Timeout(2 * Second).Retry(1, Second))
            .Build());

        shell.Run("wf").Advance(TimeSpan.FromMinutes(1));

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void A_result_of_an_attempt_that_was_given_up_is_not_taken_for_one_of_the_next()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.WithItems("i", _ => JsonList.Create([1])).Action("std.async_noop").Timeout(Second).Retry(2, Second))
            .Build());
        shell.Run("wf");
        var first = shell.ActionOf("a").Id;

        shell.Advance(Second);

        shell.Actions.Single(a => a.Id == first).State.Should().Be(Cancelled);
        shell.Send(new Message.CompleteAction(first, ActionResult.Success("late"))).Refusal.Should().NotBeNull();
        shell.Advance(Second);
        shell.Complete("a", ActionResult.Success("in time"));
        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void Items_go_on_after_an_item_that_ended_while_it_was_paused()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.WithItems("i", _ => JsonList.Create([1, 2])).Concurrency(1).Action("std.async_noop"))
            .Build());
        shell.Run("wf");
        shell.Send(new Message.UpdateAction(shell.ActionOf("a").Id, Paused));

        shell.Complete("a", ActionResult.Success(1));
        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();
        shell.Settle();
        shell.Complete("a", ActionResult.Success(2));

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void Items_after_one_that_is_paused_at_once_start_with_the_resume()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("a", t => t.WithItems("i", _ => JsonList.Create([1, 2])).Workflow("held")).Build(),
            new WorkflowBuilder("held").Task("h", t => t.Action("std.noop").PauseBefore()).Build());
        shell.Run("wf");

        for (var resumes = 0; resumes < 4 && shell.Root.State != Success; resumes++)
        {
            shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();
            shell.Settle();
        }

        shell.Root.State.Should().Be(Success);
        shell.Workflows.Should().HaveCount(3);
    }

    [Test]
    public void A_failed_task_of_an_ended_nested_workflow_runs_again_with_another_environment()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("a", t => t.Workflow("child")).Build(),
            new WorkflowBuilder("child").Task("c", t => t.Action("std.async_noop")).Build());
        shell.Run("wf");
        shell.Complete("c", ActionResult.Error("no"));

        shell.Send(new Message.Rerun(shell.Task("c").Id, true, JsonMap.Create(("x", 1)))).Refusal.Should().BeNull();
        shell.Settle();
        shell.Complete("c", ActionResult.Success(1));

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void In_a_workflow_that_has_ended_no_policy_of_a_task_waits_for_anything()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").WaitAfter(Second).Retry(3, Second))
            .Task("b", t => t.Action("std.async_noop").OnSuccess("succeed"))
            .Build());
        shell.Run("wf");
        shell.Complete("b", ActionResult.Success(1));

        shell.Complete("a", ActionResult.Error("late"));

        shell.PendingTimers.Should().BeEmpty();
        shell.Task("a").State.Should().Be(Error);
        shell.Tree.IsEnded.Should().BeTrue();
    }

    [Test]
    public void An_execution_with_a_join_that_waits_for_ever_has_ended_when_its_workflow_has()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("join"))
            .Task("b", t => t.Action("std.async_noop").OnSuccess("join"))
            .Task("c", t => t.Action("std.async_noop").OnSuccess("fail"))
            .Task("join", t => t.JoinAll())
            .Build());
        shell.Run("wf");

        shell.Complete("c", ActionResult.Success(1));
        shell.Complete("b", ActionResult.Success(1));

        shell.Task("join").State.Should().Be(Waiting);
        shell.Tree.IsEnded.Should().BeTrue();
    }

    [Test]
    public void Places_of_tasks_go_on_after_a_task_that_ended_during_a_pause()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").OnSuccess("b"))
            .Task("b", t => t.Action("std.noop").OnSuccess("c"))
            .Task("c", t => t.Action("std.async_noop"))
            .Build());
        shell.Run("wf");
        shell.Send(new Message.Pause("root", null));
        shell.Complete("a", ActionResult.Success(1));

        shell.Send(new Message.Resume("root", null));
        shell.Settle();

        shell.Tasks.Select(t => t.Ordinal).Should().Equal(0, 1, 2);
    }

    private DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = reloads };
}
