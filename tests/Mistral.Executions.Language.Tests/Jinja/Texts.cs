using Mistral.Executions.Language.Jinja;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Short ways to evaluate texts with Jinja.</summary>
internal static class Texts
{
    public static JsonData Evaluate(string text, string variables = "{}") =>
        JinjaExpression.Parse(text).Evaluate(new VariableContext(JsonData.Parse(variables).AsObject()));

    /// <summary>The value as JSON text.</summary>
    public static string Json(string text, string variables = "{}") => Evaluate(text, variables).ToString();

    public static ExpressionException Failure(string text, string variables = "{}")
    {
        Action evaluate = () => Evaluate(text, variables);
        return evaluate.Should().Throw<ExpressionException>("of {0}", text).Which;
    }

    public static ExpressionSyntaxException Fault(string text)
    {
        Action parse = () => JinjaExpression.Parse(text);
        return parse.Should().Throw<ExpressionSyntaxException>("of {0}", text).Which;
    }
}
