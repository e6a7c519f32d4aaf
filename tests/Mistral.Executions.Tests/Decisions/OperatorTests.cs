using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

public sealed class OperatorTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly WorkflowDefinition Waits = new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").OnSuccess("b")).Task("b").Build();

    [Test]
    public void What_does_not_exist_is_said_with_its_kind()
    {
        var shell = Shell(Waits).Run("wf");

        shell.Send(new Message.Pause("nobody", null)).Refusal.Should().BeOfType<ExecutionNotFoundException>().Which.Message.Should().Contain("'nobody'");
        shell.Send(new Message.Rerun("nobody", true, null)).Refusal.Should().BeOfType<ExecutionNotFoundException>();
        shell.Send(new Message.CompleteAction("nobody", ActionResult.Success(1))).Refusal.Should().BeOfType<ExecutionNotFoundException>();
        shell.Send(new Message.Pause("nobody", null)).Changes.Should().BeNull();
    }

    [Test]
    public void What_is_deleted_between_two_look_ups_does_not_exist()
    {
        var shell = Shell(
            new WorkflowBuilder("outer").Task("call", t => t.Workflow("inner")).Build(),
            new WorkflowBuilder("inner").Task("a", t => t.Action("std.fail")).Build()).Run("outer");
        var task = shell.Task("a");
        var deleted = new DecisionInput
        {
            Now = shell.Now,
            Ids = shell,
            Catalog = shell,
            Limits = shell.Limits,
            Answers = new Dictionary<Lookup, object?>
            {
                [new Lookup.TaskById(task.Id)] = task,
                [new Lookup.EndedWorkflow(task.WorkflowExecutionId)] = null,
            },
        };

        Decider.Decide(shell.Tree, new Message.Skip(task.Id, null), deleted).Refusal.Should().BeOfType<ExecutionNotFoundException>()
            .Which.Message.Should().Contain(task.Id);
    }

    [Test]
    public void A_paused_action_in_a_nested_workflow_that_has_ended_takes_its_result_in()
    {
        var shell = Shell(
            new WorkflowBuilder("outer").Task("call", t => t.Workflow("inner")).Task("other", t => t.Action("std.async_noop")).Build(),
            new WorkflowBuilder("inner")
                .Task("a", t => t.OnSuccess("succeed"))
                .Task("b", t => t.Action("std.async_noop").Timeout(Minute).PublishGlobal("g", 1))
                .Build()).Run("outer");
        var action = shell.ActionOf("b").Id;
        shell.Send(new Message.UpdateAction(action, Paused));

        shell.Send(new Message.CompleteAction(action, ActionResult.Success(1))).Refusal.Should().BeNull();

        shell.Task("b").State.Should().Be(Success);
    }

    [Test]
    public void A_resume_whose_kept_command_cannot_be_carried_out_fails_the_workflow()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.OnSuccess("pause").OnSuccess("succeed"))
            .Output("x", _ => throw new InvalidOperationException("no x"))
            .Build()).Run("wf");
        shell.Root.State.Should().Be(Paused);

        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeNull();

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("no x");
    }

    [Test]
    public void What_followed_a_task_whose_end_went_wrong_keeps_its_data()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Publish("p", 1).OnSuccess("b").OnSuccess("succeed"))
            .Task("b", t => t.Action("std.async_noop"))
            .Output("x", _ => throw new InvalidOperationException("no x"))
            .Build()).Run("wf");

        (shell.Root.State, shell.Task("a").State).Should().Be((Error, Error));
        shell.Load().TaskNode(shell.Task("b").Id).Inbound!.ToMap().ToString().Should().Be("""{"p":1}""");
    }

    [Test]
    public void An_item_is_not_run_again_while_as_many_as_may_are_paused()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("items", t => t.Workflow("sub").WithItems("i", _ => JsonList.Create([1, 2])).Concurrency(1)).Build(),
            new WorkflowBuilder("sub").Task("a", t => t.Action("std.async_noop")).Build()).Run("wf");
        var first = shell.Task("a").Id;
        shell.Complete("a", ActionResult.Error("no"));
        shell.Send(new Message.UpdateAction(shell.ActionOf("a").Id, Paused));
        shell.Task("items").State.Should().Be(Paused);

        shell.Send(new Message.Rerun(first, true, null)).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("'items' runs 1 items");
    }

    [Test]
    public void Pausing_twice_is_pausing_once_and_what_has_ended_cannot_be_paused()
    {
        var shell = Shell(Waits).Run("wf");

        shell.Send(new Message.Pause("root", "lunch"));
        shell.Send(new Message.Pause("root", "lunch")).Changes.Should().BeNull();
        shell.Send(new Message.Stop("root", Error, null));

        shell.Root.StateInfo.Should().BeNull();
        shell.Send(new Message.Pause("root", null)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
        shell.History.Select(h => (h.Event, h.Reason)).Should().Equal(("paused", "lunch"), ("stopped", null));
    }

    [Test]
    public void A_resume_changes_the_environment_and_one_of_what_runs_or_has_ended_does_nothing()
    {
        var shell = Shell(Waits).Run("wf", parameters: JsonMap.Create(("env", JsonMap.Create(("x", 1), ("o", JsonMap.Create(("p", 1)))))));

        shell.Send(new Message.Resume("root", null)).Changes.Should().BeNull();
        shell.Send(new Message.Pause("root", null));
        shell.Send(new Message.Resume("root", JsonMap.Create(("y", 2), ("o", JsonMap.Create(("q", 2))))));
        shell.Root.State.Should().Be(Running);
        shell.Root.Environment.ToString().Should().Be("""{"x":1,"o":{"p":1,"q":2},"y":2}""");
        shell.Complete("a", ActionResult.Success(1));

        shell.Send(new Message.Resume("root", null)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
    }

    [TestCase(Success, "stopped")]
    [TestCase(Error, "stopped")]
    [TestCase(Cancelled, "cancelled")]
    public void A_stop_ends_the_workflow_and_what_runs_may_still_end(ExecutionState state, string what)
    {
        var shell = Shell(Waits).Run("wf");

        shell.Send(new Message.Stop("root", state, "enough"));
        shell.Send(new Message.Stop("root", state, "enough")).Changes.Should().BeNull("it is in that state");
        shell.Tree.IsEnded.Should().BeFalse("a task is open");
        shell.Complete("a", ActionResult.Success(1));

        (shell.Root.State, shell.Root.StateInfo).Should().Be((state, "enough"));
        shell.History.Single().Event.Should().Be(what);
        shell.Task("a").State.Should().Be(Success);
        shell.AllOf("b").Should().BeEmpty("no task starts in a workflow execution that has ended");
        shell.Tree.IsEnded.Should().BeTrue();
    }

    [Test]
    public void A_stop_leads_to_an_end_and_not_from_one_to_another()
    {
        var shell = Shell(Waits).Run("wf");

        shell.Send(new Message.Stop("root", Paused, null)).Refusal.Should().BeOfType<InvalidStateTransitionException>("that is no end");
        shell.Send(new Message.Stop("root", Success, null));
        shell.Send(new Message.Stop("root", Error, null)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
    }

    [Test]
    public void A_stop_in_success_whose_output_cannot_be_evaluated_is_refused()
    {
        var throws = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop")).Output("x", _ => throw new InvalidOperationException("no x")).Build()).Run("wf");
        var text = Shell(With(Waits, c => c with { Output = new Computed(_ => "text") })).Run("wf");

        throws.Send(new Message.Stop("root", Success, null)).Refusal.Should().BeOfType<ExpressionException>();
        text.Send(new Message.Stop("root", Success, null)).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("the output must be an object, but is String");
        text.Root.State.Should().Be(Running);
    }

    [Test]
    public void An_output_that_is_nothing_or_empty_is_the_whole_context()
    {
        foreach (var output in new JsonData[] { default, JsonMap.Empty })
        {
            var definition = new WorkflowBuilder("wf").Task("a", t => t.Publish("x", 1)).Build();
            var shell = Shell(With(definition, c => c with { Output = new Computed(_ => output) }));

            shell.Run("wf").Root.Output.ToString().Should().Be("""{"x":1}""");
        }
    }

    [Test]
    public void Output_on_error_is_the_output_of_a_failed_workflow_and_its_own_error_is_said()
    {
        WorkflowDefinition Fails(Func<IExpressionContext, JsonData> output) =>
            new WorkflowBuilder("wf").Task("a", t => t.Action("std.fail").Publish("x", 1, RouteKind.OnError)).OutputOnError("got", output).Build();

        var good = Shell(Fails(c => c["x"])).Run("wf");
        var bad = Shell(Fails(_ => throw new InvalidOperationException("no x"))).Run("wf");
        var stopped = Shell(With(Waits, c => c with { OutputOnError = Computed.Failing("no y") })).Run("wf");
        stopped.Send(new Message.Stop("root", Error, null));
        var wrong = Shell(With(Waits, c => c with { OutputOnError = new Computed(_ => 7) })).Run("wf");
        wrong.Send(new Message.Stop("root", Error, "halt"));

        good.Root.Output["got"].Should().Be((JsonData)1);
        good.Root.Output["result"].AsString().Should().Contain("a [task_ex_id=");
        bad.Root.StateInfo.Should().Contain("Failure caused by error in tasks: a").And.Contain("no x");
        bad.Root.Output.Keys.Should().Equal("result");
        stopped.Root.StateInfo.Should().StartWith("The output-on-error of the workflow 'wf' cannot be evaluated").And.Contain("no y");
        wrong.Root.StateInfo.Should().StartWith("halt The output-on-error").And.Contain("but is Integer");
    }

    [Test]
    public void An_output_that_cannot_be_evaluated_at_the_end_fails_the_workflow()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a").Output("x", _ => throw new InvalidOperationException("no x")).Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().StartWith("Failed to complete the workflow 'wf'").And.Contain("no x");
    }

    [Test]
    public void A_failure_names_a_hundred_tasks_and_counts_the_rest()
    {
        var builder = new WorkflowBuilder("wf");
        for (var i = 0; i < 103; i++)
        {
            builder.Task($"t{i:D3}", t => t.Action("std.fail"));
        }

        var info = new DecisionShell(builder.Build()).Run("wf").Root.StateInfo!;

        info.Should().Contain("t099 [task_ex_id=").And.NotContain("t100 [task_ex_id=").And.Contain("and 3 more");
    }

    [Test]
    public void Tasks_that_were_cancelled_cancel_the_workflow_and_are_named()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("b", t => t.Action("std.async_noop")).Task("a", t => t.Action("std.async_noop")).Build()).Run("wf");

        shell.Complete("b", ActionResult.Cancel());
        shell.Complete("a", ActionResult.Cancel("no more"));

        (shell.Root.State, shell.Root.StateInfo).Should().Be((Cancelled, "Cancelled tasks: a, b"));
        shell.Task("a").StateInfo.Should().Be("no more");
    }

    [Test]
    public void An_update_changes_the_description_at_any_time_and_the_environment_while_nothing_runs()
    {
        var shell = Shell(Waits).Run("wf");

        shell.Send(new Message.Update("root", "mine", null));
        shell.Send(new Message.Update("root", null, JsonMap.Create(("x", 1)))).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("it is RUNNING");
        shell.Send(new Message.Update("root", null, JsonMap.Empty)).Refusal.Should().BeNull();
        shell.Send(new Message.Pause("root", null));
        shell.Send(new Message.Update("root", "ours", JsonMap.Create(("x", 1))));

        shell.Root.Description.Should().Be("ours");
        shell.Root.Environment.ToString().Should().Be("""{"x":1}""");
    }

    [Test]
    public void Only_what_has_failed_runs_again_and_not_while_the_workflow_is_paused()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop")).Task("b", t => t.Action("std.async_noop")).Build()).Run("wf");
        var (a, b) = (shell.Task("a").Id, shell.Task("b").Id);

        shell.Send(new Message.Rerun(a, true, null)).Refusal.Should().BeOfType<InvalidStateTransitionException>("it runs");
        shell.Complete("a", ActionResult.Error("no"));
        shell.Send(new Message.Pause("root", null));
        shell.Send(new Message.Rerun(a, true, null)).Refusal.Should().BeOfType<InvalidStateTransitionException>().Which.ExecutionKind.Should().Be(ExecutionKind.Workflow);
        shell.Send(new Message.Skip(b, null)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
        shell.Send(new Message.Resume("root", null));
        shell.Send(new Message.Rerun(a, true, null)).Refusal.Should().BeNull("the others need not have ended");

        shell.Task("a").State.Should().Be(Running);
        shell.History.Single(h => h.Event == "rerun").Reason.Should().Be("with reset");
    }

    [Test]
    public void A_rerun_can_change_the_environment_of_a_failed_workflow()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("flaky").Publish("x", c => c.Environment["x"])).Build());
        var isGood = false;
        shell.Answer("flaky", _ => isGood ? ActionResult.Success(1) : ActionResult.Error("no"));
        shell.Run("wf");
        isGood = true;

        shell.Send(new Message.Rerun(shell.Task("a").Id, false, JsonMap.Create(("x", 5))));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Root.Output.ToString().Should().Be("""{"x":5}""");
        shell.History.Single().Reason.Should().BeNull();
    }

    [Test]
    public void A_skip_without_an_on_skip_route_takes_those_of_success_and_can_change_the_environment()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.fail").OnSuccess("b")).Task("b", t => t.Publish("x", c => c.Environment["x"])).Build()).Run("wf");

        shell.Send(new Message.Skip(shell.Task("a").Id, JsonMap.Create(("x", 5))));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Task("a").State.Should().Be(Skipped);
        shell.Root.Output.ToString().Should().Be("""{"x":5}""");
    }

    [Test]
    public void What_a_task_handed_on_stays_when_it_runs_again()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.async_noop").Publish("x", "good").Publish("x", "bad", RouteKind.OnError).OnError("cure"))
            .Task("cure", t => t.Action("std.async_noop").Publish("seen", c => c["x"]))
            .Build()).Run("wf");
        shell.Complete("a", ActionResult.Error("no"));

        shell.Send(new Message.Rerun(shell.Task("a").Id, true, null));
        shell.Complete("a", ActionResult.Success(1));
        shell.Complete("cure", ActionResult.Success(1));

        shell.Root.Output["seen"].Should().Be((JsonData)"bad");
    }

    [Test]
    public void After_a_rerun_a_task_that_was_delayed_goes_on_and_one_held_after_its_end_ends_as_it_was_about_to()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("before", t => t.Action("std.noop").WaitBefore(Minute))
            .Task("good", t => t.Action("std.noop").WaitAfter(Minute))
            .Task("bad", t => t.Action("std.fail").WaitAfter(Minute).OnError("noop"))
            .Task("items", t => t.Action("std.fail").WithItems("i", _ => JsonList.Create([1])).WaitAfter(Minute).OnError("noop"))
            .Task("late", t => t.Action("std.async_noop").Timeout(Minute / 2).WaitAfter(Minute).OnError("noop"))
            .Task("fails", t => t.Action("flaky"))
            .Build());
        var isGood = false;
        shell.Answer("flaky", _ => isGood ? ActionResult.Success(1) : ActionResult.Error("no"));
        shell.Run("wf");
        shell.Advance(Minute / 2);
        shell.Send(new Message.Stop("root", Error, null));
        shell.PendingTimers.Should().BeEmpty();
        var bodies = shell.Bodies.Count;
        isGood = true;

        shell.Send(new Message.Rerun(shell.Task("fails").Id, true, null));
        shell.Settle().Advance(TimeSpan.Zero);

        shell.Root.State.Should().Be(Success);
        shell.Bodies.Count.Should().Be(bodies + 2, "only the failed task and the one that had not started run");
        shell.Task("good").State.Should().Be(Success);
        shell.Task("bad").State.Should().Be(Error);
        shell.Task("items").State.Should().Be(Error);
        (shell.Task("late").State, shell.Task("late").StateInfo).Should().Be((Error, "Ended without a result before the policy 'wait-after' held it."));
    }

    [Test]
    public void An_item_that_is_run_again_makes_its_parents_run_again()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("call", t => t.Workflow("sub").WithItems("i", _ => JsonList.Create([1, 2]))).Build(),
            new WorkflowBuilder("sub").Task("work", t => t.Action("std.async_noop")).Build()).Run("wf");
        var (one, other) = (shell.Actions.First(), shell.Actions.Last());
        shell.Send(new Message.CompleteAction(one.Id, ActionResult.Error("no")));
        shell.Send(new Message.CompleteAction(other.Id, ActionResult.Cancel()));
        shell.Root.State.Should().Be(Cancelled);

        shell.Send(new Message.Rerun(one.TaskExecutionId!, true, null)).Refusal.Should().BeNull();
        shell.Send(new Message.Rerun(other.TaskExecutionId!, true, null)).Refusal.Should().BeNull();
        foreach (var action in shell.Actions.Where(a => a.State == Running).ToList())
        {
            shell.Send(new Message.CompleteAction(action.Id, ActionResult.Success(1)));
        }

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void A_timer_of_what_is_not_there_any_more_is_passed_over()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").Timeout(Minute)).Build()).Run("wf");
        var timer = shell.PendingTimers.Single();
        shell.Complete("a", ActionResult.Success(1));

        shell.Send(new Message.TimerDue(timer)).Changes.Should().BeNull();
    }

    [Test]
    public void Input_that_does_not_fit_is_refused_with_all_that_is_missing_and_unknown()
    {
        var shell = Shell(new WorkflowBuilder("wf").Input("a").Input("b", 5).Task("t", t => t.Publish("got", c => c["b"])).Build());

        shell.Start("wf", JsonMap.Create(("c", 1))).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("Missing: 'a'.").And.Contain("Unknown: 'c'.");
        shell.Start("wf").Refusal!.Message.Should().Contain("Missing").And.NotContain("Unknown");
        shell.Start("wf", JsonMap.Create(("a", 1), ("c", 1))).Refusal!.Message.Should().Contain("Unknown").And.NotContain("Missing");
        shell.Run("wf", JsonMap.Create(("a", 1))).Root.Output.ToString().Should().Be("""{"got":5}""");
    }

    [Test]
    public void The_environment_must_be_an_object_and_is_evaluated_unless_the_start_says_no()
    {
        Decision Start(params (string, JsonData)[] parameters) => Shell(Waits).Start("wf", parameters: JsonMap.Create(parameters));

        Start(("env", "named")).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Be("There is no environment 'named'.");
        Start(("env", 7)).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("but is Integer");
        Start(("env", JsonMap.Empty)).Refusal.Should().BeNull();
        Start(("env", JsonMap.Create(("x", 1))), ("evaluate_env", true)).Tree.Root!.Environment.Count.Should().Be(1);
        Start(("env", JsonMap.Create(("x", 1))), ("evaluate_env", false)).Tree.Root!.Environment.Count.Should().Be(1);
    }

    [Test]
    public void Variables_must_be_an_object_and_their_error_refuses_the_start()
    {
        var text = Shell(With(Waits, c => c with { Variables = new Computed(_ => "text") }));
        var throws = Shell(With(Waits, c => c with { Variables = Computed.Failing("no x") }));

        text.Start("wf").Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("must be an object, but are String");
        throws.Start("wf").Refusal.Should().BeOfType<ExpressionException>();
    }

    [Test]
    public void A_reverse_workflow_needs_a_target_that_it_has_and_publishes_what_that_one_leads_to()
    {
        var definition = new WorkflowBuilder("wf").Reverse()
            .Task("z", t => t.Action("std.async_noop").Publish("z", 1))
            .Task("a", t => t.Requires("z", "y").Publish("a", c => c.Get<int>("z") + c.Get<int>("y")))
            .Task("y", t => t.Requires("z").Publish("y", 2))
            .Task("not", t => t.Requires("a"))
            .Build();
        var shell = Shell(definition);

        shell.Start("wf").Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("needs the parameter 'task_name'");
        shell.Start("wf", parameters: JsonMap.Create(("task_name", "nobody"))).Refusal!.Message.Should().Contain("no task 'nobody' to reach");
        shell.Run("wf", parameters: JsonMap.Create(("task_name", "a")));
        shell.Send(new Message.Pause("root", null));
        shell.Complete("z", ActionResult.Success(1));
        shell.AllOf("y").Should().BeEmpty("the workflow is paused");
        shell.Send(new Message.Resume("root", null));
        shell.Settle();

        shell.Root.State.Should().Be(Success);
        shell.Tasks.Select(t => t.Name).Should().Equal("z", "y", "a");
        shell.Root.Output["a"].Should().Be((JsonData)3);
    }

    [Test]
    public void A_reverse_workflow_whose_task_fails_ends_in_error_without_the_data_of_its_target()
    {
        var shell = Shell(new WorkflowBuilder("wf").Reverse().Task("z", t => t.Action("std.fail")).Task("a", t => t.Requires("z")).Build());

        shell.Run("wf", parameters: JsonMap.Create(("task_name", "a")));

        shell.Root.State.Should().Be(Error);
        shell.Root.Output.Keys.Should().Equal("result");
    }

    [Test]
    public void A_reverse_workflow_that_is_stopped_starts_no_further_task()
    {
        var shell = Shell(new WorkflowBuilder("wf").Reverse()
            .Task("x", t => t.Action("nobody.knows")).Task("y").Task("a", t => t.Requires("x", "y")).Build());

        shell.Run("wf", parameters: JsonMap.Create(("task_name", "a")));

        shell.Root.State.Should().Be(Error);
        shell.Tasks.Should().ContainSingle();
    }

    [Test]
    public void A_workflow_can_have_so_many_tasks_and_no_more()
    {
        var shell = new DecisionShell(new WorkflowBuilder("wf").Task("s", t => t.OnSuccess("a")).Task("a", t => t.OnSuccess("a")).Build()) { Limits = new() { Tasks = 5 } };

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("has had 5 tasks, which is the limit");
        shell.Tasks.Should().HaveCount(5);
    }

    [Test]
    public void A_circle_of_tasks_that_run_nothing_holds_the_engine_up_no_longer_than_one_decision()
    {
        var nothing = Shell(new WorkflowBuilder("wf").Task("s", t => t.OnSuccess("a")).Task("a", t => t.WithItems("i", _ => JsonData.EmptyArray).OnSuccess("a")).Build());
        var refused = Shell(new WorkflowBuilder("wf").Task("s", t => t.OnSuccess("a")).Task("a", t => t.Workflow("nobody").OnError("a")).Build());
        var joins = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.OnSuccess("j"))
            .Task("b", t => t.OnError("j"))
            .Task("j", t => t.Join(2).OnError("j"))
            .Build());

        foreach (var shell in new[] { nothing, refused, joins })
        {
            shell.Run("wf");
            var before = shell.Decisions;
            shell.Advance(TimeSpan.Zero, most: 3);

            shell.Decisions.Should().Be(before + 3);
            shell.Root.State.Should().Be(Running);
            shell.Send(new Message.Stop("root", Cancelled, null));
            shell.Root.State.Should().Be(Cancelled);
            shell.PendingTimers.Should().BeEmpty();
        }
    }

    private static WorkflowDefinition With(WorkflowDefinition definition, Func<WorkflowContent, WorkflowContent> change) =>
        WorkflowDefinition.Create(change(definition.Content));

    private static DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = true };
}
