namespace Mistral.Executions.Decisions;

/// <summary>What is to be done once a decision is durable.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Runs the body of an action; its result comes back as <see cref="Message.CompleteAction"/>.</summary>
    /// <param name="Execution">The action execution.</param>
    /// <param name="Traits">The action.</param>
    /// <param name="Input">The input of the body: of an ad-hoc action, that of its base.</param>
    /// <param name="WorkflowName">The name of the workflow, when it belongs to one.</param>
    /// <param name="TaskName">The name of the task, when it belongs to one.</param>
    public sealed record RunAction(ActionExecution Execution, ActionTraits Traits, JsonMap Input, string? WorkflowName, string? TaskName) : Effect;

    /// <summary>
    /// Runs an action that is instant and has no side effects. It does not wait for the commit: its result is decided
    /// upon before, so that it costs no commit of its own.
    /// </summary>
    /// <param name="Execution">The action execution.</param>
    /// <param name="Traits">The action.</param>
    /// <param name="Input">The input of the body.</param>
    public sealed record RunInline(ActionExecution Execution, ActionTraits Traits, JsonMap Input) : Effect;
}
