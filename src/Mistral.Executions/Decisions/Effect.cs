namespace Mistral.Executions.Decisions;

/// <summary>What is to be done once a decision is durable.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Its kind, and no data.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Takes secrets out of what is said about the run of the body.</summary>
    public Redaction Redaction { get; init; } = Redaction.None;

    /// <summary>Runs the body of an action; its result comes back as <see cref="Message.CompleteAction"/>.</summary>
    /// <param name="Execution">The action execution.</param>
    /// <param name="Traits">The action.</param>
    /// <param name="Input">The input of the body: of an ad-hoc action, that of its base.</param>
    /// <param name="WorkflowName">The name of the workflow, when it belongs to one.</param>
    /// <param name="TaskName">The name of the task, when it belongs to one.</param>
    /// <param name="Timeout">How long the body may run because of the <c>timeout</c> of its task; <see langword="null"/> for as long as it likes.</param>
    public sealed record RunAction(ActionExecution Execution, ActionTraits Traits, JsonMap Input, string? WorkflowName, string? TaskName, TimeSpan? Timeout = null) : Effect;

    /// <summary>
    /// Runs an action that is instant and has no side effects. It does not wait for the commit: its result is decided
    /// upon before, so that it costs no commit of its own.
    /// </summary>
    /// <param name="Execution">The action execution.</param>
    /// <param name="Traits">The action.</param>
    /// <param name="Input">The input of the body.</param>
    public sealed record RunInline(ActionExecution Execution, ActionTraits Traits, JsonMap Input) : Effect;
}
