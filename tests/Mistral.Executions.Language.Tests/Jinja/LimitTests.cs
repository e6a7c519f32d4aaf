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
    [TestCase("{{ ('a b ' * 500000)|wordwrap(10) }}")]
    [TestCase("{{ ('a b ' * 1900000)|title }}")]
    [TestCase("{{ ('é' * 1000000)|urlencode }}")]
    [TestCase("{{ range(90000)|map('string')|sort }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(50000) %}{% set y = x.find('b') %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(50000) %}{% set y = x|length %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(50000) %}{% set y = x.partition('b') %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(50000) %}{% set y = x.ljust(100001) %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(50000) %}{% set y = x[:1] %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set n = namespace(x=[]) %}{% for i in range(99999) %}{% set n.x = n.x + [i] %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = [] %}{% for i in range(99999) %}{% set y = x.insert(0, i) %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(99999) %}{% set y = x|last %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(99999) %}{% set y = x is lower %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(99999) %}{% set y = x.isupper() %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(99999) %}{% set y = x.isascii() %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'a' * 100000 %}{% for i in range(99999) %}{% set y = x[5:9:2] %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = '1' * 4000 %}{% for i in range(99999) %}{% set y = x|int %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 'f' * 4000 %}{% for i in range(99999) %}{% set y = x|int(0, 16) %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = '1' * 30000 %}{% for i in range(99999) %}{% set y = x|float %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 9 ** 9000 %}{% for i in range(99999) %}{% set y = x // 7 %}{% endfor %}{{ 1 }}")]
    [TestCase("{% set x = 9 ** 9000 %}{% for i in range(99999) %}{% set y = x % 7 %}{% endfor %}{{ 1 }}")]
    public void A_text_that_would_never_end_fails_and_names_itself(string text) => Texts.Failure(text).Expression.Should().Be(text);

    [Test]
    public void A_long_chain_is_no_deep_nesting() =>
        Texts.Json($"{{{{ 1{string.Concat(Enumerable.Repeat(" + 1", 2000))} }}}}").Should().Be("2001");

    [TestCase("{{ range(10000)|map('string')|sort|length }}", "10000")]
    [TestCase("{{ range(10000)|map('string')|unique|list|length }}", "10000")]
    [TestCase("{{ range(10000)|join(',')|length }}", "48889")]
    [TestCase("{{ range(10000)|select('even')|map('string')|list|tojson|length }}", "39445")]
    [TestCase("{{ ('word ' * 10000)|title|wordwrap(79)|wordcount }}", "10000")]
    public void What_ten_thousand_items_need_is_there(string text, string json) => Texts.Json(text).Should().Be(json);
}
