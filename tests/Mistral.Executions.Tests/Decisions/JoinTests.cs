using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

[TestFixture(false)]
[TestFixture(true)]
public sealed class JoinTests(bool reloads)
{
    [Test]
    public void Join_all_starts_once_when_the_last_route_is_taken()
    {
        var shell = Shell(Fork("std.noop", "std.noop", t => t.JoinAll()));

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.AllOf("join").Should().ContainSingle().Which.TriggeredBy.Should().HaveCount(2);
    }

    [Test]
    public void Join_all_that_can_no_longer_be_met_ends_in_error_and_names_what_is_missing()
    {
        var shell = Shell(Fork("std.noop", "std.fail", t => t.JoinAll()));

        shell.Run("wf");

        shell.Task("join").State.Should().Be(Error);
        shell.Task("join").StateInfo.Should().Contain("'b'");
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void Join_one_starts_with_the_first_route_and_takes_the_others_up()
    {
        var shell = Shell(Fork("std.noop", "std.async_noop", t => t.JoinOne()));

        shell.Run("wf");
        shell.Task("join").State.Should().Be(Success);
        shell.Root.State.Should().Be(Running);
        shell.Complete("b", ActionResult.Success(1));

        shell.AllOf("join").Should().ContainSingle();
        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void A_join_of_a_number_fails_when_too_few_routes_are_left()
    {
        var shell = Shell(Fork("std.fail", "std.fail", t => t.Join(2)));

        shell.Run("wf");

        shell.AllOf("join").Should().BeEmpty("no route led there");
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void A_join_behind_a_task_that_will_never_run_is_given_up_early()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("join"))
            .Task("b", t => t.Action("std.noop").OnError("between"))
            .Task("c", t => t.Action("std.async_noop"))
            .Task("between", t => t.Action("std.noop").OnSuccess("join"))
            .Task("join", t => t.JoinAll())
            .Build());

        shell.Run("wf");

        shell.Task("join").State.Should().Be(Error);
        shell.Root.State.Should().Be(Running, "c has not ended");
    }

    [Test]
    public void Of_joins_whose_time_has_come_with_one_task_the_one_that_was_created_first_starts_first()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("b", "d").OnError("c"))
            .Task("b", t => t.Action("std.fail").OnError("c", "d"))
            .Task("c", t => t.JoinAll().OnComplete("d"))
            .Task("d", t => t.Join(2))
            .Build());

        shell.Run("wf");

        shell.Task("c").State.Should().Be(Error);
        shell.Task("d").TriggeredBy.Select(t => t.TaskExecutionId).Should().Equal(shell.Task("a").Id, shell.Task("b").Id);
    }

    [Test]
    public void Joins_that_wait_for_each_other_are_resolved_when_nothing_else_is_left()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("j1", "j2"))
            .Task("b", t => t.Action("std.noop").OnError("j1", "j2"))
            .Task("j1", t => t.Join(2).OnSuccess("j2"))
            .Task("j2", t => t.Join(2).OnSuccess("j1"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Tasks.Should().NotContain(t => t.State == Waiting);
    }

    [Test]
    public void Branches_merge_by_how_often_a_value_was_published_whatever_comes_last()
    {
        foreach (var first in new[] { "a", "b" })
        {
            var shell = Shell(new WorkflowBuilder("wf")
                .Task("a", t => t.Action("std.async_noop").Publish("x", "a").Publish("o", c => JsonMap.Create(("a", 1))).OnSuccess("join"))
                .Task("b", t => t.Action("std.async_noop").Publish("x", "b").Publish("o", c => JsonMap.Create(("b", 2))).OnSuccess("b2"))
                .Task("b2", t => t.Action("std.noop").Publish("x", "b2").OnSuccess("join"))
                .Task("join", t => t.JoinAll())
                .Build());

            shell.Run("wf");
            shell.Complete(first, ActionResult.Success(default));
            shell.Complete(first == "a" ? "b" : "a", ActionResult.Success(default));

            shell.Root.Output.Should().BeEquivalentTo(JsonMap.Create(("x", "b2"), ("o", JsonMap.Create(("a", 1), ("b", 2)))));
        }
    }

    [Test]
    public void On_a_tie_the_branch_whose_task_was_created_last_wins_whatever_comes_last()
    {
        foreach (var first in new[] { "a", "b" })
        {
            var shell = Shell(new WorkflowBuilder("wf")
                .Task("a", t => t.Action("std.async_noop").Publish("x", "a").OnSuccess("join"))
                .Task("b", t => t.Action("std.async_noop").Publish("x", "b").OnSuccess("join"))
                .Task("join", t => t.JoinAll())
                .Build());

            shell.Run("wf");
            shell.Complete(first, ActionResult.Success(default));
            shell.Complete(first == "a" ? "b" : "a", ActionResult.Success(default));

            shell.Root.Output["x"].AsString().Should().Be("b");
        }
    }

    [Test]
    public void A_task_that_leads_to_a_join_again_opens_a_new_activation()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Variable("n", 0)
            .Task("start", t => t.Action("std.noop").OnSuccess("work"))
            .Task("other", t => t.Action("std.noop").OnSuccess("join"))
            .Task("work", t => t.Action("std.noop").Publish("n", c => c.Get<int>("n") + 1).OnSuccess("join"))
            .Task("join", t => t.JoinAll().OnSuccess("work", when: c => c.Get<int>("n") < 3))
            .Output("n", c => c.Get<int>("n"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.AllOf("join").Should().HaveCount(3);
        shell.Root.Output["n"].Should().Be((JsonData)3);
    }

    [Test]
    public void Ten_thousand_tasks_come_together_in_one_join()
    {
        if (reloads)
        {
            return;
        }

        var builder = new WorkflowBuilder("wf").Task("join", t => t.JoinAll());
        for (var i = 0; i < 10_000; i++)
        {
            builder.Task($"t{i}", t => t.Action("std.noop").OnSuccess("join"));
        }

        var shell = Shell(builder.Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Task("join").TriggeredBy.Should().HaveCount(10_000);
    }

    private static WorkflowDefinition Fork(string a, string b, Action<TaskBuilder> join) => new WorkflowBuilder("wf")
        .Task("a", t => t.Action(a).OnSuccess("join"))
        .Task("b", t => t.Action(b).OnSuccess("join"))
        .Task("join", join)
        .Build();

    private DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = reloads };
}
