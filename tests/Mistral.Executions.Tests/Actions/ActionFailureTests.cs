using System.Text.Json;
using Mistral.Executions.Actions;

namespace Mistral.Executions.Tests.Actions;

public sealed class ActionFailureTests
{
    private static readonly JsonSerializerOptions Options = TypedValue.CreateOptions();

    [Test]
    public async Task An_action_that_says_why_it_failed_ends_in_error_with_that_text()
    {
        (await ResultOf(_ => throw new ActionFailedException("no money"))).Should().Be(ActionResult.Error(ActionBench.Raised("no money")));
    }

    [Test]
    public async Task The_data_of_a_failure_become_the_result()
    {
        var data = JsonData.Parse("""{"code": 402}""");

        (await ResultOf(_ => throw new ActionFailedException("no money", data))).Should().Be(ActionResult.Error(data));
    }

    [Test]
    public async Task Any_other_exception_is_named_with_its_type_and_message()
    {
        (await ResultOf(_ => throw new InvalidOperationException("broken"))).Should().Be(
            ActionResult.Error(ActionBench.Raised("InvalidOperationException: broken")));
    }

    [Test]
    public async Task An_exception_before_the_first_await_is_one_like_any_other()
    {
        var action = ActionFactory.Untyped("test.action", (_, _, _) => throw new InvalidOperationException("early"));

        (await new ActionBench().RunAsync(action)).Result.Should().Be(ActionResult.Error(ActionBench.Raised("InvalidOperationException: early")));
    }

    [Test]
    public async Task The_text_of_a_failure_is_cut_where_nobody_would_read_on()
    {
        var result = await ResultOf(_ => throw new ActionFailedException(new string('x', 1_000_000)));

        result.Value.AsString().Should().HaveLength((64 * 1024) + "...".Length + ActionBench.Raised("").AsString().Length);
    }

    [Test]
    public async Task A_cycle_is_no_json()
    {
        var node = new Node();
        node.Next = node;

        (await TypedResultOf(node)).Value.AsString().Should().Contain("cannot be written as JSON").And.Contain("cycle");
    }

    [Test]
    public async Task Not_a_number_is_no_json()
    {
        (await TypedResultOf(double.NaN)).Value.AsString().Should().Contain("cannot be written as JSON");
        (await ResultOf(_ => double.PositiveInfinity)).Value.AsString().Should().Contain("which JSON does not have");
        (await ResultOf(_ => JsonList.Create(1, double.NaN))).Value.AsString().Should().Contain("NaN, which JSON does not have");
    }

    [Test]
    public async Task A_float_beyond_what_a_double_can_hold_is_json_nevertheless()
    {
        var huge = JsonData.Parse("1e400");

        (await ResultOf(_ => huge)).Should().Be(ActionResult.Success(huge));
    }

    [Test]
    public async Task A_type_that_cannot_be_serialized_is_named()
    {
        (await TypedResultOf<object>(typeof(string))).Value.AsString().Should().Contain("cannot be written as JSON").And.Contain("Type");
        (await TypedResultOf<Action>(() => { })).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task A_result_over_the_limit_is_refused_with_size_and_limit()
    {
        var text = new string('x', 100);

        (await ResultOf(_ => text, outputBytes: 102)).Should().Be(ActionResult.Success(text));
        (await ResultOf(_ => text, outputBytes: 101)).Value.AsString().Should().Contain("102 bytes of JSON").And.Contain("is 101 bytes");
    }

    [Test]
    public async Task A_typed_result_over_the_limit_is_refused_before_all_of_it_is_written()
    {
        static IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return 1;
            }
        }

        (await TypedResultOf(Endless(), outputBytes: 1000)).Value.AsString().Should().Contain("more than").And.Contain("is 1000 bytes");
        (await TypedResultOf(new string('x', 98), outputBytes: 100)).State.Should().Be(ExecutionState.Success);
        (await TypedResultOf(new string('x', 99), outputBytes: 100)).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task A_result_that_nests_too_deep_is_refused_with_the_limit()
    {
        static JsonData Nested(int depth) => Enumerable.Range(0, depth).Aggregate((JsonData)1, (inner, _) => JsonList.Create(inner));

        (await ResultOf(_ => Nested(256))).State.Should().Be(ExecutionState.Success);
        (await ResultOf(_ => Nested(257))).Value.AsString().Should().Contain("deeper than 256 levels");
        (await ResultOf(_ => Nested(100_000))).Value.AsString().Should().Contain("deeper than 256 levels");
        (await ResultOf(_ => throw new ActionFailedException("deep", Nested(257)))).Value.AsString().Should().Contain("deeper than 256 levels");
    }

    [Test]
    public void An_inline_action_fails_in_the_same_way()
    {
        var action = ActionFactory.Inline("test.action", _ => throw new InvalidOperationException("broken"));

        new ActionBench().RunInline(action).Should().Be(ActionResult.Error(ActionBench.Raised("InvalidOperationException: broken")));
    }

    private static async Task<ActionResult> ResultOf(Func<JsonMap, JsonData> body, int outputBytes = ActionRunner.DefaultOutputBytes)
    {
        var action = ActionFactory.Untyped("test.action", async (input, _, _) =>
        {
            await Task.Yield();
            return body(input);
        });
        return (await new ActionBench { OutputBytes = outputBytes }.RunAsync(action)).Result!;
    }

    private static async Task<ActionResult> TypedResultOf<T>(T value, int outputBytes = ActionRunner.DefaultOutputBytes)
    {
        var action = ActionFactory.Typed<JsonMap, T>(
            "test.action",
            (_, _, _) => Task.FromResult(value),
            TypedValue.TypeInfo<JsonMap>(Options),
            TypedValue.TypeInfo<T>(Options));
        return (await new ActionBench { OutputBytes = outputBytes }.RunAsync(action)).Result!;
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }
}
