using Mistral.Executions.Language.Yaql;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlExpressionTests
{
    [Test]
    public void A_variable_is_looked_up_without_the_others()
    {
        var variables = new TestVariables("""{"a": {"b": 41}, "other": 1}""");
        YaqlExpression.Parse("$.a.b + 1").Evaluate(variables).Should().Be((JsonData)42);
        variables.Asked.Should().Equal("a");
    }

    [Test]
    public void All_variables_together_are_an_object() =>
        YaqlExpression.Parse("$").Evaluate(new TestVariables("""{"a": 1, "b": [2]}""")).ToString().Should().Be("""{"a":1,"b":[2]}""");

    [Test]
    public void Data_that_pass_through_are_not_copied()
    {
        var data = JsonData.Parse("""{"list": [1, {"a": 2}]}""");
        YaqlExpression.Parse("$.list").Evaluate(new TestVariables(data)).AsArray().Should().BeSameAs(data["list"].AsArray());
    }

    [Test]
    public void What_the_context_throws_passes_through()
    {
        var failure = new InvalidOperationException("fetch it first");
        var evaluate = () => YaqlExpression.Parse("[1].select(task(t))").Evaluate(new TestVariables("{}") { Failure = failure });
        evaluate.Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(failure);
    }

    [Test]
    public void An_error_names_the_expression()
    {
        var evaluate = () => YaqlExpression.Parse(" 1 / 0 ").Evaluate(new TestVariables("{}"));
        evaluate.Should().Throw<ExpressionException>().Which.Expression.Should().Be("1 / 0");
    }

    [Test]
    public void The_same_context_gives_the_same_value_even_by_chance()
    {
        var expression = YaqlExpression.Parse("[random(), random(1, 1000000)]");
        expression.Evaluate(new TestVariables("{}")).Should().Be(expression.Evaluate(new TestVariables("{}")));
    }

    [Test]
    public void One_expression_serves_many_threads()
    {
        var expression = YaqlExpression.Parse("$.l.where($ > 0).select($ + $)");
        var (numbers, texts) = ("""{"l": [1, 2]}""", """{"l": [1.5, 2.5]}""");
        Parallel.For(0, 1000, i => expression.Evaluate(new TestVariables(i % 2 == 0 ? numbers : texts)).ToString()
            .Should().Be(i % 2 == 0 ? "[2,4]" : "[3.0,5.0]"));
    }
}
