using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Conformance.Expressions;

/// <summary>Evaluates cases and compares what they give with what they must give.</summary>
internal static class CaseChecker
{
    // No case needs more; a case that does is one that the limits are there for.
    private static readonly EvaluationLimits Limits = EvaluationLimits.Default;

    /// <summary>What is wrong with the answer to a case; null when nothing is.</summary>
    internal static string? Check(ExpressionCase expressionCase)
    {
        var expected = expressionCase.Expected;
        var wantedError = expected.TryGetValue("error", out var error) ? error.AsString() : null;
        object? value;
        try
        {
            value = Evaluate(expressionCase);
        }
        catch (ExpressionSyntaxException fault)
        {
            // What is evaluated without a check before fails only then.
            var wanted = expressionCase.IsRecursive ? "evaluation" : "syntax";
            return wantedError == wanted ? null : $"refused: {fault.Reason}";
        }
        catch (ExpressionException fault)
        {
            return wantedError == "evaluation" ? null : $"failed: {fault.Reason}";
        }

        if (wantedError is not null)
        {
            return $"gave {TypedJson.Of(value)} instead of an error ({wantedError})";
        }

        try
        {
            // Looking at a lazy value uses it up, so what is stored comes from a second evaluation.
            return CheckValue(expected, value)
                ?? (expected.ContainsKey("stored") || expected.ContainsKey("stored_error") ? CheckStored(expected, Evaluate(expressionCase)) : null);
        }
        catch (PythonErrorException fault)
        {
            return $"gave what cannot be read: {fault.Message}";
        }
    }

    private static object? Evaluate(ExpressionCase expressionCase)
    {
        var (expression, data) = (expressionCase.Expression, expressionCase.Context);

        // Mistral leaves a value as it is where there are no data at all.
        var isEmpty = data.IsNull || data == JsonData.EmptyObject || data == JsonData.EmptyArray;
        if (!(expressionCase.IsRecursive && isEmpty) && InlineExpression.TryCompile(expression) is { } compiled)
        {
            return compiled.EvaluateOver(data, new CaseContext(data), Limits);
        }

        return PythonOperations.ToValue(expression, isFrozen: false);
    }

    private static string? CheckValue(JsonMap expected, object? value)
    {
        if (!expected.TryGetValue("value", out var wanted))
        {
            return expected["type"] == TypedJson.TypeOf(value) ? null : $"gave a {TypedJson.TypeOf(value)} instead of a {expected["type"]}";
        }

        var actual = TypedJson.Of(value);
        return TypedJson.AreSame(wanted, actual, expected.ContainsKey("unordered")) ? null : $"gave {actual} instead of {wanted}";
    }

    private static string? CheckStored(JsonMap expected, object? value)
    {
        try
        {
            var stored = PythonOperations.ToJson(value, new EvaluationBudget(Limits));
            if (expected.ContainsKey("stored_error"))
            {
                return $"was stored as {stored} but has no JSON form";
            }

            return TypedJson.AreSame(expected["stored"], stored, expected.ContainsKey("unordered") || IsOfSet(expected))
                ? null
                : $"was stored as {stored} instead of {expected["stored"]}";
        }
        catch (PythonErrorException error)
        {
            return expected.ContainsKey("stored_error") ? null : $"could not be stored: {error.Message}";
        }
    }

    // A set has no order that could be kept.
    private static bool IsOfSet(JsonMap expected) =>
        expected.TryGetValue("value", out var value) && value.ToString().Contains("\"$set\"", StringComparison.Ordinal);
}
