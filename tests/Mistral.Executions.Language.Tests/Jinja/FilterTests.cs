namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Arguments of filters that are looked at only where they matter, and those that are refused.</summary>
internal sealed class FilterTests
{
    [TestCase("{{ {'a': [1]}|tojson('-') }}", "{\n-\"a\": [\n--1\n-]\n}")]
    [TestCase("{{ 'x'|tojson({}) }}", "\"x\"")]
    [TestCase("{{ 'short'|truncate(9, end=[]) }}", "short")]
    [TestCase("{{ 'no link'|urlize('x') }}", "no link")]
    [TestCase("{{ 'aa.com'|urlize(target=0) }}", "<a href=\"https://aa.com\" rel=\"noopener\">aa.com</a>")]
    [TestCase("{{ '\u007f'|tojson }}", "\"\\u007f\"")]
    public void What_is_not_needed_is_not_looked_at(string text, string result) => Texts.Evaluate(text).AsString().Should().Be(result);

    [TestCase("{{ {'a': 1}|tojson({}) }}")]
    [TestCase("{{ 'a long text'|truncate(5, end=[]) }}")]
    [TestCase("{{ 'aa.com'|urlize('x') }}")]
    [TestCase("{{ [2, 1]|sort(1.5) }}")]
    [TestCase("{{ [2, 1]|sort(reverse=none) }}")]
    [TestCase("{{ {'a': 1}|dictsort(reverse='x') }}")]
    [TestCase("{{ {'a': 1}|attr(5) }}")]
    [TestCase("{{ {'a b': 1}|xmlattr }}")]
    [TestCase("{{ {'a>': 1}|xmlattr }}")]
    [TestCase("{{ {5: 1}|xmlattr }}")]
    [TestCase("{{ '%(a)s %s' % {'a': 1} }}")]
    public void What_is_needed_must_be_of_its_kind(string text) => Texts.Failure(text);

    [TestCase("{{ '%s %(a)s' % {'a': 1} }}", "{'a': 1} 1")]
    [TestCase("{{ {'a b': none, 'c': 1}|xmlattr }}", " c=\"1\"")]
    public void What_is_left_out_is_not_refused(string text, string result) => Texts.Evaluate(text).AsString().Should().Be(result);

    [Test]
    public void The_body_of_a_call_is_a_macro_without_a_name() =>
        Texts.Evaluate("{% macro m() %}{{ kwargs }}{% endmacro %}{% call m() %}x{% endcall %}{{ '' }}").AsString()
            .Should().Be("{'caller': <Macro anonymous>}");

    [TestCase("{{ '١𝟘'.isdigit() }}", "true")]
    [TestCase("{{ '༳'.isnumeric() }}", "true")]
    [TestCase("{{ 'ªⅷ'.islower() }}", "true")]
    [TestCase("{{ 'Ⓐ🄰'.isupper() }}", "true")]
    [TestCase("{{ 'a·ⅷ_1'.isidentifier() }}", "true")]
    [TestCase("{{ '·a'.isidentifier() }}", "false")]
    public void Letters_and_digits_are_those_of_all_scripts(string text, string json) => Texts.Json(text).Should().Be(json);
}
