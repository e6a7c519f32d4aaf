using Mistral.Executions.Language.Jinja;

namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>What a text gives: a value of any type, or a text.</summary>
internal sealed class ResultTests
{
    [TestCase("{{ _.n }}", "5")]
    [TestCase("{{ _.l }}", "[3,1]")]
    [TestCase("{{ _.d }}", """{"a":null}""")]
    [TestCase("{{ 1.0 }}", "1.0")]
    [TestCase("{{ true }}", "true")]
    [TestCase("{{ none }}", "null")]
    [TestCase("{{ 2 ** 100 }}", "1267650600228229401496703205376")]
    [TestCase("{{ (1, 'a') }}", """[1,"a"]""")]
    [TestCase("{{ _.l|map('string') }}", """["3","1"]""")]
    [TestCase("{{ _.d.items() }}", """[["a",null]]""")]
    [TestCase("{{ '<'|e }}", "\"&lt;\"")]
    public void A_text_that_is_one_expression_keeps_the_type_of_its_value(string text, string json) =>
        Texts.Json(text, """{"n": 5, "l": [3, 1], "d": {"a": null}}""").Should().Be(JsonData.Parse(json).ToString());

    [TestCase("{{ _.n }} ", "5 ")]
    [TestCase("{{ _.n }}{{ _.n }}", "55")]
    [TestCase("v={{ _.l }}", "v=[3, 1]")]
    [TestCase("v={{ _.d }}", "v={'a': None}")]
    [TestCase("v={{ true }}", "v=True")]
    [TestCase("v={{ 1e20 }}", "v=1e+20")]
    [TestCase("v={{ [\"it's\", 'q'] }}", "v=[\"it's\", 'q']")]
    [TestCase("{{ {'a': {'b': 1}} }}", "{'a': {'b': 1}}")]
    [TestCase("{{ '}}' }}", "}}")]
    [TestCase("{{ _.n }}{# remark #}", "5")]
    public void Every_other_text_gives_a_text_with_the_values_as_Python_prints_them(string text, string result) =>
        Texts.Evaluate(text, """{"n": 5, "l": [3, 1], "d": {"a": null}}""").AsString().Should().Be(result);

    [TestCase("plain", false)]
    [TestCase("{{ x }}", true)]
    [TestCase("a {{}} b", true)]
    [TestCase("{% if x %}", true)]
    [TestCase("{{ x\n}}", false)]
    [TestCase("{# only a remark #}", false)]
    [TestCase("}} {{", false)]
    public void A_text_has_Jinja_when_a_tag_opens_and_closes_in_one_line(string text, bool expected) =>
        JinjaExpression.IsExpression(text).Should().Be(expected);

    [Test]
    public void A_text_with_statements_alone_cannot_be_evaluated() =>
        Texts.Failure("{% if true %}x{% endif %}").Reason.Should().Contain("{{ }}");

    [TestCase("{{- 5 }}", "-5")]
    [TestCase("{{+ 5 }}", "5")]
    public void A_sign_behind_the_opening_belongs_to_an_expression_that_stands_alone(string text, string json) =>
        Texts.Json(text).Should().Be(json);

    [TestCase("{{ 1, 2 }}")]
    [TestCase("{{ 1 -}}")]
    public void What_a_template_could_write_but_no_expression_is_fails_when_it_is_evaluated(string text) =>
        Texts.Failure(text).Expression.Should().Be(text);

    [Test]
    public void A_variable_is_looked_up_without_reading_the_others()
    {
        var context = new VariableContext(JsonData.Parse("""{"a": {"b": 41}, "c": 1}""").AsObject());

        JinjaExpression.Parse("{{ _.a.b + 1 }}").Evaluate(context).AsInteger().Should().Be(42);

        context.Asked.Should().Equal("a");
    }

    [Test]
    public void An_expression_can_be_evaluated_again_and_changes_no_data()
    {
        var data = JsonData.Parse("""{"l": [1]}""");
        var expression = JinjaExpression.Parse("{% set x = _.l.append(2) %}{{ _.l }}");

        var results = Enumerable.Range(0, 2).Select(_ => expression.Evaluate(new VariableContext(data.AsObject())).AsString());

        results.Should().Equal("[1, 2]", "[1, 2]");
        data.Should().Be(JsonData.Parse("""{"l": [1]}"""));
    }
}
