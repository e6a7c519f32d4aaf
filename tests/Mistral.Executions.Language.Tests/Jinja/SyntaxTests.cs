namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Texts that are refused, and where the fault lies.</summary>
internal sealed class SyntaxTests
{
    [TestCase("{{ [1 }}", 6)]
    [TestCase("{{ $ }}", 3)]
    [TestCase("{{ a b }}", 5)]
    [TestCase("{{  }}", 4)]
    [TestCase("{{ 1 === 1 }}", 7)]
    [TestCase("{{ 'open }}", 3)]
    [TestCase("x {% nope %}{{ 1 }}", 5)]
    [TestCase("{% do x %}{{ 1 }}", 3)]
    [TestCase("{{ 012 }}", 4)]
    [TestCase("{{ f(a=1, 2) }}", 10)]
    [TestCase("{{ 1 }}{# open", 7)]
    public void A_fault_is_told_with_its_place(string text, int position) => Texts.Fault(text).Position.Should().Be(position);

    [TestCase("{% if true %}{{ 1 }}", "'{% elif %}'")]
    [TestCase("{% for i in x %}{{ 1 }}{% endif %}", "'for' is still open")]
    [TestCase("{% raw %}{{ 1 }}", "endraw")]
    [TestCase("{% set none = 1 %}{{ 1 }}", "only names")]
    [TestCase("{% macro m(a=1, b) %}{% endmacro %}{{ 1 }}", "default")]
    public void A_fault_says_what_was_expected(string text, string reason) => Texts.Fault(text).Reason.Should().Contain(reason);

    [TestCase('(', ')')]
    [TestCase('[', ']')]
    public void What_is_nested_too_deeply_is_refused(char open, char close) =>
        Texts.Fault($"{{{{ {new string(open, 1000)}1{new string(close, 1000)} }}}}").Reason.Should().Contain("nested");
}
