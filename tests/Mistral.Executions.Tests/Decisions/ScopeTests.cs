using Mistral.Executions.Decisions;
using Mistral.Executions.Model;

namespace Mistral.Executions.Tests.Decisions;

/// <summary>What expressions see of the executions around them.</summary>
public sealed class ScopeTests
{
    private static readonly WorkflowDefinition Sub = new WorkflowBuilder("sub").Input("n").Task("work", t => t.Publish("m", c => c["n"])).Build();

    [Test]
    public void Variables_are_looked_for_in_the_branch_the_items_the_context_the_input_and_what_the_engine_adds()
    {
        var seen = Seen(c => JsonMap.Create(
            ("branch", c["b"]),
            ("context", c["v"]),
            ("input", c["i"]),
            ("environment", c["__env"]),
            ("execution", c["__execution"]),
            ("task", c["__task_execution"]["name"]),
            ("nobody", c.TryGetVariable("nobody", out _)),
            ("names", JsonList.Create(c.VariableNames.Order(StringComparer.Ordinal).Select(n => (JsonData)n)))));

        seen.ToString().Should().Be(
            """{"branch":1,"context":2,"input":3,"environment":{"e":4},"execution":{"id":"root"},"task":"look","nobody":false,"names":["__env","__execution","__task_execution","b","i","v"]}""");
    }

