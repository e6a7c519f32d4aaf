using System.Text;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql;

namespace Mistral.Executions.Language.Inline;

/// <summary>
/// A text with YAQL in <c>&lt;% %></c>. One that is a single expression from start to end gives the value with its type;
/// in every other one each expression is replaced by its value as Python prints it, equal expressions by the same.
/// </summary>
internal sealed class InlineYaql : IInlineExpression
{
    private const string Open = "<%";
    private const string Close = "%>";

    private readonly YaqlExpression[] _expressions;

    // Text, or the place of an expression; none when the whole text is one expression.
    private readonly List<(string? Text, int Expression)>? _parts;

    private InlineYaql(string text, YaqlExpression[] expressions, List<(string? Text, int Expression)>? parts) =>
        (Text, _expressions, _parts) = (text, expressions, parts);

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>Whether a text has YAQL in it.</summary>
    internal static bool IsExpression(string text) => Find(text, 0) is not null;

    /// <summary>Parses a text that has YAQL in it.</summary>
    /// <exception cref="ExpressionSyntaxException">An expression in it is wrong.</exception>
    internal static InlineYaql Parse(string text)
    {
        var expressions = new List<YaqlExpression>();
        var parts = new List<(string? Text, int Expression)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var place = 0;
        while (Find(text, place) is { } found)
        {
            var (start, end) = found;
            if (start > place)
            {
                parts.Add((text[place..start], -1));
            }

            var written = text[start..end];
            if (!places.TryGetValue(written, out var expression))
            {
                places[written] = expression = expressions.Count;
                expressions.Add(ParseOne(written, start));
            }

            parts.Add((null, expression));
            place = end;
        }

        if (place < text.Length)
        {
            parts.Add((text[place..], -1));
        }

        return new(text, [.. expressions], parts.Count == 1 ? null : parts);
    }

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context)
    {
        if (_parts is null)
        {
            return _expressions[0].Evaluate(context);
        }

        var budget = new EvaluationBudget();
        return Interpolated(e => e.EvaluateText(context, context.Root, budget));
    }

    /// <inheritdoc/>
    public object? EvaluateOver(JsonData data, IExpressionContext context, EvaluationLimits limits)
    {
        var budget = new EvaluationBudget(limits);
        return _parts is null
            ? _expressions[0].Evaluate(context, data, budget)
            : Interpolated(e => e.EvaluateText(context, data, budget));
    }

    private string Interpolated(Func<YaqlExpression, string> evaluate)
    {
        var values = Array.ConvertAll(_expressions, e => evaluate(e));
        var text = new StringBuilder();
        foreach (var (constant, expression) in _parts!)
        {
            text.Append(constant ?? values[expression]);
        }

        return text.ToString();
    }

    private static YaqlExpression ParseOne(string written, int start)
    {
        // Mistral takes all of these characters off both ends, not only one pair.
        var inner = written.TrimStart('<', '%', '>');
        var offset = start + written.Length - inner.Length;
        try
        {
            return YaqlExpression.Parse(inner.TrimEnd('<', '%', '>'));
        }
        catch (ExpressionSyntaxException error)
        {
            throw new ExpressionSyntaxException(offset + error.Position, error.Reason);
        }
    }

    /// <summary>The first expression at or after a place: it opens and closes in one line.</summary>
    private static (int Start, int End)? Find(string text, int place)
    {
        while (true)
        {
            var start = text.IndexOf(Open, place, StringComparison.Ordinal);
            if (start < 0)
            {
                return null;
            }

            var end = text.IndexOf(Close, start + Open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            // Whatever opens before the last line break closes at the same place, so in another line too.
            if (text.LastIndexOf('\n', end - 1, end - start) is var lineBreak and >= 0)
            {
                place = lineBreak + 1;
                continue;
            }

            return (start, end + Close.Length);
        }
    }
}
