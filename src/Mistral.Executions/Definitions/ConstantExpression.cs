namespace Mistral.Executions;

/// <summary>A value that is the same in every context.</summary>
public sealed class ConstantExpression : IExpression
{
    /// <summary>Creates the expression.</summary>
    /// <param name="value">The value.</param>
    public ConstantExpression(JsonData value) => Value = value;

    /// <summary>The value.</summary>
    public JsonData Value { get; }

    /// <inheritdoc/>
    public string Text => Value.Kind == JsonKind.String ? Value.AsString() : Value.ToString();

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context) => Value;
}
