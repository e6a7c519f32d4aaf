using Mistral.Executions.Language.Jinja;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Inline;

/// <summary>
/// What a document says where values can hold expressions: texts with YAQL in <c>&lt;% %></c> or with Jinja, on their own
/// or anywhere inside lists and objects ("Expressions" in Mistral's language documentation).
/// </summary>
internal static class InlineExpression
{
    /// <summary>Whether a text has an expression in it.</summary>
    internal static bool IsExpression(string text) => InlineYaql.IsExpression(text) || JinjaExpression.IsExpression(text);

    /// <summary>The expression that a value stands for; a <see cref="ConstantExpression"/> when there is none in it.</summary>
    /// <param name="value">Any value of a document.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ExpressionSyntaxException">A text in it is wrong, or mixes both languages.</exception>
    internal static IExpression Compile(JsonData value) => (IExpression?)TryCompile(value) ?? new ConstantExpression(value);

    /// <summary>The expression that a text stands for; null when it stands for itself.</summary>
    /// <exception cref="ExpressionSyntaxException">It is wrong, or mixes both languages.</exception>
    internal static IInlineExpression? TryCompile(string text)
    {
        if (!InlineYaql.IsExpression(text))
        {
            return JinjaExpression.IsExpression(text) ? JinjaExpression.Parse(text) : null;
        }

        return JinjaExpression.IsExpression(text)
            ? throw new ExpressionSyntaxException(0, "YAQL and Jinja must not be mixed in one text")
            : InlineYaql.Parse(text);
    }

    /// <summary>The expression that a value stands for; null when there is none in it.</summary>
    internal static IInlineExpression? TryCompile(JsonData value) => value.Kind switch
    {
        JsonKind.String => TryCompile(value.AsString()),
        JsonKind.Array => InlineList.TryCompile(value.AsArray()),
        JsonKind.Object => InlineMap.TryCompile(value.AsObject()),
        _ => null,
    };
}
