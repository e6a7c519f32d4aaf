using Mistral.Executions.Language.Jinja;

namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Mistral's functions.</summary>
internal sealed class FunctionTests
{
    [TestCase("{{ env().host }}", "\"vm1\"")]
    [TestCase("{{ _|env }}", """{"host":"vm1"}""")]
    [TestCase("{{ __env.host }}", "\"vm1\"")]
    [TestCase("{{ execution().id }}", "\"e1\"")]
    [TestCase("{{ executions('i', state='ERROR') }}", """["i/ERROR"]""")]
    [TestCase("{{ task().name }}", "\"this\"")]
    [TestCase("{{ _|task('t')|length }}", "1")]
    [TestCase("{{ tasks(recursive=true, state='SUCCESS') }}", """["/True/SUCCESS/False"]""")]
    [TestCase("{{ global('g') }}", "7")]
    [TestCase("{{ uuid() }}", "\"00000000-0000-0000-0000-000000000001\"")]
    [TestCase("{{ json_parse('[1, 2.0]') }}", "[1,2.0]")]
    [TestCase("{{ json_dump([1]) }}", "\"[\\n    1\\n]\"")]
    [TestCase("{{ yaml_parse('a: [yes, 010]') }}", """{"a":[true,8]}""")]
    [TestCase("{{ yaml_dump({'b': ['1'], 'a': none}) }}", "\"a: null\\nb:\\n- '1'\\n\"")]
    public void A_function_asks_the_context(string text, string json) => Texts.Json(text).Should().Be(json);

    [TestCase("{{ [1]|json_dump }}")]
    [TestCase("{{ env(1) }}")]
    [TestCase("{{ tasks(nope=1) }}")]
    public void A_function_is_refused_arguments_that_it_does_not_have(string text) => Texts.Failure(text);

    [TestCase("{{ yaml_parse('a: [') }}", "YAML")]
    [TestCase("{{ json_parse('{') }}", "JSON")]
    public void A_text_that_cannot_be_parsed_says_why(string text, string reason) => Texts.Failure(text).Reason.Should().Contain(reason);

    [Test]
    public void Anchors_are_plain_text_so_that_nothing_can_be_multiplied() =>
        Texts.Json("{{ yaml_parse('[&a x, *a]') }}").Should().Be("""["&a x","*a"]""");

    [Test]
    public void What_the_context_throws_passes_through()
    {
        Action evaluate = () => JinjaExpression.Parse("{{ task('t') }}").Evaluate(new AskingContext());

        evaluate.Should().Throw<NotSupportedException>().WithMessage("fetch t");
    }

    private sealed class AskingContext : IExpressionContext
    {
        public IEnumerable<string> VariableNames => [];

        public DateTimeOffset Now => default;

        public JsonData Environment => default;

        public bool TryGetVariable(string name, out JsonData value)
        {
            value = default;
            return false;
        }

        public JsonData Execution() => throw new NotSupportedException();

        public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime) =>
            throw new NotSupportedException();

        public JsonData Task(string? name) => throw new NotSupportedException($"fetch {name}");

        public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat) => throw new NotSupportedException();

        public JsonData Globals() => throw new NotSupportedException();

        public Guid NewId() => throw new NotSupportedException();
    }
}
