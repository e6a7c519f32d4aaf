namespace Mistral.Executions;

/// <summary>An expression that is a C# delegate. Whatever the delegate throws becomes an <see cref="ExpressionException"/>.</summary>
internal sealed class DelegateExpression : IExpression
{
    /// <summary>Stands for the delegate wherever a definition is written as text.</summary>
    public const string Placeholder = "C# delegate";

    private readonly Func<IExpressionContext, JsonData> _evaluate;

    public DelegateExpression(string place, Func<IExpressionContext, JsonData> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        _evaluate = evaluate;
        Text = $"{Placeholder}: {place}";
    }

    public string Text { get; }

    public JsonData Evaluate(IExpressionContext context)
    {
        try
        {
            return _evaluate(context);
        }
        catch (Exception exception) when (exception is not (ExpressionException or ExpressionInterruptedException))
        {
            throw new ExpressionException(Text, $"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }
}
