namespace Mistral.Executions.Tests.Definitions;

public sealed class WorkflowBuilderTests
{
    private static readonly IExpressionContext Context = new ExpressionContextStub(
        JsonMap.Create(("order_id", "A-17"), ("amount", 120.5m), ("lines", JsonList.Create(1, 2))),
        JsonMap.Create(("", JsonMap.Create(("result", JsonMap.Create(("id", "R1")))))));

    [Test]
    public void The_example_of_the_documentation_builds()
    {
        var order = new WorkflowBuilder("order")
            .Input("order_id")
            .Input("amount", 0)
            .Task("charge", t => t
                .Action("payments.charge")
                .Input(c => new { order_id = c["order_id"], amount = c["amount"] })
                .Publish("receipt", c => c.Result())
                .Retry(3, TimeSpan.FromSeconds(10))
                .OnSuccess("ship", when: c => c["amount"] > 0)
                .OnError(Routes.Fail("No money.")))
            .Task("ship", t => t.Action("parcels.send"))
            .Output("receipt", c => c["receipt"])
            .Build();

        order.Name.Should().Be("order");
        order.Type.Should().Be(WorkflowType.Direct);
        order.Input.Should().Equal(new InputParameter("order_id"), new InputParameter("amount", 0));
        order.Tasks.Select(t => t.Name).Should().Equal("charge", "ship");
        order.Output!.Evaluate(new ExpressionContextStub(JsonMap.Create(("receipt", "R1")))).ToString().Should().Be("""{"receipt":"R1"}""");
        var charge = order.FindTask("charge")!;
        Value(charge.Action).Should().Be((JsonData)"payments.charge");
        Value(charge.Input).ToString().Should().Be("""{"order_id":"A-17","amount":120.5}""");
        Value(charge.PublishOnSuccess!.Branch).ToString().Should().Be("""{"receipt":{"id":"R1"}}""");
        Value(charge.Policies.Retry!.Count).Should().Be((JsonData)3);
        Value(charge.Policies.Retry.Delay).Should().Be((JsonData)10);
        Value(charge.OnSuccess.Should().ContainSingle().Subject.Guard).Should().Be((JsonData)true);
        Value(charge.OnError.Should().ContainSingle().Subject.Message).Should().Be((JsonData)"No money.");
    }

    [Test]
    public void A_workflow_carries_all_that_was_said_of_it()
    {
        var workflow = new WorkflowBuilder("w")
            .Namespace("shop")
            .Description("Sells.")
            .Tags("a", "b")
            .Tags("c")
            .Variable("constant", 1)
            .Variable("json", c => c["order_id"])
            .Variable("object", c => new { Twice = 2 })
            .Output("constant", "x")
            .Output("json", c => c["amount"])
            .Output("object", c => new[] { 1, 2 })
            .OutputOnError("constant", true)
            .OutputOnError("json", c => c["order_id"])
            .OutputOnError("object", c => TimeSpan.FromSeconds(1))
            .Task("t")
            .Build();

        workflow.Namespace.Should().Be("shop");
        workflow.Description.Should().Be("Sells.");
        workflow.Tags.Should().Equal("a", "b", "c");
        workflow.Content.VariableNames.Should().Equal("constant", "json", "object");
        Value(workflow.Variables).ToString().Should().Be("""{"constant":1,"json":"A-17","object":{"twice":2}}""");
        Value(workflow.Output).ToString().Should().Be("""{"constant":"x","json":120.5,"object":[1,2]}""");
        Value(workflow.OutputOnError).ToString().Should().Be("""{"constant":true,"json":"A-17","object":"00:00:01"}""");
    }

    [Test]
    public void A_workflow_of_which_little_is_said_has_no_expressions()
    {
        var workflow = new WorkflowBuilder("w").Task("t").Build();

        workflow.Variables.Should().BeNull();
        workflow.Output.Should().BeNull();
        workflow.OutputOnError.Should().BeNull();
        var task = workflow.Tasks.Should().ContainSingle().Subject;
        Value(task.Action).Should().Be((JsonData)"std.noop");
        task.Should().Match<TaskDefinition>(t =>
            t.Workflow == null && t.Input == null && t.PublishOnSuccess == null && t.PublishOnError == null && t.PublishOnSkip == null &&
            t.Join == null && t.Target == null && t.KeepResult == null);
        task.Policies.Should().Be(TaskPolicies.None);
    }

    [Test]
    public void A_name_given_twice_to_a_variable_counts_as_said_last() =>
        Value(new WorkflowBuilder("w").Variable("x", 1).Variable("y", 2).Variable("x", 3).Task("t").Build().Variables).ToString().Should().Be("""{"x":3,"y":2}""");

    [Test]
    public void All_faults_are_reported_at_once()
    {
        var builder = new WorkflowBuilder("order")
            .Task("charge", t => t.OnSuccess("shipp").WaitBefore(TimeSpan.FromSeconds(-1)).Workflow("w").Action("a"))
            .Task("ship", t => t.JoinAll())
            .Task("ship");

        var faults = builder.Invoking(b => b.Build()).Should().Throw<DefinitionException>().Which.Faults;

        faults.Should().HaveCount(5).And.OnlyContain(f => f.Workflow == "order");
        faults.Select(f => f.Task).Should().Equal("charge", "charge", "charge", "ship", "ship");
        faults.Select(f => f.Attribute).Should().Equal("action", "wait-before", "on-success[0]", "join", null);
    }

    [Test]
    public void A_builder_can_build_several_times_and_go_on_between()
    {
        var builder = new WorkflowBuilder("w").Task("a");
        var first = builder.Build();
        var second = builder.Task("b").Build();

        first.Tasks.Should().HaveCount(1);
        second.Tasks.Should().HaveCount(2);
    }

    [Test]
    public void A_reverse_workflow_says_which_tasks_it_requires()
    {
        var workflow = new WorkflowBuilder("w").Reverse().Task("a").Task("b", t => t.Requires("a")).Build();

        workflow.Type.Should().Be(WorkflowType.Reverse);
        workflow.FindTask("b")!.Requires.Should().Equal("a");
    }

    [Test]
    public void A_null_is_refused_at_once()
    {
        var builder = new WorkflowBuilder("w");

        FluentActions.Invoking(() => new WorkflowBuilder(null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Input(null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Task(null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Variable(null!, 1)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Variable("x", (Func<IExpressionContext, JsonData>)null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Variable("x", (Func<IExpressionContext, object?>)null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.TaskDefaults(null!)).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Task("t", t => t.OnSuccess((string)null!))).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Task("t", t => t.OnSuccess("x", when: null!))).Should().Throw<ArgumentNullException>();
        builder.Invoking(b => b.Task("t", t => t.OnSuccess((RouteDefinition)null!))).Should().Throw<ArgumentNullException>();
    }

    private static JsonData Value(IExpression? expression) => expression!.Evaluate(Context);
}
