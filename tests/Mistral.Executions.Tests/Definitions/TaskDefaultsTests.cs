namespace Mistral.Executions.Tests.Definitions;

public sealed class TaskDefaultsTests
{
    [Test]
    public void Routes_of_a_kind_come_from_the_defaults_only_when_the_task_has_none_of_that_kind()
    {
        var workflow = new WorkflowBuilder("w")
            .TaskDefaults(d => d.OnSuccess("log").OnError("log", "alarm").OnComplete("log").OnSkip("log"))
            .Task("a", t => t.OnSuccess("b").OnSkip("noop"))
            .Task("b")
            .Task("log")
            .Task("alarm")
            .Build();

        Targets(workflow, "a").Should().Equal("b", "log alarm", "log", "noop");
        Targets(workflow, "b").Should().Equal("log", "log alarm", "log", "log");
    }

    [Test]
    public void A_default_route_never_leads_to_the_task_itself()
    {
        var workflow = new WorkflowBuilder("w")
            .TaskDefaults(d => d.OnError("alarm").OnComplete("log", "alarm"))
            .Task("a")
            .Task("log")
            .Task("alarm")
            .Build();

        Targets(workflow, "log").Should().Equal("", "alarm", "alarm", "");
        Targets(workflow, "alarm").Should().Equal("", "", "log", "");
    }

    [Test]
    public void A_route_of_the_task_to_itself_stays() =>
        Targets(
            new WorkflowBuilder("w").TaskDefaults(d => d.OnSuccess("b")).Task("a", t => t.OnSuccess("b")).Task("b", t => t.OnSuccess("b", c => false)).Build(),
            "b").Should().Equal("b", "", "", "");

    [Test]
    public void Required_tasks_of_the_defaults_are_added_to_those_of_the_task_but_never_the_task_itself()
    {
        var workflow = new WorkflowBuilder("w")
            .Reverse()
            .TaskDefaults(d => d.Requires("setup"))
            .Task("setup")
            .Task("a", t => t.Requires("setup"))
            .Task("b", t => t.Requires("a"))
            .Build();

        workflow.FindTask("setup")!.Requires.Should().BeEmpty();
        workflow.FindTask("a")!.Requires.Should().Equal("setup");
        workflow.FindTask("b")!.Requires.Should().Equal("a", "setup");
    }

    [Test]
    public void What_the_type_of_the_workflow_does_not_know_is_not_taken_from_the_defaults()
    {
        var direct = new WorkflowBuilder("w").TaskDefaults(d => d.Requires("a")).Task("a").Task("b").Build();
        var reverse = new WorkflowBuilder("w").Reverse().TaskDefaults(d => d.OnError("a")).Task("a").Task("b").Build();

        direct.FindTask("b")!.Requires.Should().BeEmpty();
        reverse.FindTask("b")!.OnError.Should().BeEmpty();
    }

    [Test]
    public void Policies_are_taken_one_by_one()
    {
        var workflow = new WorkflowBuilder("w")
            .TaskDefaults(d => d.Retry(3, TimeSpan.FromSeconds(1)).Timeout(TimeSpan.FromSeconds(60)).SafeRerun())
            .Task("a", t => t.Timeout(TimeSpan.FromSeconds(5)))
            .Build();

        var policies = workflow.FindTask("a")!.Policies;
        ((ConstantExpression)policies.Timeout!).Value.Should().Be((JsonData)5);
        ((ConstantExpression)policies.Retry!.Count).Value.Should().Be((JsonData)3);
        ((ConstantExpression)policies.SafeRerun!).Value.Should().Be((JsonData)true);
    }

    private static IEnumerable<string> Targets(WorkflowDefinition workflow, string task) =>
        Enum.GetValues<RouteKind>().Select(kind => string.Join(' ', workflow.FindTask(task)!.Routes(kind).Select(r => r.Target)));
}
