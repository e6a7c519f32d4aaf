namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>No text can hold the thread or fill the memory.</summary>
internal sealed class LimitTests
{
    [TestCase("{{ 'a' * 1000000000 }}")]
    [TestCase("{{ [1] * 1000000000 }}")]
    [TestCase("{{ 9 ** 9 ** 9 ** 9 ** 9 }}")]
    [TestCase("{{ 'a'|center(1000000000) }}")]
    [TestCase("{{ '%1000000000d' % 1 }}")]
    [TestCase("{{ '{:1000000000}'.format(1) }}")]
    [TestCase("{{ [1]|batch(999999999, 0)|list }}")]
    [TestCase("{{ lipsum(1000000000) }}")]
    [TestCase("{{ ('a' * 1000000)|replace('a', 'b' * 1000000) }}")]
    [TestCase("{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set n = namespace(x='a') %}{% for i in range(100) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ 1 }}")]
    [TestCase("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [TestCase("{% for x in [[1]] recursive %}{{ loop([1]) }}{% endfor %}{{ 1 }}")]
    [TestCase("{% block a %}{{ self.a() }}{% endblock %}")]
    [TestCase("{% set x = [1] %}{% for i in x %}{% set y = x.append(1) %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = [] %}{% set y = x.append(x) %}{{ x }}")]
    [TestCase("{{ yaml_parse('[' * 100000) }}")]
    public void A_text_that_would_never_end_fails_and_names_itself(string text) => Texts.Failure(text).Expression.Should().Be(text);

    [Test]
    public void A_long_chain_is_no_deep_nesting() =>
        Texts.Json($"{{{{ 1{string.Concat(Enumerable.Repeat(" + 1", 2000))} }}}}").Should().Be("2001");
}
