using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

public sealed class AdHocActionTests
{
    private static readonly AdHocActionDefinition Concatenate = new()
    {
        Name = "concat",
        Base = "std.echo",
        Input = [new("left", "a"), new("right")],
        BaseInput = new MapExpression([new("output", new DelegateExpression("delegate", c => $"{Text(c, "left")}{Text(c, "right")}"))]),
        Output = new DelegateExpression("delegate", c => $"<{Root(c).AsString()}>"),
    };

    [Test]
    public void Only_its_own_parameters_are_taken_and_those_with_a_default_may_be_missing()
    {
        var action = Resolve("concat", Concatenate);

        action.CheckInput(ActionBench.Input(("right", "b"))).Should().BeNull();
        action.CheckInput(ActionBench.Input(("left", "b"), ("rigth", "c"))).Should().Be(
            "The input of action 'concat' is wrong: missing 'right'; unexpected 'rigth'. It takes 'right', 'left' (optional).");
    }

    [Test]
    public void Its_execution_shows_the_defaults_of_what_was_not_given()
    {
        var action = Resolve("concat", Concatenate);

        action.FillDefaults(ActionBench.Input(("right", "b"))).Should().Equal(ActionBench.Input(("right", "b"), ("left", "a")));
        action.FillDefaults(ActionBench.Input(("left", JsonData.Null), ("right", "b")))["left"].Should().Be(JsonData.Null);
    }

    [Test]
    public void The_base_runs_on_the_base_input_and_its_result_is_transformed()
    {
        var action = Resolve("concat", Concatenate);

        var input = action.PrepareInput(ActionBench.Input(("right", "b")), Scope);
        var result = action.TransformResult(new ActionBench().RunInline(action, input), Scope);

        input.Should().Equal(ActionBench.Input(("output", "ab")));
        result.Should().Be(ActionResult.Success("<ab>"));
    }

    [Test]
    public void An_ad_hoc_action_can_be_made_of_another_one()
    {
        var nested = new AdHocActionDefinition
        {
            Name = "nested",
            Base = "concat",
            Input = [new("middle")],
            BaseInput = new MapExpression([new("right", new DelegateExpression("delegate", c => $"-{Text(c, "middle")}-"))]),
            Output = new MapExpression([new("inside", new DelegateExpression("delegate", Root))]),
        };
        var action = Resolve("nested", Concatenate, nested);

        var input = action.PrepareInput(ActionBench.Input(("middle", "m")), Scope);
        var result = action.TransformResult(new ActionBench().RunInline(action, input), Scope);

        action.Body.Name.Should().Be("std.echo");
        input.Should().Equal(ActionBench.Input(("output", "a-m-")));
        result.Value.Should().Be((JsonData)ActionBench.Input(("inside", "<a-m->")));
    }

    [Test]
    public void It_runs_and_is_rerun_as_its_base_on_the_base_input()
    {
        var waiting = Resolve("wait", new AdHocActionDefinition { Name = "wait", Base = "std.async_noop", Input = [new("whatever")] });
        var echo = Resolve("concat", Concatenate);

        waiting.ModeFor(JsonMap.Empty).Should().Be(ActionMode.Outside);
        echo.ModeFor(ActionBench.Input(("output", 1))).Should().Be(ActionMode.Inline);
        echo.ModeFor(ActionBench.Input(("output", 1), ("delay", 2))).Should().Be(ActionMode.Body);
        echo.IsSafeToRerun(ActionBench.Input(("output", 1))).Should().BeTrue();
    }

    [Test]
    public void Without_a_base_input_the_base_gets_none()
    {
        var action = Resolve("wait", new AdHocActionDefinition { Name = "wait", Base = "std.async_noop", Input = [new("whatever")] });

        action.PrepareInput(ActionBench.Input(("whatever", 1)), Scope).Should().BeEmpty();
    }

    [Test]
    public void The_result_of_a_failed_base_is_left_as_it_is()
    {
        var action = Resolve("concat", Concatenate);
        var failed = ActionResult.Error("no");

        action.TransformResult(failed, Scope).Should().BeSameAs(failed);
    }

    [Test]
    public void An_output_expression_is_not_evaluated_over_an_empty_result()
    {
        var action = Resolve("content", new AdHocActionDefinition { Name = "content", Base = "std.async_noop", Output = new TextExpression() });

        foreach (var nothing in new[] { JsonData.Null, false, 0, 0.0, "", JsonData.EmptyArray, JsonData.EmptyObject })
        {
            action.TransformResult(ActionResult.Success(nothing), Scope).Value.Should().Be((JsonData)"<% $.content %>");
        }

        action.TransformResult(ActionResult.Success("full"), Scope).Value.Should().Be((JsonData)"evaluated");
    }

