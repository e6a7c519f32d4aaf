using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions;

/// <summary>Says what one task of a workflow is. See "Task" in Mistral's description of the workflow language.</summary>
/// <remarks>A task that names neither an action nor a workflow runs <c>std.noop</c>.</remarks>
public sealed class TaskBuilder : TaskClausesBuilder<TaskBuilder>
{
    private readonly NamedExpressions[] _publish = [new(), new(), new(), new()];
    private readonly NamedExpressions[] _publishGlobal = [new(), new(), new(), new()];
    private readonly List<ItemSource> _items = [];
    private readonly List<string> _tags = [];
    private TaskDefinition _task;

    internal TaskBuilder(string name) => _task = new() { Name = name };

    private protected override TaskBuilder This => this;

    /// <summary>A text for people.</summary>
    /// <param name="description">The text.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Description(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return Set(_task with { Description = description });
    }

    /// <summary>Adds tags, which each task execution carries.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Tags(params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _tags.AddRange(tags);
        return this;
    }

    /// <summary>The task runs an action.</summary>
    /// <param name="name">The name of the action.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Action(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Set(_task with { Action = DelegateExpressions.Constant(name) });
    }

    /// <summary>The task runs an action whose name is worked out when it starts.</summary>
    /// <param name="name">Gives the name of the action.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Action(Func<IExpressionContext, string> name) => Set(_task with { Action = DelegateExpressions.Text("action", name) });

    /// <summary>The task runs a nested workflow.</summary>
    /// <param name="name">The name of the workflow.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Workflow(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Set(_task with { Workflow = DelegateExpressions.Constant(name) });
    }

    /// <summary>The task runs a nested workflow whose name is worked out when it starts.</summary>
    /// <param name="name">Gives the name of the workflow.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Workflow(Func<IExpressionContext, string> name) => Set(_task with { Workflow = DelegateExpressions.Text("workflow", name) });

    /// <summary>The input of the action or workflow.</summary>
    /// <param name="input">A JSON object.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Input(JsonData input) => Set(_task with { Input = DelegateExpressions.Constant(input) });

    /// <summary>The input of the action or workflow.</summary>
    /// <param name="input">An object with a property for each parameter, such as an anonymous one; names become snake_case.</param>
    /// <returns>This builder.</returns>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public TaskBuilder Input(object input) => Set(_task with { Input = DelegateExpressions.Constant(JsonData.FromObject(input)) });

    /// <summary>The input of the action or workflow.</summary>
    /// <param name="input">Gives a JSON object.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Input(Func<IExpressionContext, JsonData> input) => Set(_task with { Input = DelegateExpressions.Value("input", input) });

    /// <summary>The input of the action or workflow.</summary>
    /// <param name="input">Gives an object with a property for each parameter, such as an anonymous one; names become snake_case.</param>
    /// <returns>This builder.</returns>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public TaskBuilder Input(Func<IExpressionContext, object> input) => Set(_task with { Input = DelegateExpressions.Value("input", input) });

    /// <summary>
    /// <c>with-items</c>: runs once for each item of a collection. Said several times, the collections are walked side by
    /// side. See "with-items" in Mistral's description of the workflow language.
    /// </summary>
    /// <param name="name">The variable that holds the item.</param>
    /// <param name="collection">Gives a JSON array.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder WithItems(string name, Func<IExpressionContext, JsonData> collection) => AddItems(name, DelegateExpressions.Value("with-items", collection));

    /// <inheritdoc cref="WithItems(string, Func{IExpressionContext, JsonData})"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public TaskBuilder WithItems(string name, Func<IExpressionContext, object> collection) => AddItems(name, DelegateExpressions.Value("with-items", collection));

    /// <summary>
    /// Publishes a variable for the tasks that follow on this branch. See "Publishing variables" in Mistral's description of
    /// the workflow language.
    /// </summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="on">When it is published; what <see cref="RouteKind.OnComplete"/> publishes wins over the others.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Publish(string name, JsonData value, RouteKind on = RouteKind.OnSuccess) => Add(_publish, name, DelegateExpressions.Constant(value), on);

    /// <summary>
    /// Publishes a variable for the tasks that follow on this branch. See "Publishing variables" in Mistral's description of
    /// the workflow language.
    /// </summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Gives its value.</param>
    /// <param name="on">When it is published; what <see cref="RouteKind.OnComplete"/> publishes wins over the others.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Publish(string name, Func<IExpressionContext, JsonData> value, RouteKind on = RouteKind.OnSuccess) =>
        Add(_publish, name, DelegateExpressions.Value($"publish '{name}'", value), on);

    /// <inheritdoc cref="Publish(string, Func{IExpressionContext, JsonData}, RouteKind)"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public TaskBuilder Publish(string name, Func<IExpressionContext, object?> value, RouteKind on = RouteKind.OnSuccess) =>
        Add(_publish, name, DelegateExpressions.Value($"publish '{name}'", value), on);

    /// <summary>
    /// Publishes a variable that the whole workflow execution sees from then on. See "Publishing variables" in Mistral's
    /// description of the workflow language.
    /// </summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="on">When it is published; what <see cref="RouteKind.OnComplete"/> publishes wins over the others.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder PublishGlobal(string name, JsonData value, RouteKind on = RouteKind.OnSuccess) => Add(_publishGlobal, name, DelegateExpressions.Constant(value), on);

    /// <summary>
    /// Publishes a variable that the whole workflow execution sees from then on. See "Publishing variables" in Mistral's
    /// description of the workflow language.
    /// </summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Gives its value.</param>
    /// <param name="on">When it is published; what <see cref="RouteKind.OnComplete"/> publishes wins over the others.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder PublishGlobal(string name, Func<IExpressionContext, JsonData> value, RouteKind on = RouteKind.OnSuccess) =>
        Add(_publishGlobal, name, DelegateExpressions.Value($"publish '{name}' globally", value), on);

    /// <inheritdoc cref="PublishGlobal(string, Func{IExpressionContext, JsonData}, RouteKind)"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public TaskBuilder PublishGlobal(string name, Func<IExpressionContext, object?> value, RouteKind on = RouteKind.OnSuccess) =>
        Add(_publishGlobal, name, DelegateExpressions.Value($"publish '{name}' globally", value), on);

    /// <summary><c>keep-result</c>: whether the result is kept once it has been published.</summary>
    /// <param name="keep">Whether it is.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder KeepResult(bool keep) => Set(_task with { KeepResult = DelegateExpressions.Constant(keep) });

    /// <summary><c>keep-result</c>: whether the result is kept once it has been published.</summary>
    /// <param name="when">Gives whether it is.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder KeepResult(Func<IExpressionContext, bool> when) => Set(_task with { KeepResult = DelegateExpressions.Condition("keep-result", when) });

    /// <summary><c>target</c>: the queue in which the actions run.</summary>
    /// <param name="queue">Its name.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Target(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return Set(_task with { Target = DelegateExpressions.Constant(queue) });
    }

    /// <summary><c>target</c>: the queue in which the actions run.</summary>
    /// <param name="queue">Gives its name.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Target(Func<IExpressionContext, string> queue) => Set(_task with { Target = DelegateExpressions.Text("target", queue) });

    /// <summary><c>join: all</c>: waits until every task with a route to this one has taken it. See "Join" in Mistral's description of the workflow language.</summary>
    /// <returns>This builder.</returns>
    public TaskBuilder JoinAll() => Set(_task with { Join = JoinCondition.All });

    /// <summary><c>join: one</c>: starts with the first route that is taken, and once only.</summary>
    /// <returns>This builder.</returns>
    public TaskBuilder JoinOne() => Set(_task with { Join = JoinCondition.One });

    /// <summary><c>join: N</c>: waits until so many tasks have taken their route to this one.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>This builder.</returns>
    public TaskBuilder Join(int count) => Set(_task with { Join = new JoinCondition(count) });

    internal TaskDefinition Build(TaskDefaults defaults, WorkflowType type)
    {
        var task = defaults.ApplyTo(
            _task with
            {
                Action = _task.Action ?? (_task.Workflow is null ? DelegateExpressions.Constant("std.noop") : null),
                Tags = [.. _tags],
                WithItems = [.. _items],
                PublishOnSuccess = PublishOn(RouteKind.OnSuccess),
                PublishOnError = PublishOn(RouteKind.OnError),
                PublishOnSkip = PublishOn(RouteKind.OnSkip),
                OnSuccess = RoutesOf(RouteKind.OnSuccess),
                OnError = RoutesOf(RouteKind.OnError),
                OnComplete = RoutesOf(RouteKind.OnComplete),
                OnSkip = RoutesOf(RouteKind.OnSkip),
                Requires = RequiredTasks,
                Policies = Policies,
            },
            type);
        return task with { Specification = DefinitionStructure.Describe(task) };
    }

    private PublishDefinition? PublishOn(RouteKind kind)
    {
        var branch = _publish[(int)kind].With(_publish[(int)RouteKind.OnComplete]).ToExpression();
        var global = _publishGlobal[(int)kind].With(_publishGlobal[(int)RouteKind.OnComplete]).ToExpression();
        return branch is null && global is null ? null : new() { Branch = branch, Global = global };
    }

    private TaskBuilder AddItems(string name, IExpression collection)
    {
        ArgumentNullException.ThrowIfNull(name);
        _items.Add(new(name, collection));
        return this;
    }

    private TaskBuilder Add(NamedExpressions[] published, string name, IExpression value, RouteKind on)
    {
        if (!Enum.IsDefined(on))
        {
            throw new ArgumentOutOfRangeException(nameof(on), on, "There is no such kind of route.");
        }

        published[(int)on].Add(name, value);
        return this;
    }

    private TaskBuilder Set(TaskDefinition task)
    {
        _task = task;
        return this;
    }
}
