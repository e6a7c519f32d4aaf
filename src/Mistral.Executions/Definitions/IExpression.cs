namespace Mistral.Executions;

/// <summary>
/// Something a definition says that is worked out when the workflow runs: the seam between the engine and what writes
/// definitions (C# delegates, YAQL, Jinja).
/// </summary>
/// <remarks>
/// An expression is pure: the same context gives the same value. It is called from one thread at a time for one
/// execution, but from many threads for many executions.
/// </remarks>
public interface IExpression
{
    /// <summary>The expression as its author wrote it; for a C# delegate, a text that describes it.</summary>
    string Text { get; }

    /// <summary>Works the value out.</summary>
    /// <param name="context">What the expression may look at.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ExpressionException">The expression cannot be evaluated over this context.</exception>
    JsonData Evaluate(IExpressionContext context);
}
