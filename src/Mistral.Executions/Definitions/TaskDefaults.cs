namespace Mistral.Executions;

/// <summary>What <c>task-defaults</c> says. See "Task attributes" and "Workflow attributes" in Mistral's description of the workflow language.</summary>
internal sealed record TaskDefaults
{
    public IReadOnlyList<RouteDefinition> OnSuccess { get; init; } = [];

    public IReadOnlyList<RouteDefinition> OnError { get; init; } = [];

    public IReadOnlyList<RouteDefinition> OnComplete { get; init; } = [];

    public IReadOnlyList<RouteDefinition> OnSkip { get; init; } = [];

    public IReadOnlyList<string> Requires { get; init; } = [];

    public TaskPolicies Policies { get; init; } = TaskPolicies.None;

    /// <summary>
    /// A task with these defaults in it: its routes of a kind, when it has any, replace the default ones of that kind,
    /// which never lead to the task itself; required tasks are added to its own; policies are taken one by one.
    /// </summary>
    public TaskDefinition ApplyTo(TaskDefinition task, WorkflowType type) => type == WorkflowType.Direct
        ? task with
        {
            OnSuccess = Routes(task, task.OnSuccess, OnSuccess),
            OnError = Routes(task, task.OnError, OnError),
            OnComplete = Routes(task, task.OnComplete, OnComplete),
            OnSkip = Routes(task, task.OnSkip, OnSkip),
            Policies = task.Policies.Over(Policies),
        }
        : task with
        {
            Requires = [.. task.Requires.Union(Requires, StringComparer.Ordinal).Where(r => r != task.Name)],
            Policies = task.Policies.Over(Policies),
        };

    private static IReadOnlyList<RouteDefinition> Routes(TaskDefinition task, IReadOnlyList<RouteDefinition> own, IReadOnlyList<RouteDefinition> defaults) =>
        own.Count > 0 ? own : [.. defaults.Where(r => r.Target != task.Name)];
}
