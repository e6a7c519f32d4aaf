using System.Text.Json;
using System.Text.Json.Serialization;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

public sealed partial class TypedActionTests
{
    private static readonly JsonSerializerOptions Options = TypedValue.CreateOptions();

    [Test]
    public async Task Input_and_result_are_the_hosts_types_with_names_in_snake_case()
    {
        var action = Typed<Charge, Receipt>((charge, _, _) => Task.FromResult(new Receipt($"{charge.OrderId}/{charge.Amount}", Currency.SwissFranc)));

        var run = await new ActionBench().RunAsync(action, ActionBench.Input(("order_id", "A-17"), ("amount", 42.25m)));

        run.Result.Should().Be(ActionResult.Success(JsonData.Parse("""{"receipt_number": "A-17/42.25", "currency": "swiss_franc"}""")));
    }

    [Test]
    public void Parameters_without_a_default_must_be_given()
    {
        var action = Typed<Charge, Receipt>((_, _, _) => throw new InvalidOperationException());

        action.CheckInput(ActionBench.Input(("order_id", 1), ("amount", 2), ("note", 3))).Should().BeNull();
        action.CheckInput(ActionBench.Input(("order_id", 1), ("ammount", 2))).Should().Be(
            "The input of action 'test.action' is wrong: missing 'amount'; unexpected 'ammount'. It takes 'order_id', 'amount', 'note' (optional).");
    }

    [Test]
    public void Properties_are_optional_unless_they_are_required_and_those_that_cannot_be_set_are_none()
    {
        var action = Typed<Settings, int>((_, _, _) => Task.FromResult(1));

        action.CheckInput(JsonMap.Empty).Should().EndWith("missing 'must'. It takes 'must', 'may' (optional), 'other_name' (optional).");
    }

    [Test]
    public void Other_inputs_take_any_names()
    {
        Typed<Dictionary<string, int>, int>((_, _, _) => Task.FromResult(1)).CheckInput(ActionBench.Input(("x", 1))).Should().BeNull();
        Typed<JsonMap, int>((_, _, _) => Task.FromResult(1)).CheckInput(ActionBench.Input(("x", 1))).Should().BeNull();
        Typed<WithRest, int>((_, _, _) => Task.FromResult(1)).CheckInput(ActionBench.Input(("x", 1))).Should().BeNull();
    }

    [Test]
    public void Stated_parameter_names_go_before_those_of_the_type()
    {
        var action = Typed<Charge, int>((_, _, _) => Task.FromResult(1), new() { RequiredParameters = ["a"], OptionalParameters = ["b"] });

        action.CheckInput(ActionBench.Input(("b", 1), ("order_id", 1))).Should().Contain("missing 'a'; unexpected 'order_id'");
    }

    [Test]
    public void An_input_that_can_never_be_an_object_is_refused_at_once()
    {
        var ofText = () => Typed<string, int>((_, _, _) => Task.FromResult(1));
        var ofList = () => Typed<List<int>, int>((_, _, _) => Task.FromResult(1));

        ofText.Should().Throw<ArgumentException>().WithMessage("*System.String*object*");
        ofList.Should().Throw<ArgumentException>().WithMessage("*List*object*");
    }

    [Test]
    public async Task An_input_of_the_wrong_type_fails_the_action_with_its_place()
    {
        var action = Typed<Charge, Receipt>((_, _, _) => throw new InvalidOperationException());

        var run = await new ActionBench().RunAsync(action, ActionBench.Input(("order_id", "A"), ("amount", "much")));

        run.Result!.State.Should().Be(ExecutionState.Error);
        run.Result.Value.AsString().Should().Contain("cannot be read as").And.Contain("$.amount");
    }

    [Test]
    public async Task Source_generated_types_serve_where_reflection_must_not()
    {
        var action = ActionFactory.Typed<Ping, Pong>(
            "test.action",
            (ping, _, _) => Task.FromResult(new Pong(ping.Payload)),
            Generated.Default.Ping,
            Generated.Default.Pong);

        action.CheckInput(JsonMap.Empty).Should().Contain("missing 'payload'");
        var run = await new ActionBench().RunAsync(action, ActionBench.Input(("payload", JsonData.Parse("[1, 2.50]"))));
        run.Result.Should().Be(ActionResult.Success(JsonData.Parse("""{"payload": [1, 2.50]}""")));
    }

    [Test]
    public async Task Integers_of_any_size_pass_unchanged_through_json_members()
    {
        var big = JsonData.Parse("123456789012345678901234567890");
        var action = Typed<Ping, Ping>((ping, _, _) => Task.FromResult(ping));

        var run = await new ActionBench().RunAsync(action, ActionBench.Input(("payload", big)));

        run.Result!.Value["payload"].Should().Be(big);
    }

    [TestCase("""{"map": {"a": 1}, "list": [1]}""", true)]
    [TestCase("""{"map": [1], "list": [1]}""", false)]
    [TestCase("""{"map": {"a": 1}, "list": {}}""", false)]
    public async Task Members_can_be_json_of_one_kind(string input, bool isRight)
    {
        var action = Typed<Kinds, Kinds>((kinds, _, _) => Task.FromResult(kinds));
        var given = JsonData.Parse(input);

        var run = await new ActionBench().RunAsync(action, given.AsObject());

        run.Result!.State.Should().Be(isRight ? ExecutionState.Success : ExecutionState.Error);
        run.Result.Value.Equals(given).Should().Be(isRight);
    }

    [Test]
    public async Task An_inline_action_can_be_typed_too()
    {
        var action = ActionFactory.Inline<Charge, decimal>("test.action", charge => charge.Amount * 2, TypedValue.TypeInfo<Charge>(Options), TypedValue.TypeInfo<decimal>(Options));
        var input = ActionBench.Input(("order_id", "A"), ("amount", 2));

        action.ModeFor(input).Should().Be(ActionMode.Inline);
        new ActionBench().RunInline(action, input).Should().Be(ActionResult.Success(4));
        (await new ActionBench().RunAsync(action, input)).Result.Should().Be(ActionResult.Success(4));
    }

    private static ActionDescriptor Typed<TInput, TOutput>(Func<TInput, ActionContext, CancellationToken, Task<TOutput>> body, ActionOptions? options = null) =>
        ActionFactory.Typed("test.action", body, TypedValue.TypeInfo<TInput>(Options), TypedValue.TypeInfo<TOutput>(Options), options);

    private enum Currency
    {
        Euro,
        SwissFranc,
    }

    private sealed record Charge(string OrderId, decimal Amount, string? Note = null);

    private sealed record Receipt(string ReceiptNumber, Currency Currency);

    private sealed class Settings
    {
        public required int Must { get; init; }

        public int May { get; set; }

        [JsonPropertyName("other_name")]
        public int Renamed { get; set; }

        public int Computed => May + 1;

        [JsonIgnore]
        public int Ignored { get; set; }
    }

    private sealed class WithRest
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement> Rest { get; } = [];
    }

    private sealed record Kinds(JsonMap Map, JsonList List);

    internal sealed record Ping(JsonData Payload);

    internal sealed record Pong(JsonData Payload);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Ping))]
    [JsonSerializable(typeof(Pong))]
    internal sealed partial class Generated : JsonSerializerContext;
}
