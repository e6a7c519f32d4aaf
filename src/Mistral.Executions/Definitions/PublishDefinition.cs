namespace Mistral.Executions;

/// <summary>What a finished task publishes. See "Publishing variables" in Mistral's description of the workflow language.</summary>
public sealed record PublishDefinition
{
    /// <summary>Gives an object: the variables for the tasks that follow on this branch.</summary>
    public IExpression? Branch { get; init; }

    /// <summary>Gives an object: the variables that the whole workflow execution sees from now on.</summary>
    public IExpression? Global { get; init; }
}
