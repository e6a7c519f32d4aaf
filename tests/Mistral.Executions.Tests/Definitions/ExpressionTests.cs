namespace Mistral.Executions.Tests.Definitions;

public sealed class ExpressionTests
{
    private static readonly IExpressionContext Context = new ExpressionContextStub(JsonMap.Create(("a", 1)));

    [Test]
    public void A_constant_is_the_same_in_every_context_and_shows_itself()
    {
        new ConstantExpression("text").Evaluate(Context).Should().Be((JsonData)"text");
        new ConstantExpression("text").Text.Should().Be("text");
        new ConstantExpression(JsonMap.Create(("x", 1))).Text.Should().Be("""{"x":1}""");
    }

    [Test]
    public void A_map_evaluates_its_members_in_order()
    {
        var map = new MapExpression([new("x", new ConstantExpression(1)), new("y", new DelegateExpression("y", c => c["a"]))]);

        map.Evaluate(Context).ToString().Should().Be("""{"x":1,"y":1}""");
        map.Text.Should().Be("{x: 1, y: C# delegate: y}");
    }

    [Test]
    public void A_delegate_that_throws_is_an_expression_that_cannot_be_evaluated()
    {
        var cause = new InvalidCastException("not so");
        var expression = new DelegateExpression("publish 'x'", _ => throw cause);

        var exception = expression.Invoking(e => e.Evaluate(Context)).Should().Throw<ExpressionException>().Which;
        exception.Message.Should().ContainAll("publish 'x'", "InvalidCastException", "not so");
        exception.InnerException.Should().BeSameAs(cause);
        exception.Expression.Should().Be(expression.Text);
    }

    [Test]
    public void A_delegate_lets_pass_what_its_context_throws_on_purpose()
    {
        var interruption = new Interruption();
        var failure = new ExpressionException("other", "reason");

        new DelegateExpression("x", _ => throw interruption).Invoking(e => e.Evaluate(Context)).Should().Throw<Interruption>().Which.Should().BeSameAs(interruption);
        new DelegateExpression("x", _ => throw failure).Invoking(e => e.Evaluate(Context)).Should().Throw<ExpressionException>().Which.Should().BeSameAs(failure);
    }

    private sealed class Interruption() : ExpressionInterruptedException("wait");
}
