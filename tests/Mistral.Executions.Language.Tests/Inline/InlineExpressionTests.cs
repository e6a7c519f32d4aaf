using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Inline;

public sealed class InlineExpressionTests
{
    private const string Data = """{"n": 5, "s": "abc", "l": [1, 2], "f": 1.5, "b": true, "z": null, "d": {"a": 1}}""";

    [TestCase("<% $.n %>", "5")]
    [TestCase("<% $.l %>", "[1,2]")]
    [TestCase("{{ _.n }}", "5")]
    public void A_text_that_is_one_expression_keeps_the_type(string text, string json) => Evaluate(text).Should().Be(json);

    [TestCase(" <% $.n %>", "\" 5\"")]
    [TestCase("a <% $.n %> b <% $.s %>", "\"a 5 b abc\"")]
    [TestCase("<% $.l %>,<% $.f %>,<% $.b %>,<% $.z %>,<% $.d %>", "\"[1, 2],1.5,True,None,{'a': 1}\"")]
    [TestCase("n={{ _.n }}", "\"n=5\"")]
    public void Every_other_text_takes_the_values_as_python_prints_them(string text, string json) => Evaluate(text).Should().Be(json);

    [Test]
    public void Equal_expressions_in_one_text_are_evaluated_once()
    {
        var parts = JsonData.Parse(Evaluate("<% random() %>|<% random() %>")).AsString().Split('|');
        parts[0].Should().Be(parts[1]);
    }

    [Test]
    public void A_value_is_no_expression_even_when_it_looks_like_one()
    {
        var variables = new TestVariables(JsonMap.Create(("a", "<% $.b %>"), ("b", "secret")));
        InlineExpression.Compile("<% $.a %> and <% $.b %>").Evaluate(variables).Should().Be((JsonData)"<% $.b %> and secret");
    }

    [Test]
    public void Lists_and_objects_are_evaluated_at_any_depth_but_their_names_are_not()
    {
        var value = JsonData.Parse("""{"<% $.n %>": [{"a": "<% $.n + 1 %>"}, "{{ _.s }}", 7, "x"]}""");
        InlineExpression.Compile(value).Evaluate(new TestVariables(Data)).ToString()
            .Should().Be("""{"<% $.n %>":[{"a":6},"abc",7,"x"]}""");
    }

    [TestCase("\"plain\"")]
    [TestCase("12")]
    [TestCase("null")]
    [TestCase("[1, {\"a\": [\"b\", \"<% never\", \"%> <%\"]}]")]
    [TestCase("\"<% over\\nlines %>\"")]
    public void What_has_no_expression_stays_the_constant_it_is(string json)
    {
        var value = JsonData.Parse(json);
        InlineExpression.Compile(value).Should().BeOfType<ConstantExpression>().Which.Value.Should().Be(value);
    }

    [Test]
    public void Both_languages_in_one_text_are_refused()
    {
        var compile = () => InlineExpression.Compile("<% $.n %> {{ _.n }}");
        compile.Should().Throw<ExpressionSyntaxException>();
    }

    [Test]
    public void A_fault_is_placed_in_the_whole_text()
    {
        var compile = () => InlineExpression.Compile("ab <% 1 + + %> <% $.n %>");
        compile.Should().Throw<ExpressionSyntaxException>().Which.Position.Should().Be("ab <% 1 + + ".Length);
    }

    private static string Evaluate(string text) => InlineExpression.Compile(text).Evaluate(new TestVariables(Data)).ToString();
}
