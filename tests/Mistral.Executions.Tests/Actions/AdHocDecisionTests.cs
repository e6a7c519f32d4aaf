using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard;
using Mistral.Executions.Actions.Standard.Http;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

/// <summary>What is decided upon the execution of an ad-hoc action is decided upon what its base will do.</summary>
public sealed class AdHocDecisionTests
{
    [Test]
    public void An_ad_hoc_action_is_as_safe_to_rerun_as_what_its_base_will_send([Values] bool standsAlone, [Values("GET", "POST")] string method)
    {
        var send = new AdHocActionDefinition
        {
            Name = "send",
            Base = "std.http",
            BaseInput = new ConstantExpression(ActionBench.Input(("url", "http://example.org"), ("method", method))),
        };

        Started(send, standsAlone).Execution.IsSafeToRerun.Should().Be(method == "GET");
    }

    [Test]
    public void An_echo_with_a_delay_is_not_instant_below_an_ad_hoc_action([Values] bool standsAlone)
    {
        var late = new AdHocActionDefinition
        {
            Name = "late",
            Base = "std.echo",
            BaseInput = new ConstantExpression(ActionBench.Input(("output", 1), ("delay", 2))),
        };

        Started(late, standsAlone).IsInline.Should().BeFalse();
        Started(late with { BaseInput = new ConstantExpression(ActionBench.Input(("output", 1))) }, standsAlone).IsInline.Should().BeTrue();
    }

    [Test]
    public void The_execution_shows_the_defaults_of_the_ad_hoc_action([Values] bool standsAlone)
    {
        var wait = new AdHocActionDefinition { Name = "wait", Base = "std.async_noop", Input = [new("for", "approval")] };

        Started(wait, standsAlone).Execution.Input.Should().Equal(ActionBench.Input(("for", "approval")));
    }

    [Test]
    public void A_missing_base_ends_the_task_in_error()
    {
        var missing = new AdHocActionDefinition { Name = "missing", Base = "nowhere" };

        var decision = Decide(missing, standsAlone: false);

        decision.Changes!.Records.OfType<TaskExecution>().Single().Should().BeEquivalentTo(new { State = ExecutionState.Error });
        decision.Changes.Records.OfType<TaskExecution>().Single().StateInfo.Should().Contain("'nowhere' is not known");
        decision.Changes.Records.OfType<ActionExecution>().Should().BeEmpty();
    }

    private static (ActionExecution Execution, bool IsInline) Started(AdHocActionDefinition definition, bool standsAlone)
    {
        var decision = Decide(definition, standsAlone);
        decision.Refusal.Should().BeNull();
        return (decision.Changes!.Records.OfType<ActionExecution>().Single(), decision.Effects.Single() is Effect.RunInline);
    }

    private static Decision Decide(AdHocActionDefinition definition, bool standsAlone)
    {
        using var http = new HttpActions(new());
        var catalog = new Catalog(ActionRegistry.Of([.. StandardActions.All, .. http.Descriptors]).With([definition]));
        var workflow = new WorkflowBuilder("wf").Task("t", task => task.Action(definition.Name)).Build();
        Message message = standsAlone
            ? new Message.StartAction("root", definition.Name, "", JsonMap.Empty, null)
            : new Message.StartWorkflow(workflow, "root", JsonMap.Empty, JsonMap.Empty, "", []);
        var input = new DecisionInput { Now = DateTimeOffset.UnixEpoch, Ids = catalog, Catalog = catalog, Limits = new() };
        return Decider.Decide(ExecutionTree.Empty("root"), message, input);
    }

    private sealed class Catalog(ActionRegistry registry) : IDecisionCatalog, IIdSource
    {
        private int _ids;

        public WorkflowDefinition? FindWorkflow(string name, string @namespace) => null;

        public WorkflowDefinition? FindWorkflowByHash(string hash) => null;

        public ActionTraits? FindAction(string name, string @namespace) => registry.Find(name, @namespace);

        public IExpression Template(JsonData data) => new ConstantExpression(data);

        public string NewId(DateTimeOffset now) => $"id-{++_ids}";

        public double NextFraction() => 0.5;
    }
}
