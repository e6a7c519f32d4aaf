namespace Mistral.Executions;

/// <summary>An expression that is a C# delegate.</summary>
internal sealed class DelegateExpression : IExpression
{
    private readonly Func<IExpressionContext, JsonData> _evaluate;

    public DelegateExpression(Func<IExpressionContext, JsonData> evaluate, string text = "C# delegate") =>
        (_evaluate, Text) = (evaluate, text);

    public string Text { get; }

    public JsonData Evaluate(IExpressionContext context) => _evaluate(context);
}
