namespace Mistral.Executions.Tests.Decisions;

/// <summary>An expression that gives whatever a test wants, of the right kind or not.</summary>
internal sealed class Computed(Func<IExpressionContext, JsonData> value) : IExpression
{
    public string Text => "computed";

    public JsonData Evaluate(IExpressionContext context) => value(context);

    public static IExpression Failing(string reason) => new Computed(_ => throw new ExpressionException("computed", reason));
}