    [Test]
    public void Items_are_seen_by_the_input_of_their_action()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("a", t => t.Action("std.echo").WithItems("i", _ => JsonList.Create([7])).Input(c => JsonMap.Create(("output", c["i"]), ("names", string.Join(',', c.VariableNames)))))
            .Build());

        shell.Run("wf");

        shell.Actions.Single().Input["output"].Should().Be((JsonData)7);
        shell.Actions.Single().Input["names"].AsString().Should().Contain("i");
    }

    [Test]
    public void A_task_is_seen_as_it_ends_and_others_by_their_name()
    {
        var seen = Seen(c => JsonMap.Create(
            ("own", c.Task(null)["name"]),
            ("empty", c.Task("")["name"]),
            ("state", c.Task("look")["state"]),
            ("result", c.Task("first")["result"]),
            ("published", c.Task("first")["published"]),
            ("type", c.Task("call")["type"]),
            ("child", c.Task("call")["result"]),
            ("workflow", c.Task("first")["workflow_execution_id"]),
            ("nobody", c.Task("nobody"))));

        seen.ToString().Should().Be(
            """{"own":"look","empty":"look","state":"SUCCESS","result":9,"published":{"b":1},"type":"WORKFLOW","child":{"m":5},"workflow":"root","nobody":null}""");
    }

    [Test]
    public void A_task_that_is_delayed_is_called_so()
    {
        var shell = Shell(new WorkflowBuilder("wf")
            .Task("slow", t => t.Action("std.noop").WaitBefore(TimeSpan.FromMinutes(1)))
            .Task("look", t => t.Publish("seen", c => c.Task("slow")["state"]))
            .Output("seen", c => c["seen"])
            .Build());

        shell.Run("wf").Advance(TimeSpan.FromMinutes(1));

        shell.Root.Output["seen"].Should().Be((JsonData)"DELAYED");
    }

    [Test]
    public void The_workflow_execution_is_seen_without_the_state_it_is_in_the_middle_of()
    {
        var seen = Seen(c => c.Execution());

        seen.AsObject().Keys.Should().BeEquivalentTo("id", "name", "spec", "input", "params", "created_at", "updated_at", "root_execution_id");
        seen["id"].Should().Be((JsonData)"root");
        seen["input"].ToString().Should().Be("""{"i":3}""");
        seen["params"]["env"].ToString().Should().Be("""{"e":4}""");
        seen["created_at"].Should().Be((JsonData)"2030-01-01 00:00:00");
        seen["root_execution_id"].IsNull.Should().BeTrue();
    }

    [Test]
    public void Executions_are_found_by_id_root_state_and_time()
    {
        JsonData Names(JsonData found) => string.Join(',', found.AsArray().Select(w => w["name"].AsString()).Order(StringComparer.Ordinal));
        var seen = Seen(c => JsonMap.Create(
            ("id", Names(c.Executions("root", null, null, null, null))),
            ("root", Names(c.Executions(null, "root", null, null, null))),
            ("running", Names(c.Executions(null, null, "RUNNING", null, null))),
            ("from", Names(c.Executions(null, null, null, "2030-01-01 00:00:00", null))),
            ("later", Names(c.Executions(null, null, null, "2030-01-01 00:00:01", null))),
            ("to", Names(c.Executions(null, null, null, null, "2030-01-01 00:00:00"))),
            ("before", Names(c.Executions(null, null, null, null, "2031")))));

        seen.ToString().Should().Be("""{"id":"wf","root":"sub","running":"wf","from":"sub,wf","later":"","to":"","before":"sub,wf"}""");
    }

    [Test]
    public void Tasks_are_found_in_one_workflow_or_all_below_by_state_and_only_at_the_bottom()
    {
        JsonData Names(JsonData found) => string.Join(',', found.AsArray().Select(t => t["name"].AsString()));
        var seen = Seen(c => JsonMap.Create(
            ("all", Names(c.Tasks(null, false, null, false))),
            ("root", Names(c.Tasks("root", false, null, false))),
            ("deep", Names(c.Tasks("root", true, null, false))),
            ("good", Names(c.Tasks("root", true, "SUCCESS", false))),
            ("bad", Names(c.Tasks("root", true, "ERROR", false))),
            ("flat", Names(c.Tasks("root", true, null, true)))));

        seen["root"].Should().Be((JsonData)"first,call,look");
        seen["deep"].Should().Be((JsonData)"first,call,look,work");
        seen["all"].AsString().Split(',').Should().BeEquivalentTo("first", "call", "look", "work");
        seen["bad"].Should().Be((JsonData)"");
        seen["good"].AsString().Should().Contain("first").And.Contain("work");
        seen["flat"].Should().Be((JsonData)"first,look,work", "what a task runs that ended as it did stands for it");
    }

    [Test]
    public void Globals_and_new_ids_are_there()
    {
        var shell = Shell(new WorkflowBuilder("wf").Variable("v", 2).Task("a", t => t.PublishGlobal("g", 3)).Task("b").Output("globals", c => c.Globals()).Build());

        shell.Run("wf").Root.Output.ToString().Should().Be("""{"globals":{"v":2,"g":3}}""");
    }

    [Test]
    public void A_start_sees_itself_before_it_is_there()
    {
        var shell = Shell(new WorkflowBuilder("wf").Input("i")
            .Variable("v", c => JsonMap.Create(("i", c["i"]), ("env", c.Environment), ("id", c.Execution()["id"]), ("task", c.Task(null))))
            .Task("a").Output("v", c => c["v"]).Build());

        shell.Run("wf", JsonMap.Create(("i", 3)), JsonMap.Create(("env", JsonMap.Create(("e", 4)))));

        shell.Root.Output.ToString().Should().Be("""{"v":{"i":3,"env":{"e":4},"id":"root","task":null}}""");
    }

    [Test]
    public void A_nested_workflow_sees_the_environment_of_the_root()
    {
        var shell = Shell(
            new WorkflowBuilder("wf").Task("call", t => t.Workflow("sub").Publish("got", c => c.Result())).Build(),
            new WorkflowBuilder("sub").Variable("v", c => c.Environment["e"]).Task("a").Output("v", c => c["v"]).Build());

        shell.Run("wf", parameters: JsonMap.Create(("env", JsonMap.Create(("e", 4)))));

        shell.Root.Output.ToString().Should().Be("""{"got":{"v":4}}""");
    }

    [Test]
    public void What_an_action_without_a_task_sees_is_its_input()
    {
        var turn = new Turn(ExecutionTree.Empty("root"), new() { Now = DateTimeOffset.UnixEpoch, Ids = new DecisionShell(), Catalog = new DecisionShell(), Limits = new() });
        IExpressionContext scope = new DecisionScope(turn, null, null) { First = JsonMap.Create(("x", 1)) };

        scope["x"].Should().Be((JsonData)1);
        scope.VariableNames.Should().Equal("x");
        scope.Environment.Should().Be((JsonData)JsonMap.Empty);
        scope.Execution().IsNull.Should().BeTrue();
        scope.Task("a").IsNull.Should().BeTrue();
        scope.Globals().IsNull.Should().BeTrue();
        scope.TryGetVariable("__env", out _).Should().BeFalse();
        scope.TryGetVariable("__execution", out _).Should().BeFalse();
        scope.TryGetVariable("__task_execution", out _).Should().BeFalse();
        scope.Now.Should().Be(DateTimeOffset.UnixEpoch);
    }

    private static JsonData Seen(Func<IExpressionContext, JsonData> look)
    {
        var shell = Shell(
            new WorkflowBuilder("wf")
                .Input("i")
                .Variable("v", 2)
                .Task("first", t => t.Action("std.echo").Input(JsonMap.Create(("output", 9))).Publish("b", 1).OnSuccess("call"))
                .Task("call", t => t.Workflow("sub").Input(JsonMap.Create(("n", 5))).OnSuccess("look"))
                .Task("look", t => t.Publish("seen", look))
                .Output("seen", c => c["seen"])
                .Build(),
            Sub);
        shell.Run("wf", JsonMap.Create(("i", 3)), JsonMap.Create(("env", JsonMap.Create(("e", 4)))));
        shell.Root.StateInfo.Should().BeNull();
        return shell.Root.Output["seen"];
    }

    private static DecisionShell Shell(params WorkflowDefinition[] workflows) => new(workflows) { Reloads = true };
}
