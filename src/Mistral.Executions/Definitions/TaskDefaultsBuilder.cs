namespace Mistral.Executions;

/// <summary>Says what all tasks of a workflow have in common: <c>task-defaults</c>. What a task says itself wins.</summary>
public sealed class TaskDefaultsBuilder : TaskClausesBuilder<TaskDefaultsBuilder>
{
    internal TaskDefaultsBuilder()
    {
    }

    private protected override TaskDefaultsBuilder This => this;

    internal TaskDefaults Build() => new()
    {
        OnSuccess = RoutesOf(RouteKind.OnSuccess),
        OnError = RoutesOf(RouteKind.OnError),
        OnComplete = RoutesOf(RouteKind.OnComplete),
        OnSkip = RoutesOf(RouteKind.OnSkip),
        Requires = RequiredTasks,
        Policies = Policies,
    };
}
