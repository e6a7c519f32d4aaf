using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

[TestFixture(false)]
[TestFixture(true)]
public sealed class RouteTests(bool reloads)
{
    [Test]
    public void A_chain_runs_one_task_after_the_other_and_hands_its_data_on()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Input("who")
            .Task("greet", t => t.Action("std.echo").Input(c => JsonMap.Create(("output", "Hello " + c.Get<string>("who")))).Publish("text", c => c.Result()).OnSuccess("repeat"))
            .Task("repeat", t => t.Action("std.echo").Input(c => JsonMap.Create(("output", c.Get<string>("text") + "!"))).Publish("text", c => c.Result()))
            .Output("text", c => c.Get<string>("text"))
            .Build());

        shell.Run("wf", JsonMap.Create(("who", "Ada")));

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"text":"Hello Ada!"}""");
        shell.Tasks.Select(t => t.Name).Should().Equal("greet", "repeat");
        shell.Task("repeat").TriggeredBy.Should().Equal(new TaskTrigger(shell.Task("greet").Id, RouteKind.OnSuccess));
        shell.Task("greet").NextTasks.Should().Equal(new NextTask("repeat", RouteKind.OnSuccess, shell.Task("repeat").Id));
    }

    [Test]
    public void The_end_of_a_task_and_the_start_of_its_successor_are_one_decision()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").Input(JsonMap.Create(("output", 1))).OnSuccess("b"))
            .Task("b", t => t.Action("std.echo").Input(JsonMap.Create(("output", 2))))
            .Build());

        shell.Run("wf");

        shell.Decisions.Should().Be(3, "the start, the end of a, and the end of b");
    }

    [Test]
    public void An_error_without_a_route_fails_the_workflow_and_names_task_and_cause()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.fail")).Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("a [").And.Contain("failed");
        shell.Root.Output["result"].AsString().Should().Be(shell.Root.StateInfo);
    }

    [Test]
    public void An_error_with_an_on_error_route_is_handled()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.fail").OnError("cure").OnComplete("always"))
            .Task("cure", t => t.Action("std.noop"))
            .Task("always", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Task("a").ErrorHandled.Should().BeTrue();
        shell.Tasks.Select(t => t.Name).Should().BeEquivalentTo("a", "cure", "always");
    }

    [Test]
    public void An_error_with_only_an_on_complete_route_goes_on_but_is_not_handled()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.fail").OnComplete("always"))
            .Task("always", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.Task("always").State.Should().Be(Success);
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void A_guard_that_throws_fails_the_task_and_the_workflow()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess("b", when: c => c.Get<int>("nowhere") > 1))
            .Task("b", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.Task("a").State.Should().Be(Error);
        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("'a'").And.Contain("nowhere");
    }

    [Test]
    public void A_cycle_runs_its_tasks_again_and_again()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Variable("n", 0)
            .Task("start", t => t.Action("std.noop").OnSuccess("step"))
            .Task("step", t => t.Action("std.noop").Publish("n", c => c.Get<int>("n") + 1).OnSuccess("step", when: c => c.Get<int>("n") < 100))
            .Output("n", c => c.Get<int>("n"))
            .Build());

        shell.Run("wf");

        shell.Root.Output.ToString().Should().Be("""{"n":100}""");
        shell.AllOf("step").Should().HaveCount(100);
    }

    [Test]
    public void Nothing_after_fail_is_started_and_what_stands_before_it_runs_to_its_end()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess(Routes.To("b"), Routes.Fail("enough"), Routes.To("c")))
            .Task("b", t => t.Action("std.noop"))
            .Task("c", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Be("enough");
        shell.Task("b").State.Should().Be(Success);
        shell.AllOf("c").Should().BeEmpty();
    }

    [Test]
    public void Succeed_ends_the_workflow_with_its_output_while_other_tasks_run_on()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").Publish("x", 5).OnSuccess(Routes.Succeed()))
            .Task("b", t => t.Action("std.async_noop").OnSuccess("c"))
            .Task("c", t => t.Action("std.noop"))
            .Output("x", c => c.Get<int>("x"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"x":5}""");

        shell.Complete("b", ActionResult.Success(1));

        shell.Task("b").State.Should().Be(Success, "what was running ends and keeps its result");
        shell.AllOf("c").Should().BeEmpty("in a workflow that has ended nothing starts");
    }

    [Test]
    public void An_output_that_cannot_be_evaluated_fails_the_task_whose_command_asked_for_it()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").OnSuccess(Routes.Succeed(), Routes.To("b")))
            .Task("b", t => t.Action("std.noop"))
            .Output("x", c => c.Get<int>("nowhere"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Task("a").State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("nowhere");
    }

    [Test]
    public void Pause_keeps_what_follows_until_the_resume()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.noop").Publish("x", 1).OnSuccess(Routes.Pause("look first"), Routes.To("b")))
            .Task("b", t => t.Action("std.echo").Input(c => JsonMap.Create(("output", c.Get<int>("x")))).Publish("y", c => c.Result()))
            .Output("y", c => c.Get<int>("y"))
            .Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Paused);
        shell.Root.StateInfo.Should().Be("look first");
        shell.AllOf("b").Should().BeEmpty();

        shell.Send(new Executions.Decisions.Message.Resume("root", null));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"y":1}""");
    }

    [Test]
    public void The_data_of_a_long_chain_are_found_again_after_a_restart()
    {
        var builder = new WorkflowBuilder("wf");
        for (var i = 0; i < 100; i++)
        {
            var n = i;
            builder.Task($"t{n}", t =>
            {
                t.Action("std.noop").Publish($"v{n}", n);
                if (n < 99)
                {
                    t.OnSuccess($"t{n + 1}");
                }
            });
        }

        var shell = Shell(builder.Build());

        shell.Run("wf");

        shell.Root.Output.Should().HaveCount(100);
        shell.Tasks.Max(t => t.InboundContext.Depth).Should().BeLessThan(40);
        shell.Tasks.Count(t => t.InboundContext.Snapshot is not null).Should().BeLessThan(5);
    }

    private DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = reloads };
}
