using System.Numerics;

namespace Mistral.Executions;

internal sealed partial class DefinitionCheck
{
    /// <summary>The longest delay or timeout that a definition can state as a constant.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(36_525);

    private void CheckPolicies(TaskDefinition task, TaskPolicies policies)
    {
        CheckCondition(task, "pause-before", policies.PauseBefore);
        CheckSeconds(task, "wait-before", policies.WaitBefore);
        CheckSeconds(task, "wait-after", policies.WaitAfter);
        CheckCondition(task, "fail-on", policies.FailOn);
        CheckSeconds(task, "timeout", policies.Timeout);
        CheckCount(task, "concurrency", policies.Concurrency);
        CheckCondition(task, "safe-rerun", policies.SafeRerun);
        if (policies.Retry is { } retry)
        {
            CheckCount(task, "retry.count", retry.Count);
            CheckSeconds(task, "retry.delay", retry.Delay);
            CheckCondition(task, "retry.break-on", retry.BreakOn);
            CheckCondition(task, "retry.continue-on", retry.ContinueOn);
            CheckBackoff(task, retry.Backoff);
        }
    }

    private void CheckBackoff(TaskDefinition task, RetryBackoff? backoff)
    {
        if (backoff is null)
        {
            return;
        }

        if (!(backoff.Factor >= 1 && double.IsFinite(backoff.Factor)))
        {
            Add(task, "retry", $"The factor of the retry's backoff is {backoff.Factor}; it must be 1 or more.");
        }

        if (backoff.Maximum < TimeSpan.Zero || backoff.Maximum > LongestDelay)
        {
            Add(task, "retry", $"The longest delay of the retry's backoff is {backoff.Maximum}; it must lie between zero and {LongestDelay.TotalDays} days.");
        }

        if (!(backoff.Jitter is >= 0 and <= 1))
        {
            Add(task, "retry", $"The jitter of the retry's backoff is {backoff.Jitter}; it must lie between 0 and 1.");
        }
    }

    private void CheckSeconds(TaskDefinition task, string attribute, IExpression? expression)
    {
        if (expression is ConstantExpression { Value: var value })
        {
            var isNumber = value.Kind is JsonKind.Integer or JsonKind.Float;
            if (!isNumber || !(value.AsDouble() >= 0 && value.AsDouble() <= LongestDelay.TotalSeconds))
            {
                Add(task, attribute, $"'{attribute}' is {Show(value)}; it must be a number of seconds from 0 to {LongestDelay.TotalSeconds}.");
            }
        }
    }

    private void CheckCount(TaskDefinition task, string attribute, IExpression? expression)
    {
        if (expression is ConstantExpression { Value: var value } &&
            (value.Kind != JsonKind.Integer || value.AsInteger() < BigInteger.Zero || value.AsInteger() > int.MaxValue))
        {
            Add(task, attribute, $"'{attribute}' is {Show(value)}; it must be a whole number from 0 to {int.MaxValue}.");
        }
    }

    private void CheckCondition(TaskDefinition task, string attribute, IExpression? expression)
    {
        if (expression is ConstantExpression { Value: { Kind: not JsonKind.Boolean } value })
        {
            Add(task, attribute, $"'{attribute}' is {Show(value)}; it must be true or false.");
        }
    }

    private void CheckText(TaskDefinition task, string attribute, IExpression? expression)
    {
        if (expression is ConstantExpression { Value: var value } && (value.Kind != JsonKind.String || value.AsString().Length == 0))
        {
            Add(task, attribute, $"'{attribute}' is {Show(value)}; it must be a name.");
        }
    }

    private void CheckObject(TaskDefinition? task, string attribute, IExpression? expression)
    {
        if (expression is ConstantExpression { Value: { Kind: not JsonKind.Object } value })
        {
            Add(task, attribute, $"'{attribute}' is {Show(value)}; it must be an object with a member for each name.");
        }
    }

    private static string Show(JsonData value) => value.ToString() is { Length: > 60 } text ? text[..60] + "…" : value.ToString();
}