    [Test]
    public void In_a_workbook_the_base_is_looked_up_in_the_workbook_first()
    {
        var inWorkbook = new AdHocActionDefinition { Name = "book.greet", Workbook = "book", Base = "hello" };
        var hello = new AdHocActionDefinition { Name = "hello", Base = "std.noop" };

        Resolve("book.greet", inWorkbook, hello).Body.Name.Should().Be("std.noop");
        Resolve("book.greet", inWorkbook, hello, hello with { Name = "book.hello", Workbook = "book", Base = "std.fail" }).Body.Name.Should().Be("std.fail");
    }

    [Test]
    public void In_a_workbook_an_action_can_have_the_name_of_its_base()
    {
        var inWorkbook = new AdHocActionDefinition { Name = "book.hello", Workbook = "book", Base = "hello" };
        var hello = new AdHocActionDefinition { Name = "hello", Base = "std.noop" };

        Resolve("book.hello", inWorkbook, hello).Body.Name.Should().Be("std.noop");
    }

    [Test]
    public void A_missing_base_is_named_when_the_action_is_to_run()
    {
        var missing = new AdHocActionDefinition { Name = "missing_base", Base = "wrong", Input = [new("some_input")] };
        var nested = new AdHocActionDefinition { Name = "nested", Base = "missing_base", Input = [new("some_input")] };
        var action = Resolve("nested", missing, nested);

        var prepare = () => action.PrepareInput(ActionBench.Input(("some_input", 1)), Scope);

        action.CheckInput(JsonMap.Empty).Should().Contain("missing 'some_input'");
        prepare.Should().Throw<DefinitionException>().WithMessage("*'missing_base' can never run*base action 'wrong' is not known*");
    }

    [Test]
    public void A_chain_of_bases_that_comes_back_to_itself_is_named()
    {
        var loop = new AdHocActionDefinition { Name = "loop", Base = "loop" };
        var before = new AdHocActionDefinition { Name = "before", Base = "loop" };

        foreach (var name in new[] { "loop", "before" })
        {
            var prepare = () => Resolve(name, loop, before).PrepareInput(JsonMap.Empty, Scope);
            prepare.Should().Throw<DefinitionException>().WithMessage($"*'{name}' can never run*comes back to 'loop'*");
        }
    }

    [Test]
    public void A_base_input_that_the_base_does_not_take_is_refused()
    {
        var surplus = new AdHocActionDefinition { Name = "a", Base = "std.noop", BaseInput = new ConstantExpression(ActionBench.Input(("x", 1))) };
        var noObject = new AdHocActionDefinition { Name = "a", Base = "std.noop", BaseInput = new ConstantExpression(3) };

        var prepareSurplus = () => Resolve("a", surplus).PrepareInput(JsonMap.Empty, Scope);
        var prepareNoObject = () => Resolve("a", noObject).PrepareInput(JsonMap.Empty, Scope);

        prepareSurplus.Should().Throw<DefinitionException>().WithMessage("*'a' cannot run its base: The input of action 'std.noop' is wrong: unexpected 'x'*");
        prepareNoObject.Should().Throw<DefinitionException>().WithMessage("*base-input of the ad-hoc action 'a' gave Integer*");
    }

    private static RunnableAction Resolve(string name, params AdHocActionDefinition[] definitions) =>
        ActionRegistry.Of(StandardActions.All).With(definitions).Find(name, "")!;

    private static RootContext Scope(JsonData root) => new(root);

    private static JsonData Root(IExpressionContext context) => ((RootContext)context).Root;

    private static string Text(IExpressionContext context, string name) => context.TryGetVariable(name, out var value) ? value.AsString() : "?";

    private sealed class TextExpression : IExpression
    {
        public string Text => "<% $.content %>";

        public JsonData Evaluate(IExpressionContext context) => "evaluated";
    }

    private sealed record RootContext(JsonData Root) : IExpressionContext
    {
        public IEnumerable<string> VariableNames => Root.Kind == JsonKind.Object ? Root.AsObject().Keys : [];

        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public JsonData Environment => JsonData.EmptyObject;

        public bool TryGetVariable(string name, out JsonData value)
        {
            value = default;
            return Root.Kind == JsonKind.Object && Root.AsObject().TryGetValue(name, out value);
        }

        public JsonData Execution() => default;

        public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) => default;

        public JsonData Task(string? name) => default;

        public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) => default;

        public JsonData Globals() => default;

        public Guid NewId() => default;
    }
}
