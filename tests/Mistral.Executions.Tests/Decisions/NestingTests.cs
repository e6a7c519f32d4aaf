using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

[TestFixture(false)]
[TestFixture(true)]
public sealed class NestingTests(bool reloads)
{
    private static WorkflowDefinition Parent(Action<TaskBuilder>? more = null) => new WorkflowBuilder("parent")
        .Task("call", t =>
        {
            t.Workflow("child").Input(JsonMap.Create(("n", 4))).Publish("got", c => c.Result());
            more?.Invoke(t);
        })
        .Output("got", c => c.Get<JsonData>("got"))
        .Build();

    private static WorkflowDefinition Child(string action) => new WorkflowBuilder("child")
        .Input("n")
        .Task("work", t => t.Action(action).Publish("m", c => c.Get<int>("n") + 1))
        .Output("m", c => c.Get<int>("m"))
        .Build();

    [Test]
    public void The_output_of_a_nested_workflow_is_the_result_of_its_task()
    {
        var shell = Shell(Parent(), Child("std.noop"));

        shell.Run("parent");

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"got":{"m":5}}""");
        shell.Workflows.Should().HaveCount(2);
        shell.Workflows.Should().OnlyContain(w => w.RootExecutionId == "root");
        shell.Tree.IsEnded.Should().BeTrue();
    }

    [Test]
    public void A_task_that_runs_workflows_for_its_items_leads_on_when_the_last_one_ends()
    {
        var parent = new WorkflowBuilder("parent")
            .Task("call", t => t.WithItems("n", _ => JsonList.Create([1, 2])).Workflow("child").Input(c => new { n = c["n"] }).OnSuccess("after"))
            .Task("after", t => t.Publish("got", c => c.Result("call")))
            .Output("got", c => c["got"])
            .Build();
        var shell = Shell(parent, Child("std.noop"));

        shell.Run("parent");

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"got":[{"m":2},{"m":3}]}""");
    }

    [Test]
    public void A_nested_workflow_that_ends_amid_its_routes_starts_no_more_of_them()
    {
        var child = new WorkflowBuilder("child").Input("n")
            .Task("a", t => t.Action("std.noop").OnSuccess("b", "c"))
            .Task("b", t => t.Action("std.noop"))
            .Task("c", t => t.Action("nobody.knows"))
            .Build();
        var shell = Shell(Parent(t => t.OnError("noop")), child);

        shell.Run("parent");

        shell.Task("call").State.Should().Be(Error);
        shell.AllOf("b").Should().BeEmpty();
        shell.Root.State.IsCompleted().Should().BeTrue();
    }

    [Test]
    public void A_nested_workflow_that_ends_amid_its_resume_goes_no_further()
    {
        var child = new WorkflowBuilder("child").Input("n")
            .Task("a", t => t.Action("std.async_noop").OnSuccess("fail"))
            .Task("b", t => t.Action("std.async_noop").OnSuccess("c"))
            .Task("c", t => t.Action("std.noop"))
            .Build();
        var shell = Shell(Parent(t => t.OnError("noop")), child).Run("parent");
        shell.Send(new Message.Pause("root", null));
        shell.Complete("a", ActionResult.Success(1));
        shell.Complete("b", ActionResult.Success(1));

        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();

        shell.AllOf("c").Should().BeEmpty();
        shell.Root.State.IsCompleted().Should().BeTrue();
    }

    [Test]
    public void A_nested_workflow_that_ends_with_the_resume_of_the_one_below_it_is_not_resumed_again()
    {
        var shell = Shell(
            new WorkflowBuilder("top").Task("call", t => t.Workflow("middle")).Task("other", t => t.Action("std.async_noop")).Build(),
            new WorkflowBuilder("middle").Task("sub", t => t.Workflow("low").OnError("fail")).Build(),
            new WorkflowBuilder("low").Task("a", t => t.Action("std.async_noop").OnSuccess("fail")).Build()).Run("top");
        shell.Send(new Message.Pause("root", null));
        shell.Complete("a", ActionResult.Success(1));

        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();

        shell.Task("call").State.Should().Be(Error);
        shell.Root.State.Should().Be(Running);
        shell.Complete("other", ActionResult.Success(1));
        shell.Root.State.Should().Be(Error);
    }

    [Test]
    public void The_error_of_a_nested_workflow_is_the_error_of_its_task()
    {
        var shell = Shell(Parent(), Child("std.fail"));

        shell.Run("parent");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("call").And.Contain("failed");
    }

    [Test]
    public void A_nested_workflow_that_does_not_exist_is_an_error_of_its_task()
    {
        var shell = Shell(new WorkflowBuilder("parent").Task("call", t => t.Workflow("nowhere").OnError("cure")).Task("cure").Build());

        shell.Run("parent");

        shell.Root.State.Should().Be(Success);
        shell.Task("call").StateInfo.Should().Contain("nowhere");
    }

    [Test]
    public void Pause_and_resume_go_down_and_up()
    {
        var shell = Shell(Parent(), Child("std.async_noop"));
        shell.Run("parent");
        var child = shell.Workflows.Single(w => w.Id != "root").Id;

        shell.Send(new Message.Pause(child, null)).Refusal.Should().BeNull();
        shell.Workflows.Should().OnlyContain(w => w.State == Paused);
        shell.Task("call").State.Should().Be(Paused);

        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();
        shell.Workflows.Should().OnlyContain(w => w.State == Running);
        shell.Task("call").State.Should().Be(Running);

        shell.Complete("work", ActionResult.Success(1));
        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void Cancel_goes_down()
    {
        var shell = Shell(Parent(), Child("std.async_noop"));
        shell.Run("parent");

        shell.Send(new Message.Stop("root", Cancelled, "no more")).Refusal.Should().BeNull();

        shell.Workflows.Should().OnlyContain(w => w.State == Cancelled);
    }

    [Test]
    public void A_rerun_of_a_nested_task_makes_its_parents_run_again()
    {
        var fails = true;
        var shell = Shell(Parent(), Child("flaky"));
        shell.Answer("flaky", _ => fails ? ActionResult.Error("no") : ActionResult.Success(1));
        shell.Run("parent");
        shell.Root.State.Should().Be(Error);

        fails = false;
        shell.Send(new Message.Rerun(shell.Task("work").Id, Reset: true, null)).Refusal.Should().BeNull();
        shell.Root.State.Should().Be(Running);
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"got":{"m":5}}""");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_rerun_or_a_skip_of_a_nested_task_makes_its_paused_parents_go_on_with_what_they_held(bool skips)
    {
        var fails = true;
        var parent = new WorkflowBuilder("parent")
            .Task("held", t => t.Action("std.noop").PauseBefore(true))
            .Task("call", t => t.Workflow("child").Input(JsonMap.Create(("n", 4))))
            .Build();
        var shell = Shell(parent, Child("flaky"));
        shell.Answer("flaky", _ => fails ? ActionResult.Error("no") : ActionResult.Success(1));
        shell.Run("parent");
        (shell.Root.State, shell.Task("held").State).Should().Be((Paused, Idle));

        fails = false;
        var work = shell.Task("work").Id;
        shell.Send(skips ? new Message.Skip(work, null) : new Message.Rerun(work, Reset: true, null)).Refusal.Should().BeNull();
        shell.Settle();

        shell.Task("held").State.Should().Be(Success);
        shell.Root.State.IsCompleted().Should().BeTrue();
    }

    [Test]
    public void What_was_kept_of_the_former_end_of_a_task_is_not_carried_out_when_what_it_calls_runs_again()
    {
        var fails = true;
        var parent = new WorkflowBuilder("parent")
            .Task("call", t => t.Workflow("child").Input(JsonMap.Create(("n", 4))).OnError("pause").OnError("cure").OnSuccess("after"))
            .Task("cure")
            .Task("after")
            .Build();
        var shell = Shell(parent, Child("flaky"));
        shell.Answer("flaky", _ => fails ? ActionResult.Error("no") : ActionResult.Success(1));
        shell.Run("parent");
        (shell.Root.State, shell.Root.Backlog.Count).Should().Be((Paused, 1));

        fails = false;
        shell.Send(new Message.Rerun(shell.Task("work").Id, Reset: true, null)).Refusal.Should().BeNull();
        shell.Settle();

        shell.AllOf("cure").Should().BeEmpty();
        shell.Task("after").State.Should().Be(Success);
        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void A_skipped_task_takes_its_on_skip_routes()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.fail").OnSuccess("b").OnSkip("c"))
            .Task("b")
            .Task("c")
            .Build());
        shell.Run("wf");

        shell.Send(new Message.Skip(shell.Task("a").Id, null)).Refusal.Should().BeNull();
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Task("a").State.Should().Be(Skipped);
        shell.AllOf("b").Should().BeEmpty();
        shell.Task("c").State.Should().Be(Success);
    }

    [Test]
    public void After_a_crash_a_safe_action_runs_again_with_the_same_id_and_an_unsafe_one_fails()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("safe"))
            .Task("b", t => t.Action("unsafe"))
            .Build());
        shell.Hang("safe");
        shell.Hang("unsafe", safe: false);
        shell.Run("wf");
        var id = shell.ActionOf("a").Id;

        shell.Crash().Settle();

        shell.Bodies.Should().BeEquivalentTo([("safe", id), ("unsafe", shell.ActionOf("b").Id), ("safe", id)]);
        shell.Task("b").State.Should().Be(Error);
        shell.Task("b").StateInfo.Should().Contain("not safe");
    }

    [Test]
    public void A_second_result_is_refused()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop")).Build());
        shell.Run("wf");
        shell.Complete("a", ActionResult.Success(1));

        shell.Send(new Message.CompleteAction(shell.ActionOf("a").Id, ActionResult.Success(2)))
            .Refusal.Should().BeOfType<InvalidStateTransitionException>();

        shell.ActionOf("a").Output.ToString().Should().Be("""{"result":1}""");
    }

    [Test]
    public void A_reverse_workflow_runs_what_its_target_requires()
    {
        var shell = Shell(new WorkflowBuilder("wf").Reverse()
            .Task("a", t => t.Action("std.noop").Publish("x", 1))
            .Task("b", t => t.Action("std.noop").Requires("a").Publish("y", c => c.Get<int>("x") + 1))
            .Task("c", t => t.Action("std.noop").Requires("b"))
            .Task("d", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf", parameters: JsonMap.Create(("task_name", "c")));

        shell.Root.State.Should().Be(Success);
        shell.Tasks.Select(t => t.Name).Should().Equal("a", "b", "c");
        shell.Root.Output.Should().BeEquivalentTo(JsonMap.Create(("x", 1), ("y", 2)));
    }

    private DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = reloads };
}
