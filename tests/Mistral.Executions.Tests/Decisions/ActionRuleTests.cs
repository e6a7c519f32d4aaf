using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

public sealed class ActionRuleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void An_action_that_does_not_exist_is_a_fault_of_the_definition()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("nobody.knows").OnError("cure")).Task("cure").Build());

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("'nobody.knows'");
        shell.Task("a").State.Should().Be(Error);
        shell.AllOf("cure").Should().BeEmpty("the routes of the task are not for such an error");
    }

    [Test]
    public void A_fault_of_the_first_task_keeps_the_others_from_starting()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("nobody.knows")).Task("b").Build());

        shell.Run("wf");

        shell.Tasks.Select(t => t.Name).Should().Equal("a");
    }

    [Test]
    public void The_name_of_an_action_must_be_a_text_and_nothing_means_noop()
    {
        var number = new TaskDefinition { Name = "a", Action = new Computed(_ => 7) };
        var nothing = new TaskDefinition { Name = "a", Action = new Computed(_ => default) };
        var empty = new TaskDefinition { Name = "a", Action = new Computed(_ => "") };

        Shell(Of(number)).Run("wf").Root.StateInfo.Should().Contain("a name must be a text, but is 7");
        Shell(Of(nothing)).Run("wf").Actions.Should().ContainSingle().Which.Name.Should().Be("std.noop");
        Shell(Of(empty)).Run("wf").Actions.Should().ContainSingle().Which.Name.Should().Be("std.noop");
    }

    [Test]
    public void The_input_of_a_task_must_be_an_object_and_the_error_shows_its_beginning()
    {
        var task = new TaskDefinition { Name = "a", Action = new ConstantExpression("std.noop"), Input = new Computed(_ => new string('x', 1000)) };
        var shell = Shell(Of(task));

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("the input must be an object, but is String").And.Contain("xxx…");
        shell.Root.StateInfo!.Length.Should().BeLessThan(500);
    }

    [Test]
    public void Input_that_the_action_refuses_is_a_fault_of_the_definition()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("picky")).Build());
        shell.Register(new Traits("picky") { Fault = "it wants more" });

        shell.Run("wf");

        shell.Root.StateInfo.Should().Contain("it wants more");
        shell.Actions.Should().BeEmpty();
    }

    [Test]
    public void The_action_execution_shows_the_defaults_of_the_action_and_those_of_the_environment()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("own").Input(JsonMap.Create(("said", 1), ("o", JsonMap.Create(("y", 2)))))).Build());
        shell.Register(new Traits("own") { Defaults = JsonMap.Create(("said", 7), ("filled", 8)) });
        var environment = JsonMap.Create(("__actions", JsonMap.Create(("own", JsonMap.Create(("said", 9), ("given", 3), ("o", JsonMap.Create(("x", 1))))))));

        shell.Run("wf", parameters: JsonMap.Create(("env", environment)));

        shell.Actions.Single().Input.ToString().Should().Be("""{"filled":8,"said":1,"given":3,"o":{"x":1,"y":2}}""");
    }

    [Test]
    public void Target_and_safe_rerun_of_the_task_come_before_what_the_action_says()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").Input(JsonMap.Create(("output", "q"))).Target(c => c.Get<string>("output") + "-1").SafeRerun(false))
            .Task("b", t => t.Action("std.noop"))
            .Build());

        shell.Run("wf");

        shell.ActionOf("a").Target.Should().Be("q-1");
        shell.ActionOf("a").IsSafeToRerun.Should().BeFalse();
        shell.ActionOf("b").Target.Should().BeNull();
        shell.ActionOf("b").IsSafeToRerun.Should().BeTrue();
    }

    [Test]
    public void An_ad_hoc_action_prepares_its_input_and_transforms_its_result()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Input("n")
            .Task("a", t => t.Action("own").Input(JsonMap.Create(("x", 1))).Publish("r", c => c.Result()))
            .Build());
        IExpressionContext? seen = null;
        shell.Register(new Traits("own")
        {
            Prepare = (_, scope) =>
            {
                seen = scope(JsonMap.Create(("x", 5)));
                return JsonMap.Create(("body", seen["x"]), ("n", seen["n"]));
            },
            Transform = (result, scope) => ActionResult.Success(JsonList.Create([result.Value, scope(result.Value).Root!.Value])),
        });

        shell.Run("wf", JsonMap.Create(("n", 3)));
        shell.Complete("a", ActionResult.Success(4));

        shell.Actions.Single().Input.ToString().Should().Be("""{"x":1}""", "the execution shows the input as it was given");
        seen!["x"].Should().Be((JsonData)5);
        seen["n"].Should().Be((JsonData)3, "behind its input it sees the workflow");
        shell.Root.Output.ToString().Should().Be("""{"r":[4,4]}""");
    }

    [Test]
    public void An_ad_hoc_action_whose_input_cannot_be_prepared_is_an_error_of_its_task()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("own").OnError("cure")).Task("cure").Build());
        shell.Register(new Traits("own") { Prepare = (_, _) => throw new ExpressionException("$.x", "no x") });

        shell.Run("wf");

        shell.Root.State.Should().Be(Success);
        shell.Task("a").StateInfo.Should().Contain("no x");
        shell.AllOf("cure").Should().ContainSingle();
    }

    [Test]
    public void An_ad_hoc_action_without_its_base_is_a_fault_of_the_definition()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("own").OnError("cure")).Task("cure").Build());
        shell.Register(new Traits("own") { Prepare = (_, _) => throw new DefinitionException([new DefinitionFault("the base is missing")]) });

        shell.Run("wf");

        shell.Root.State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("the base is missing");
    }

    [Test]
    public void A_result_that_cannot_be_transformed_fails_the_task_and_its_workflow()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("own")).Build());
        shell.Register(new Traits("own") { Transform = (_, _) => throw new ExpressionException("$.x", "no x") });

        shell.Run("wf");
        shell.Complete("a", ActionResult.Success(4));

        shell.Actions.Single().State.Should().Be(Error);
        shell.Actions.Single().Accepted.Should().BeFalse();
        shell.Task("a").State.Should().Be(Error);
        shell.Root.StateInfo.Should().Contain("The output of the action 'own' cannot be evaluated").And.Contain("no x");
    }

    [Test]
    public void A_result_counts_although_the_action_is_not_registered_any_more()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("own")).Build());
        shell.Register(new Traits("own"));
        shell.Run("wf");
        shell.Forget("own");

        shell.Complete("a", ActionResult.Success(4));

        shell.Root.State.Should().Be(Success);
    }

    [Test]
    public void In_a_workbook_the_names_of_its_own_come_first()
    {
        var content = new WorkflowBuilder("wf").Task("a", t => t.Action("own")).Task("b", t => t.Action("std.noop")).Task("c", t => t.Workflow("sub")).Build().Content;
        var shell = Shell(
            WorkflowDefinition.Create(content with { Workbook = "book" }),
            new WorkflowBuilder("book.sub").Task("x").Build(),
            new WorkflowBuilder("sub").Task("y").Build());
        shell.Register(new Traits("own"));
        shell.Register(new Traits("book.own"));

        shell.Run("wf");

        shell.ActionOf("a").Name.Should().Be("book.own");
        shell.ActionOf("b").Name.Should().Be("std.noop");
        shell.Workflows.Select(w => w.Name).Should().BeEquivalentTo("wf", "book.sub");
    }

    [Test]
    public void A_missing_nested_workflow_is_named_with_the_namespace_it_was_looked_for_in()
    {
        var definition = new WorkflowBuilder("wf").Task("a", t => t.Workflow("sub")).Build();

        Shell(definition).Run("wf").Task("a").StateInfo.Should().Be("There is no workflow 'sub'.");
        Shell(definition).Run("wf", parameters: JsonMap.Create(("namespace", "north"))).Task("a").StateInfo
            .Should().Be("There is no workflow 'sub' in the namespace 'north'.");
    }

    [Test]
    public void Nested_workflows_can_go_so_deep_and_no_deeper()
    {
        var shell = new DecisionShell(new WorkflowBuilder("wf").Task("a", t => t.Workflow("wf")).Build()) { Limits = new() { Nesting = 3 } };

        shell.Run("wf");

        shell.Workflows.Should().HaveCount(3);
        shell.Root.State.Should().Be(Error);
        shell.Task("a").StateInfo.Should().Contain("nested 4 deep; the limit is 3");
    }

    [Test]
    public void What_is_no_input_of_a_nested_workflow_is_a_parameter_of_its_start_and_a_wrong_one_is_an_error_of_the_task()
    {
        var child = new WorkflowBuilder("sub").Input("n").Task("x").Build();
        WorkflowDefinition Parent(params (string, JsonData)[] input) =>
            new WorkflowBuilder("wf").Task("a", t => t.Workflow("sub").Input(JsonMap.Create(input)).OnError("noop")).Build();

        var good = Shell(Parent(("n", 1), ("more", 2)), child).Run("wf");
        var bad = Shell(Parent(("more", 2)), child).Run("wf");

        good.Workflows.Single(w => w.Name == "sub").Parameters["more"].Should().Be((JsonData)2);
        good.Workflows.Single(w => w.Name == "sub").Input.ToString().Should().Be("""{"n":1}""");
        bad.Task("a").StateInfo.Should().Contain("Missing: 'n'");
        bad.Root.State.Should().Be(Success, "the task has a route for its error");
    }

    [Test]
    public void An_action_without_a_task_begins_and_ends_a_tree_of_its_own()
    {
        var shell = new DecisionShell();
        shell.Register(new Traits("own") { Mode = ActionMode.Outside, Defaults = JsonMap.Create(("d", 1)) });

        var decision = shell.Send(new Message.StartAction("root", "own", "", JsonMap.Create(("x", 2)), "queue"));
        decision.Refusal.Should().BeNull();
        shell.Tree.Exists.Should().BeTrue();
        shell.Tree.IsEnded.Should().BeFalse();
        shell.Tree.OpenActions.Should().ContainSingle();
        shell.Tree.HasOpenBodies.Should().BeFalse("its result comes from outside");
        shell.Send(new Message.CompleteAction("root", ActionResult.Error("no")));

        var action = shell.Actions.Single();
        action.State.Should().Be(Error);
        action.Target.Should().Be("queue");
        action.Input.ToString().Should().Be("""{"d":1,"x":2}""");
        shell.Tree.IsEnded.Should().BeTrue();
        shell.Tree.OpenActions.Should().BeEmpty();
        shell.Send(new Message.CompleteAction("root", ActionResult.Success(1))).Refusal.Should().BeOfType<InvalidStateTransitionException>();
    }

    [Test]
    public void An_action_without_a_task_that_cannot_start_is_refused()
    {
        var shell = new DecisionShell();
        shell.Register(new Traits("picky") { Fault = "it wants more" });

        shell.Send(new Message.StartAction("root", "nobody", "", JsonMap.Empty, null)).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Contain("'nobody'");
        shell.Send(new Message.StartAction("root", "picky", "", JsonMap.Empty, null)).Refusal.Should().BeOfType<InputException>().Which.Message.Should().Be("it wants more");
        shell.Tree.Exists.Should().BeFalse();
    }

    [Test]
    public void The_result_of_an_action_without_a_task_that_cannot_be_transformed_is_its_error()
    {
        var shell = new DecisionShell();
        shell.Register(new Traits("own") { Transform = (_, _) => throw new ExpressionException("$.x", "no x") });
        shell.Send(new Message.StartAction("root", "own", "", JsonMap.Empty, null));

        shell.Send(new Message.CompleteAction("root", ActionResult.Success(1))).Refusal.Should().BeNull();

        shell.Actions.Single().State.Should().Be(Error);
    }

    [Test]
    public void Pausing_an_outside_action_pauses_its_task_and_workflow_and_resuming_the_last_one_lets_them_go_on()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").WithItems("i", _ => JsonList.Create([1, 2]))).Build()).Run("wf");
        var (one, other) = (shell.Actions.First().Id, shell.Actions.Last().Id);

        shell.Send(new Message.UpdateAction(one, Paused));
        shell.Send(new Message.UpdateAction(other, Paused));
        shell.Send(new Message.UpdateAction(other, Paused)).Changes.Should().BeNull("it is paused already");
        (shell.Task("a").State, shell.Root.State).Should().Be((Paused, Paused));
        shell.Send(new Message.UpdateAction(one, Running));
        (shell.Task("a").State, shell.Root.State).Should().Be((Paused, Paused), "the other one is still paused");
        shell.Send(new Message.UpdateAction(other, Running));

        (shell.Task("a").State, shell.Root.State).Should().Be((Running, Running));
        shell.History.Select(h => h.Event).Should().Equal("paused", "paused", "resumed", "resumed");
    }

    [Test]
    public void An_action_that_runs_here_cannot_be_paused_and_one_without_a_task_can_when_it_is_outside()
    {
        var shell = new DecisionShell();
        shell.Register(new Traits("own") { Mode = ActionMode.Outside });
        shell.Send(new Message.StartAction("root", "own", "", JsonMap.Empty, null));

        shell.Send(new Message.UpdateAction("root", Paused)).Refusal.Should().BeNull();
        shell.Actions.Single().State.Should().Be(Paused);
        shell.Send(new Message.UpdateAction("root", Running)).Refusal.Should().BeNull();

        var body = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("body")).Build());
        body.Hang("body");
        body.Run("wf");
        body.Send(new Message.UpdateAction(body.ActionOf("a").Id, Paused)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
    }

    [Test]
    public void Pausing_an_action_of_a_task_that_has_ended_changes_the_action_only()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("std.async_noop").Timeout(Minute).OnError("b")).Task("b", t => t.Action("std.async_noop")).Build()).Run("wf");
        shell.Advance(Minute);

        shell.Send(new Message.UpdateAction(shell.ActionOf("a").Id, Paused));
        shell.Root.State.Should().Be(Running);
        shell.Send(new Message.UpdateAction(shell.ActionOf("a").Id, Running));

        shell.Task("a").State.Should().Be(Error);
    }

    [Test]
    public void An_outside_action_ends_in_error_at_its_deadline()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("slow")).Build());
        shell.Register(new Traits("slow") { Mode = ActionMode.Outside, Time = Minute });
        shell.Run("wf");

        shell.Send(new Message.Heartbeat(shell.ActionOf("a").Id)).Changes.Should().BeNull("it need give no sign of life");
        shell.Advance(Minute);

        shell.Root.State.Should().Be(Error);
        shell.Task("a").StateInfo.Should().Contain("gave no result by its deadline, 2030-01-01 00:01:00Z");
        shell.Send(new Message.Heartbeat(shell.ActionOf("a").Id)).Refusal.Should().BeOfType<InvalidStateTransitionException>();
    }

    [Test]
    public void Signs_of_life_put_the_end_off_until_the_deadline()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("slow")).Build());
        shell.Register(new Traits("slow") { Mode = ActionMode.Outside, Time = 3 * Minute, Beat = 2 * Minute });
        shell.Run("wf");
        var id = shell.ActionOf("a").Id;
        var first = shell.PendingTimers.Single();

        shell.Send(new Message.Heartbeat(id)).Changes.Should().BeNull("the timer is right already");
        shell.Advance(Minute);
        shell.Send(new Message.Heartbeat(id)).Changes.Should().NotBeNull();
        shell.PendingTimers.Single().DueAt.Should().Be(first.DueAt + Minute);
        shell.Send(new Message.TimerDue(first)).Changes.Should().BeNull("it was moved while it was on its way");
        shell.Advance(Minute);
        shell.Send(new Message.Heartbeat(id)).Changes.Should().BeNull("the deadline comes first");
        shell.Advance(Minute);

        shell.Task("a").StateInfo.Should().Contain("deadline");
    }

    [Test]
    public void An_outside_action_that_gives_no_sign_of_life_ends_in_error()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("slow")).Build());
        shell.Register(new Traits("slow") { Mode = ActionMode.Outside, Beat = Minute });
        shell.Run("wf");

        shell.Advance(Minute);

        shell.Task("a").StateInfo.Should().Contain("gave no sign of life for 60 s, until 2030-01-01 00:01:00Z");
    }

    [Test]
    public void Only_an_outside_action_gives_signs_of_life()
    {
        var shell = Shell(new WorkflowBuilder("wf").Task("a", t => t.Action("body")).Task("b", t => t.Action("std.async_noop")).Build());
        shell.Hang("body");
        shell.Run("wf");

        shell.Send(new Message.Heartbeat(shell.ActionOf("a").Id)).Refusal.Should().BeOfType<InputException>();
        shell.Send(new Message.Heartbeat(shell.ActionOf("b").Id)).Changes.Should().BeNull("it has no limits");
    }

    [Test]
    public void After_a_crash_outside_actions_wait_on_and_what_cannot_be_run_again_fails()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("gone", t => t.Action("gone").OnError("noop"))
            .Task("broken", t => t.Action("broken").OnError("noop"))
            .Task("out", t => t.Action("std.async_noop"))
            .Build());
        var isBroken = false;
        shell.Register(new Traits("gone"));
        shell.Register(new Traits("broken") { Prepare = (input, _) => isBroken ? throw new ExpressionException("$.x", "no x") : input });
        shell.Run("wf");
        shell.Forget("gone");
        isBroken = true;

        shell.Crash();

        shell.Task("gone").StateInfo.Should().Contain("there is no action 'gone'");
        shell.Task("broken").StateInfo.Should().Contain("no x");
        shell.ActionOf("out").State.Should().Be(Running);
        shell.Root.State.Should().Be(Running);
    }

    [Test]
    public void After_a_crash_an_action_without_a_task_runs_again()
    {
        var shell = new DecisionShell();
        shell.Hang("body");
        shell.Send(new Message.StartAction("root", "body", "", JsonMap.Empty, null));

        var decision = shell.Send(new Message.Recover("recovered", "the process died"));

        decision.Effects.Should().ContainSingle().Which.Should().BeOfType<Effect.RunAction>().Which.TaskName.Should().BeNull();
    }

    [Test]
    public void Keep_result_false_throws_the_result_away_once_it_has_been_published()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").Input(JsonMap.Create(("output", 7))).KeepResult(false).Publish("x", c => c.Result()).OnSuccess("b"))
            .Task("b", t => t.Action("std.noop").Publish("y", c => c.Result("a")))
            .Task("items", t => t.Action("std.echo").Input(JsonMap.Create(("output", 7))).WithItems("i", _ => JsonList.Create([1, 2])).KeepResult(_ => false))
            .Task("kept", t => t.Action("std.echo").Input(JsonMap.Create(("output", 7))).KeepResult(true))
            .Build());

        shell.Run("wf");

        shell.Root.Output["x"].Should().Be((JsonData)7);
        shell.Root.Output["y"].IsNull.Should().BeTrue();
        shell.Actions.Where(a => a.TaskExecutionId == shell.Task("items").Id).Should().OnlyContain(a => a.Output.Count == 0);
        shell.ActionOf("kept").Output.Should().NotBeEmpty();
    }

    private static WorkflowDefinition Of(TaskDefinition task) =>
        WorkflowDefinition.Create(new WorkflowBuilder("wf").Task("a").Build().Content with { Tasks = [task] });

    private static DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = true };

    private sealed class Traits(string name) : ActionTraits
    {
        public ActionMode Mode { get; init; }

        public string? Fault { get; init; }

        public JsonMap Defaults { get; init; } = JsonMap.Empty;

        public Func<JsonMap, Func<JsonData, IExpressionContext>, JsonMap>? Prepare { get; init; }

        public Func<ActionResult, Func<JsonData, IExpressionContext>, ActionResult>? Transform { get; init; }

        public TimeSpan? Time { get; init; }

        public TimeSpan? Beat { get; init; }

        public override TimeSpan? Deadline => Time;

        public override TimeSpan? Heartbeat => Beat;

        public override string Name => name;

        public override bool PassesDataOn => Prepare is null && Transform is null;

        public override bool IsSafeToRerun(JsonMap input) => true;

        public override ActionMode ModeFor(JsonMap input) => Mode;

        public override string? CheckInput(JsonMap input) => Fault;

        public override JsonMap FillDefaults(JsonMap input) => JsonMap.Create(Defaults.Where(d => !input.ContainsKey(d.Key)).Concat(input));

        public override JsonMap PrepareInput(JsonMap input, Func<JsonData, IExpressionContext> scope) => Prepare?.Invoke(input, scope) ?? input;

        public override ActionResult TransformResult(ActionResult result, Func<JsonData, IExpressionContext> scope) => Transform?.Invoke(result, scope) ?? result;
    }
}
