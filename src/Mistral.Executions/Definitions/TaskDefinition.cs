using System.Text;

namespace Mistral.Executions;

/// <summary>
/// A task of a workflow, complete: what <c>task-defaults</c> says is already in it. See "Task" in Mistral's description
/// of the workflow language.
/// </summary>
public sealed record TaskDefinition
{
    /// <summary>The name, unique in the workflow.</summary>
    public required string Name { get; init; }

    /// <summary>A text for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tags, copied to each task execution.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gives the name of the action; <see langword="null"/> for a task that runs a workflow.</summary>
    public IExpression? Action { get; init; }

    /// <summary>Gives the name of the nested workflow; <see langword="null"/> for a task that runs an action.</summary>
    public IExpression? Workflow { get; init; }

    /// <summary>Gives an object: the input of the action or workflow.</summary>
    public IExpression? Input { get; init; }

    /// <summary>The collections of <c>with-items</c>; empty for a task that runs once.</summary>
    public IReadOnlyList<ItemSource> WithItems { get; init; } = [];

    /// <summary>What is published after SUCCESS.</summary>
    public PublishDefinition? PublishOnSuccess { get; init; }

    /// <summary>What is published after ERROR.</summary>
    public PublishDefinition? PublishOnError { get; init; }

    /// <summary>What is published after SKIPPED.</summary>
    public PublishDefinition? PublishOnSkip { get; init; }

    /// <summary>The routes taken after SUCCESS.</summary>
    public IReadOnlyList<RouteDefinition> OnSuccess { get; init; } = [];

    /// <summary>The routes taken after ERROR.</summary>
    public IReadOnlyList<RouteDefinition> OnError { get; init; } = [];

    /// <summary>The routes taken after SUCCESS or ERROR.</summary>
    public IReadOnlyList<RouteDefinition> OnComplete { get; init; } = [];

    /// <summary>The routes taken after SKIPPED; where there are none, those after SUCCESS.</summary>
    public IReadOnlyList<RouteDefinition> OnSkip { get; init; } = [];

    /// <summary>Makes the task wait for several routes; <see langword="null"/> starts it once for each.</summary>
    public JoinCondition? Join { get; init; }

    /// <summary>The tasks that must have succeeded before, in a reverse workflow.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The policies.</summary>
    public TaskPolicies Policies { get; init; } = TaskPolicies.None;

    /// <summary><c>target</c>: gives the name of the queue in which the actions run.</summary>
    public IExpression? Target { get; init; }

    /// <summary><c>keep-result</c>: false throws the result away once it has been published; true when absent.</summary>
    public IExpression? KeepResult { get; init; }

    /// <summary>The task as its author wrote it, as expressions see it in <c>task().spec</c>.</summary>
    public JsonMap Specification { get; init; } = JsonMap.Empty;

    /// <summary>The routes of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The routes, in order.</returns>
    public IReadOnlyList<RouteDefinition> Routes(RouteKind kind) => kind switch
    {
        RouteKind.OnSuccess => OnSuccess,
        RouteKind.OnError => OnError,
        RouteKind.OnComplete => OnComplete,
        _ => OnSkip,
    };

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Name = {Name}");
        return true;
    }
}
