namespace Mistral.Executions;

/// <summary>An expression that is a C# delegate. Whatever the delegate throws becomes an <see cref="ExpressionException"/>.</summary>
internal sealed class DelegateExpression : IExpression
{
    private readonly Func<IExpressionContext, JsonData> _evaluate;

    public DelegateExpression(Func<IExpressionContext, JsonData> evaluate, string text = "C# delegate") =>
        (_evaluate, Text) = (evaluate, text);

    public string Text { get; }

    public JsonData Evaluate(IExpressionContext context)
    {
        try
        {
            return _evaluate(context);
        }
        catch (Exception exception) when (exception is not (ExpressionInterruptedException or ExpressionException))
        {
            throw new ExpressionException(Text, $"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }
}
