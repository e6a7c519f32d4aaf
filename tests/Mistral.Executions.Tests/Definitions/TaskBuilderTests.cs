namespace Mistral.Executions.Tests.Definitions;

public sealed class TaskBuilderTests
{
    private static readonly IExpressionContext Context = new ExpressionContextStub(
        JsonMap.Create(("name", "dynamic"), ("seconds", 90), ("count", 4), ("yes", true), ("lines", JsonList.Create(1, 2))));

    [Test]
    public void An_action_or_workflow_is_named_by_a_constant_or_a_delegate()
    {
        Value(Build(t => t.Action("a")).Action).Should().Be((JsonData)"a");
        Value(Build(t => t.Action(c => c["name"].AsString())).Action).Should().Be((JsonData)"dynamic");
        var nested = Build(t => t.Workflow("w"));
        Value(nested.Workflow).Should().Be((JsonData)"w");
        nested.Action.Should().BeNull();
        Value(Build(t => t.Workflow(c => c["name"].AsString())).Workflow).Should().Be((JsonData)"dynamic");
    }

    [Test]
    public void Input_is_an_object_constant_or_computed()
    {
        const string Expected = """{"order_id":1}""";

        Value(Build(t => t.Input(new { OrderId = 1 })).Input).ToString().Should().Be(Expected);
        Value(Build(t => t.Input(JsonMap.Create(("order_id", 1)))).Input).ToString().Should().Be(Expected);
        Value(Build(t => t.Input(_ => new { OrderId = 1 })).Input).ToString().Should().Be(Expected);
        Value(Build(t => t.Input(_ => JsonMap.Create(("order_id", 1)))).Input).ToString().Should().Be(Expected);
    }

    [Test]
    public void Items_come_from_JSON_or_from_any_collection()
    {
        var task = Build(t => t.WithItems("line", c => c["lines"]).WithItems("factor", _ => new[] { 10, 20 }));

        task.WithItems.Select(i => i.Name).Should().Equal("line", "factor");
        task.WithItems.Select(i => Value(i.Collection).ToString()).Should().Equal("[1,2]", "[10,20]");
    }

    [Test]
    public void What_is_published_depends_on_how_the_task_ended()
    {
        var task = Build(t => t
            .Publish("a", "success")
            .Publish("b", c => c["count"], RouteKind.OnError)
            .Publish("c", _ => new { X = 1 }, RouteKind.OnSkip)
            .PublishGlobal("d", "global")
            .PublishGlobal("e", c => c["count"], RouteKind.OnError)
            .PublishGlobal("f", _ => new { X = 1 }, RouteKind.OnSkip));

        Value(task.PublishOnSuccess!.Branch).ToString().Should().Be("""{"a":"success"}""");
        Value(task.PublishOnError!.Branch).ToString().Should().Be("""{"b":4}""");
        Value(task.PublishOnSkip!.Branch).ToString().Should().Be("""{"c":{"x":1}}""");
        Value(task.PublishOnSuccess.Global).ToString().Should().Be("""{"d":"global"}""");
        Value(task.PublishOnError.Global).ToString().Should().Be("""{"e":4}""");
        Value(task.PublishOnSkip.Global).ToString().Should().Be("""{"f":{"x":1}}""");
    }

    [Test]
    public void What_is_published_on_complete_is_published_at_every_end_and_wins()
    {
        var task = Build(t => t.Publish("x", "always", RouteKind.OnComplete).Publish("x", "success").Publish("y", "success"));

        Value(task.PublishOnSuccess!.Branch).ToString().Should().Be("""{"x":"always","y":"success"}""");
        Value(task.PublishOnError!.Branch).ToString().Should().Be("""{"x":"always"}""");
        Value(task.PublishOnSkip!.Branch).ToString().Should().Be("""{"x":"always"}""");
        task.PublishOnSuccess.Global.Should().BeNull();
    }

    [Test]
    public void A_kind_of_route_that_does_not_exist_is_refused() =>
        FluentActions.Invoking(() => Build(t => t.Publish("x", 1, (RouteKind)9))).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Routes_of_each_kind_keep_their_order_and_guards()
    {
        var task = Build(t => t
            .OnSuccess("a", "b").OnSuccess("a", c => c["yes"] == true).OnSuccess(Routes.Noop(), Routes.To("b"))
            .OnError("a", "b").OnError("a", c => c["yes"] == true).OnError(Routes.Noop(), Routes.To("b"))
            .OnComplete("a", "b").OnComplete("a", c => c["yes"] == true).OnComplete(Routes.Noop(), Routes.To("b"))
            .OnSkip("a", "b").OnSkip("a", c => c["yes"] == true).OnSkip(Routes.Noop(), Routes.To("b")));

        foreach (var kind in Enum.GetValues<RouteKind>())
        {
            task.Routes(kind).Select(r => r.Target).Should().Equal("a", "b", "a", "noop", "b");
            task.Routes(kind).Select(r => r.Guard is null).Should().Equal(true, true, false, true, true);
            Value(task.Routes(kind)[2].Guard).Should().Be((JsonData)true);
        }
    }

