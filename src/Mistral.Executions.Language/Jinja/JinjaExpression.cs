using System.Numerics;
using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>
/// A text with Jinja in it. One that is a single <c>{{ expression }}</c> gives the value with its type; every other one
/// gives a text ("Jinja" in Mistral's language documentation).
/// </summary>
internal sealed class JinjaExpression : IInlineExpression
{
    private readonly JinjaNode? _expression;
    private readonly JinjaTemplate? _template;
    private readonly string? _fault;

    private JinjaExpression(string text, JinjaNode? expression, JinjaTemplate? template, string? fault) =>
        (Text, _expression, _template, _fault) = (text, expression, template, fault);

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>Whether a text has Jinja in it, so that it is evaluated at all.</summary>
    internal static bool IsExpression(string text) => IndexOfPair(text, '{', '}') >= 0 || IndexOfPair(text, '%', '%') >= 0;

    /// <summary>Parses a text.</summary>
    /// <exception cref="ExpressionSyntaxException">It is no Jinja.</exception>
    internal static JinjaExpression Parse(string text)
    {
        if (!IsWhole(text))
        {
            return ParseTemplate(text);
        }

        try
        {
            var expression = JinjaParser.ParseExpression(text[2..^2], out var fault);
            return new(text, expression, null, fault);
        }
        catch (ExpressionSyntaxException error)
        {
            // What is a template but no single expression passes the check and fails whenever it is evaluated.
            JinjaParser.ParseTemplate(text, out _);
            return new(text, null, null, error.Reason);
        }
    }

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context) => Guarded(
        thawed => context.Root is { } root
            ? JinjaEvaluation.Over(root, context, new EvaluationBudget(), thawed)
            : new JinjaEvaluation(context, new EvaluationBudget(), thawed),
        static (value, evaluation) => PythonOperations.ToJson(value, evaluation.Budget));

    /// <inheritdoc/>
    public object? EvaluateOver(JsonData data, IExpressionContext context, EvaluationLimits limits) => Guarded(
        thawed => JinjaEvaluation.Over(data, context, new EvaluationBudget(limits), thawed),
        static (value, evaluation) => JinjaText.PlainAll(value, evaluation.Budget));

    private static JinjaExpression ParseTemplate(string text)
    {
        var template = JinjaParser.ParseTemplate(text, out var fault);

        // Mistral looks for the first {{ }} before it renders, and fails where there is none.
        return new(text, null, template, fault ?? (IndexOfPair(text, '{', '}') < 0 ? "it has statements but no '{{ }}', which Mistral needs to evaluate a text" : null));
    }

    /// <summary>Whether the text is one <c>{{ }}</c> from its start to its end.</summary>
    private static bool IsWhole(string text) =>
        text.Length >= 4 && text.StartsWith("{{", StringComparison.Ordinal)
        && text.IndexOf("}}", 2, StringComparison.Ordinal) == text.Length - 2
        && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>Where the first tag stands that opens and closes in one line.</summary>
    private static int IndexOfPair(string text, char open, char close)
    {
        Span<char> opening = ['{', open];
        Span<char> closing = [close, '}'];
        for (var start = 0; start < text.Length;)
        {
            var line = text.AsSpan(start);
            var end = line.IndexOf('\n');
            line = end < 0 ? line : line[..end];
            var found = line.IndexOf(opening);
            if (found >= 0 && line[(found + 2)..].IndexOf(closing) >= 0)
            {
                return start + found;
            }

            start += line.Length + 1;
        }

        return -1;
    }

    private T Guarded<T>(Func<bool, JinjaEvaluation> begin, Func<object?, JinjaEvaluation, T> finish)
    {
        if (_fault is not null)
        {
            throw new ExpressionException(Text, _fault);
        }

        try
        {
            try
            {
                return Run(begin(false), finish);
            }
            catch (ThawedDataRequiredException)
            {
                return Run(begin(true), finish);
            }
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

    private T Run<T>(JinjaEvaluation evaluation, Func<object?, JinjaEvaluation, T> finish)
    {
        var value = _template is null ? _expression!.Evaluate(new JinjaScope(evaluation)) : _template.Render(evaluation);
        if (value is JinjaUndefined { IsLenient: false } undefined)
        {
            throw undefined.Fault();
        }

        if (value is BigInteger)
        {
            // Mistral prints every value once, and Python does not print integers of too many digits.
            PythonOperations.ToText(value, evaluation.Budget);
        }

        return finish(value, evaluation);
    }
}
