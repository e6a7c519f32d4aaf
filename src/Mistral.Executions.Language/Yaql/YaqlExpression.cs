using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Functions;
using Mistral.Executions.Language.Yaql.Runtime;
using Mistral.Executions.Language.Yaql.Syntax;

namespace Mistral.Executions.Language.Yaql;

/// <summary>One YAQL expression, without its <c>&lt;% %></c>: parsed once, evaluated any number of times.</summary>
internal sealed class YaqlExpression : IExpression
{
    private readonly YaqlNode _root;
    private readonly PatternCache _patterns = new();

    private YaqlExpression(string text, YaqlNode root) => (Text, _root) = (text, root);

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression, without delimiters.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ExpressionSyntaxException">The text is no YAQL.</exception>
    internal static YaqlExpression Parse(string text) => new(text.Trim(), YaqlParser.Parse(text));

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context)
    {
        var budget = new EvaluationBudget();
        return Guarded(() => PythonOperations.ToJson(EvaluateValue(context, context.Root, budget), budget));
    }

    /// <summary>Evaluates to a value of the language.</summary>
    /// <param name="context">What the expression may look at.</param>
    /// <param name="data">What <c>$</c> is; null for the variables of the context.</param>
    /// <param name="budget">What the evaluation may cost.</param>
    /// <returns>The value: no tuples and no lazy sequences any more, but sets and times.</returns>
    /// <exception cref="ExpressionException">The expression cannot be evaluated.</exception>
    internal object? Evaluate(IExpressionContext context, JsonData? data, EvaluationBudget budget) =>
        Guarded(() => EvaluateValue(context, data, budget));

    /// <summary>Evaluates to the text that stands for the value inside another text.</summary>
    internal string EvaluateText(IExpressionContext context, JsonData? data, EvaluationBudget budget) =>
        Guarded(() => PythonOperations.ToText(EvaluateValue(context, data, budget), budget));

    private T Guarded<T>(Func<T> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (PythonErrorException error)
        {
            throw new ExpressionException(Text, error.Message, error);
        }
        catch (EvaluationLimitException error)
        {
            throw new ExpressionException(Text, error.Message, error);
        }
    }

    private object? EvaluateValue(IExpressionContext context, JsonData? data, EvaluationBudget budget)
    {
        var root = data is { } json ? PythonOperations.ToValue(json, isFrozen: true) : new PythonDictionary(context, isFrozen: true);
        var scope = new YaqlScope(new YaqlEvaluation(context, budget, _patterns), root);
        var value = _root.Evaluate(scope);
        return ReferenceEquals(value, YaqlLeftOut.Value)
            ? throw YaqlErrors.NoMatch("#finalize", isMethod: false, ["left out"])
            : YaqlOutput.Finish(value, budget);
    }
}
