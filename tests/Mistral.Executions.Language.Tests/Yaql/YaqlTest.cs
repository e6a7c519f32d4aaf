using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql;

namespace Mistral.Executions.Language.Tests.Yaql;

/// <summary>Short forms for the tests of YAQL.</summary>
internal static class YaqlTest
{
    internal const string Data = """
        {"n": 5, "s": "abc", "l": [3, 1, 2], "d": {"a": 1, "b": {"c": 2}}, "o": [{"x": 1, "y": "a"}, {"x": 2, "y": "b"}, {"x": 1, "y": "c"}]}
        """;

    /// <summary>The value as JSON text.</summary>
    internal static string Json(string expression, string data = Data) =>
        YaqlExpression.Parse(expression).Evaluate(new TestVariables(data)).ToString();

    /// <summary>The value as Python prints it, which keeps types apart that JSON has not.</summary>
    internal static string Text(string expression, string data = Data) =>
        YaqlExpression.Parse(expression).EvaluateText(new TestVariables(data), null, new EvaluationBudget());

    /// <summary>Why the expression cannot be evaluated.</summary>
    internal static string Failure(string expression, string data = Data)
    {
        var evaluate = () => YaqlExpression.Parse(expression).Evaluate(new TestVariables(data));
        return evaluate.Should().Throw<ExpressionException>(expression).Which.Reason;
    }

    /// <summary>Where the text is no YAQL.</summary>
    internal static int SyntaxFault(string expression)
    {
        var parse = () => YaqlExpression.Parse(expression);
        return parse.Should().Throw<ExpressionSyntaxException>(expression).Which.Position;
    }
}
