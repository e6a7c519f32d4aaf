namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads the policies of a task or of <c>task-defaults</c>. See "Policies" in Mistral's description of the workflow language.</summary>
internal sealed class PolicyReader(ReadingContext context)
{
    /// <summary>The attributes that are policies.</summary>
    public static readonly string[] Attributes = ["pause-before", "wait-before", "wait-after", "fail-on", "timeout", "retry", "concurrency", "safe-rerun"];

    private static readonly string[] RetryAttributes = ["count", "delay", "break-on", "continue-on"];

    public TaskPolicies Read(AttributeReader attributes) => new()
    {
        PauseBefore = Stated(attributes.Condition("pause-before")),
        WaitBefore = Stated(attributes.WholeNumber("wait-before")),
        WaitAfter = Stated(attributes.WholeNumber("wait-after")),
        FailOn = Stated(attributes.Condition("fail-on")),
        Timeout = Stated(attributes.WholeNumber("timeout")),
        Retry = ReadRetry(attributes),
        Concurrency = Stated(attributes.WholeNumber("concurrency")),
        SafeRerun = attributes.Condition("safe-rerun"),
    };

    // In Mistral a policy of 0 or false is one that the task does not have, so the default counts.
    private static IExpression? Stated(IExpression? policy) =>
        policy is ConstantExpression { Value: var value } && (value == 0 || value == false) ? null : policy;

    private RetryPolicy? ReadRetry(AttributeReader attributes)
    {
        if (attributes.Find("retry") is not { } element)
        {
            return null;
        }

        var source = element;
        if (element.Data.Kind == JsonKind.String && element.Data.AsString() is { Length: > 0 } line)
        {
            var parameters = InlineCommand.Parse(line)?.Parameters ?? JsonMap.Empty;
            source = element with { Node = DocumentNode.From(parameters, element.Node.Place) };
        }

        if (source.Node is not MappingNode mapping)
        {
            context.Report(element, $"Expected a mapping with count and delay, or a line such as 'count=3 delay=1', but found {Wording.Found(element.Data)}.");
            return null;
        }

        var retry = new AttributeReader(context, mapping, source.Path);
        retry.RefuseUnknown("'retry'", RetryAttributes);
        foreach (var needed in RetryAttributes[..2])
        {
            if (mapping.Find(needed) is null)
            {
                context.Report(element, $"'retry' needs '{needed}'.");
            }
        }

        return new()
        {
            Count = retry.WholeNumber("count") ?? new ConstantExpression(0),
            Delay = retry.WholeNumber("delay") ?? new ConstantExpression(0),
            BreakOn = retry.Expression("break-on"),
            ContinueOn = retry.Expression("continue-on"),
        };
    }
}
