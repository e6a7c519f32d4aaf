using Mistral.Executions.Decisions;

namespace Mistral.Executions.Actions;

/// <summary>An action with a body of its own, or whose result comes from outside. Immutable.</summary>
internal sealed class ActionDescriptor(string name) : RunnableAction
{
    public override string Name { get; } = name;

    public override ActionDescriptor Body => this;

    /// <summary>How a failure names the action, where that is not its name.</summary>
    public string FailureName { get; init; } = name;

    /// <summary>Which names the input may have.</summary>
    public ActionParameters Parameters { get; init; } = ActionParameters.Any;

    /// <summary>How long a run of the body may take; <see langword="null"/> for as long as it wants.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The body that runs after the commit. An outside action may have one that starts the work; what it returns is dropped.</summary>
    public ActionBody? RunAsync { get; init; }

    /// <summary>The body that runs before the commit.</summary>
    public InlineBody? RunInline { get; init; }

    /// <summary>Whether the result comes by <c>CompleteActionAsync</c>.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Which inputs <see cref="RunInline"/> can take; all, when nothing is said.</summary>
    public Func<JsonMap, bool>? IsInline { get; init; }

    /// <summary>Whether a run with that input can be repeated.</summary>
    public Func<JsonMap, bool> IsSafe { get; init; } = static _ => true;

    /// <summary>What an outside action has to keep to; of others, <see cref="Timeout"/> counts.</summary>
    public ActionOptions OutsideLimits { get; init; } = new();

    /// <summary>The parameters that are secret.</summary>
    public IReadOnlyCollection<string> Secret { get; init; } = [];

    /// <summary>Whether the result is secret.</summary>
    public bool GivesSecret { get; init; }

    public override IReadOnlyCollection<string> SecretInputs => Secret;

    public override bool IsOutputSecret => GivesSecret;

    public override TimeSpan? Deadline => OutsideLimits.Deadline;

    public override TimeSpan? Heartbeat => OutsideLimits.Heartbeat;

    public override bool IsSafeToRerun(JsonMap input) => IsSafe(input);

    public override ActionMode ModeFor(JsonMap input)
    {
        if (IsOutside)
        {
            return ActionMode.Outside;
        }

        return RunInline is not null && (IsInline is null || IsInline(input)) ? ActionMode.Inline : ActionMode.Body;
    }

    public override string? CheckInput(JsonMap input) => Parameters.Check(Name, input);
}