    [Test]
    public void Engine_commands_carry_a_message_and_a_guard()
    {
        RouteDefinition[] routes =
        [
            Routes.Fail(), Routes.Fail("m"), Routes.Fail(c => c["name"].AsString(), when: c => c["count"] > 3),
            Routes.Succeed(), Routes.Succeed("m"), Routes.Succeed(c => c["name"].AsString(), when: c => c["count"] > 3),
            Routes.Pause(), Routes.Pause("m"), Routes.Pause(c => c["name"].AsString(), when: c => c["count"] > 3),
            Routes.Noop(when: c => c["count"] > 3),
        ];

        routes.Select(r => r.Target).Should().Equal("fail", "fail", "fail", "succeed", "succeed", "succeed", "pause", "pause", "pause", "noop");
        routes.Select(r => r.Message is null ? null : Value(r.Message).AsString()).Should().Equal(null, "m", "dynamic", null, "m", "dynamic", null, "m", "dynamic", null);
        routes.Where(r => r.Guard is not null).Select(r => Value(r.Guard)).Should().Equal(true, true, true, true);
    }

    [Test]
    public void Joins_are_all_one_or_a_number()
    {
        Joined(t => t.JoinAll()).Should().Be(JoinCondition.All);
        Joined(t => t.JoinOne()).Should().Be(JoinCondition.One);
        Joined(t => t.Join(2)).Should().Be(new JoinCondition(2));

        static JoinCondition? Joined(Action<TaskBuilder> join) => new WorkflowBuilder("w")
            .Task("a", t => t.OnSuccess("j"))
            .Task("b", t => t.OnSuccess("j"))
            .Task("j", join)
            .Build().FindTask("j")!.Join;
    }

    [Test]
    public void Policies_take_constants()
    {
        var policies = Build(t => t
            .PauseBefore()
            .WaitBefore(TimeSpan.FromMinutes(1))
            .WaitAfter(TimeSpan.FromMilliseconds(250))
            .Timeout(TimeSpan.FromHours(1))
            .Concurrency(3)
            .SafeRerun(false)
            .Retry(3, TimeSpan.FromSeconds(10), new RetryBackoff(2, TimeSpan.FromMinutes(5), 0.1), breakOn: c => c["yes"] == true, continueOn: c => c["yes"] == false)).Policies;

        Value(policies.PauseBefore).Should().Be((JsonData)true);
        Value(policies.WaitBefore).Should().Be((JsonData)60);
        Value(policies.WaitAfter).Should().Be((JsonData)0.25);
        Value(policies.Timeout).Should().Be((JsonData)3600);
        Value(policies.Concurrency).Should().Be((JsonData)3);
        Value(policies.SafeRerun).Should().Be((JsonData)false);
        var retry = policies.Retry!;
        Value(retry.Count).Should().Be((JsonData)3);
        Value(retry.Delay).Should().Be((JsonData)10);
        Value(retry.BreakOn).Should().Be((JsonData)true);
        Value(retry.ContinueOn).Should().Be((JsonData)false);
        retry.Backoff.Should().Be(new RetryBackoff(2, TimeSpan.FromMinutes(5), 0.1));
    }

    [Test]
    public void Policies_take_delegates()
    {
        var policies = Build(t => t
            .PauseBefore(c => c["yes"] == true)
            .WaitBefore(c => TimeSpan.FromSeconds(c.Get<int>("seconds")))
            .WaitAfter(c => TimeSpan.FromSeconds(c.Get<int>("seconds")))
            .Timeout(c => TimeSpan.FromSeconds(c.Get<int>("seconds")))
            .FailOn(c => c["count"] > 3)
            .Concurrency(c => c.Get<int>("count"))
            .SafeRerun(c => c["yes"] == true)
            .Retry(c => c.Get<int>("count"), c => TimeSpan.FromSeconds(c.Get<int>("seconds")))).Policies;

        new[] { policies.PauseBefore, policies.FailOn, policies.SafeRerun }.Select(Value).Should().AllBeEquivalentTo((JsonData)true);
        new[] { policies.WaitBefore, policies.WaitAfter, policies.Timeout, policies.Retry!.Delay }.Select(Value).Should().AllBeEquivalentTo((JsonData)90);
        new[] { policies.Concurrency, policies.Retry.Count }.Select(Value).Should().AllBeEquivalentTo((JsonData)4);
        policies.Retry.BreakOn.Should().BeNull();
        policies.Retry.ContinueOn.Should().BeNull();
        policies.Retry.Backoff.Should().BeNull();
    }

    [Test]
    public void The_rest_of_a_task_is_kept()
    {
        var task = Build(t => t.Description("Ships.").Tags("a").Tags("b", "c").Target("slow").KeepResult(false));

        task.Description.Should().Be("Ships.");
        task.Tags.Should().Equal("a", "b", "c");
        Value(task.Target).Should().Be((JsonData)"slow");
        Value(task.KeepResult).Should().Be((JsonData)false);
        Value(Build(t => t.Target(c => c["name"].AsString())).Target).Should().Be((JsonData)"dynamic");
        Value(Build(t => t.KeepResult(c => c["yes"] == true)).KeepResult).Should().Be((JsonData)true);
    }

    [Test]
    public void The_specification_says_the_task_in_the_words_of_the_language() =>
        Build(t => t.Action(c => "x").WithItems("i", c => c["lines"]).OnSuccess("a").OnSuccess("b", c => true)).Specification.ToString().Should()
            .Be("""{"name":"t","action":"C# delegate","with-items":["i"],"on-success":["a",{"b":"C# delegate"}]}""");

    private static TaskDefinition Build(Action<TaskBuilder> configure) =>
        new WorkflowBuilder("w").Task("t", configure).Task("a").Task("b").Build().FindTask("t")!;

    private static JsonData Value(IExpression? expression) => expression!.Evaluate(Context);
}
