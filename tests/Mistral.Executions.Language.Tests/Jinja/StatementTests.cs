namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Statements, scopes and white space.</summary>
internal sealed class StatementTests
{
    private const string Variables = """{"l": [3, 1, 2], "d": {"a": 1, "b": 2}, "n": [[1], [2, [3]]]}""";

    [TestCase("{% for i in _.l %}{{ loop.index }}:{{ i }}{{ ',' if not loop.last }}{% endfor %}", "1:3,2:1,3:2")]
    [TestCase("{% for i in _.l if i > 1 %}{{ i }}/{{ loop.length }} {% endfor %}", "3/2 2/2 ")]
    [TestCase("{% for i in [] %}{{ i }}{% else %}none{% endfor %}", "none")]
    [TestCase("{% for k, v in _.d.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2")]
    [TestCase("{% for i in _.n recursive %}{{ '[' ~ loop(i) ~ ']' if i is iterable else i }}{% endfor %}", "[1][2[3]]")]
    [TestCase("{% for i in _.l %}{{ loop.previtem|default('-') }}{{ loop.nextitem|default('-') }} {% endfor %}", "-1 32 1- ")]
    [TestCase("{% for i in _.l %}{{ loop.cycle('a', 'b') }}{% endfor %}", "aba")]
    public void A_loop_goes_over_the_items_and_knows_where_it_stands(string text, string result) =>
        Texts.Evaluate(text, Variables).AsString().Should().Be(result);

    [TestCase("{% set x = 1 %}{% for i in _.l %}{% set x = x + i %}{% endfor %}{{ x }}", "1")]
    [TestCase("{% set n = namespace(x=0) %}{% for i in _.l %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}", "6")]
    [TestCase("{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "2")]
    [TestCase("{% set x = 1 %}{% with x = 2, y = x %}{{ x }}{{ y }}{% endwith %}{{ x }}", "211")]
    [TestCase("{% set x | upper %}a{{ 1 }}{% endset %}{{ x }}", "A1")]
    [TestCase("{% for i in [1] %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}", "1")]
    [TestCase("{% block b %}x{{ 1 }}{% endblock %}{{ self.b() }}", "x1x1")]
    public void A_variable_lives_in_the_scope_that_sets_it(string text, string result) =>
        Texts.Evaluate(text, Variables).AsString().Should().Be(result);

    [TestCase("{% macro m(a, b=2) %}[{{ a }}-{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}", "[1-2][1-3]")]
    [TestCase("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x=2) }}", "(1,){'x': 2}")]
    [TestCase("{% macro m() %}<{{ caller(5) }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}{{ '' }}", "<5>")]
    [TestCase("{% macro f(n) %}{{ n * f(n - 1)|int if n > 1 else 1 }}{% endmacro %}{{ f(5) }}", "120")]
    [TestCase("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB")]
    [TestCase("{% autoescape true %}{{ '<' }}{{ '<'|safe }}{% endautoescape %}", "&lt;<")]
    [TestCase("{% raw %}{{ x }}{% endraw %}{{ 1 }}", "{{ x }}1")]
    public void Macros_and_blocks_write_what_their_bodies_write(string text, string result) =>
        Texts.Evaluate(text, Variables).AsString().Should().Be(result);

    [TestCase("a\n  {% if true %}\n  b{{ 1 }}\n  {% endif %}\nc", "a\n  b1\nc")]
    [TestCase("a  {{- 1 -}}  b", "a1b")]
    [TestCase("a\n  {%+ if true %}\n{{ 1 }}{% endif %}", "a\n  1")]
    [TestCase("a\n  {% if true +%}\n{{ 1 }}{% endif %}", "a\n\n1")]
    [TestCase("x\n  {# remark #}\n{{ 1 }}\n", "x\n1")]
    [TestCase("{{ 1 }}\n\n", "1\n")]
    public void A_statement_takes_the_space_of_its_line_and_the_text_its_last_newline(string text, string result) =>
        Texts.Evaluate(text).AsString().Should().Be(result);

    [TestCase("{% include 'x' %}{{ 1 }}")]
    [TestCase("{% import 'x' as y %}{{ 1 }}")]
    [TestCase("{% extends 'x' %}{{ 1 }}")]
    public void There_are_no_other_templates(string text) => Texts.Failure(text).Reason.Should().Contain("cannot be used");
}
