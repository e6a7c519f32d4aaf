using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Inline;

/// <summary>An expression that can also give the value of its language as it is.</summary>
internal interface IInlineExpression : IExpression
{
    /// <summary>Evaluates over data that stand in for the variables.</summary>
    /// <param name="data">What <c>$</c> or <c>_</c> is.</param>
    /// <param name="context">What the functions look at.</param>
    /// <param name="limits">What the evaluation may cost.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ExpressionException">The expression cannot be evaluated.</exception>
    object? EvaluateOver(JsonData data, IExpressionContext context, EvaluationLimits limits);
}
