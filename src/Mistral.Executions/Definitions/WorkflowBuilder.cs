using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions;

/// <summary>Makes a workflow in C#. See "Workflows" in Mistral's description of the workflow language.</summary>
/// <example>
/// <code>
/// var order = new WorkflowBuilder("order")
///     .Input("order_id")
///     .Input("amount", 0)
///     .Task("charge", t => t
///         .Action("payments.charge")
///         .Input(c => new { order_id = c["order_id"], amount = c["amount"] })
///         .Publish("receipt", c => c.Result())
///         .Retry(3, TimeSpan.FromSeconds(10))
///         .OnSuccess("ship", when: c => c["amount"] > 0)
///         .OnError(Routes.Fail("No money.")))
///     .Task("ship", t => t.Action("parcels.send"))
///     .Output("receipt", c => c["receipt"])
///     .Build();
/// </code>
/// </example>
public sealed class WorkflowBuilder
{
    private readonly List<InputParameter> _input = [];
    private readonly List<string> _tags = [];
    private readonly List<TaskBuilder> _tasks = [];
    private readonly TaskDefaultsBuilder _defaults = new();
    private readonly NamedExpressions _variables = new();
    private readonly NamedExpressions _output = new();
    private readonly NamedExpressions _outputOnError = new();
    private WorkflowContent _content;

    /// <summary>Begins a workflow of type direct.</summary>
    /// <param name="name">Its name.</param>
    public WorkflowBuilder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _content = new() { Name = name };
    }

    /// <summary>The namespace, in which names are looked up first.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Namespace(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _content = _content with { Namespace = name };
        return this;
    }

    /// <summary>Makes it a workflow of type reverse: tasks name those they require, and a start names the target task. See "Reverse workflow" in Mistral's description of the workflow language.</summary>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Reverse()
    {
        _content = _content with { Type = WorkflowType.Reverse };
        return this;
    }

    /// <summary>A text for people.</summary>
    /// <param name="description">The text.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Description(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _content = _content with { Description = description };
        return this;
    }

    /// <summary>Adds tags, which each execution carries.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Tags(params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _tags.AddRange(tags);
        return this;
    }

    /// <summary>A parameter that must be given at each start.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Input(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _input.Add(new(name));
        return this;
    }

    /// <summary>A parameter with a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="default">Its value when a start gives none.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Input(string name, JsonData @default)
    {
        ArgumentNullException.ThrowIfNull(name);
        _input.Add(new(name, @default));
        return this;
    }

    /// <summary>A parameter whose value is kept out of logs, traces, state infos and the texts of exceptions. It must be given at each start.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder SecretInput(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _input.Add(new(name) { IsSecret = true });
        return this;
    }

    /// <summary>A parameter with a default, whose value is kept out of logs, traces, state infos and the texts of exceptions.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="default">Its value when a start gives none.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder SecretInput(string name, JsonData @default)
    {
        ArgumentNullException.ThrowIfNull(name);
        _input.Add(new(name, @default) { IsSecret = true });
        return this;
    }

    /// <summary><c>vars</c>: a workflow variable, set at the start.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Variable(string name, JsonData value) => Add(_variables, name, DelegateExpressions.Constant(value));

    /// <summary><c>vars</c>: a workflow variable, set at the start.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Gives its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Variable(string name, Func<IExpressionContext, JsonData> value) => Add(_variables, name, DelegateExpressions.Value($"variable '{name}'", value));

    /// <inheritdoc cref="Variable(string, Func{IExpressionContext, JsonData})"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public WorkflowBuilder Variable(string name, Func<IExpressionContext, object?> value) => Add(_variables, name, DelegateExpressions.Value($"variable '{name}'", value));

    /// <summary>A member of the output after SUCCESS; without any, the output is the whole final context.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Output(string name, JsonData value) => Add(_output, name, DelegateExpressions.Constant(value));

    /// <summary>A member of the output after SUCCESS; without any, the output is the whole final context.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Gives its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Output(string name, Func<IExpressionContext, JsonData> value) => Add(_output, name, DelegateExpressions.Value($"output '{name}'", value));

    /// <inheritdoc cref="Output(string, Func{IExpressionContext, JsonData})"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public WorkflowBuilder Output(string name, Func<IExpressionContext, object?> value) => Add(_output, name, DelegateExpressions.Value($"output '{name}'", value));

    /// <summary><c>output-on-error</c>: a member of the output after ERROR.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder OutputOnError(string name, JsonData value) => Add(_outputOnError, name, DelegateExpressions.Constant(value));

    /// <summary><c>output-on-error</c>: a member of the output after ERROR.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Gives its value.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder OutputOnError(string name, Func<IExpressionContext, JsonData> value) => Add(_outputOnError, name, DelegateExpressions.Value($"output-on-error '{name}'", value));

    /// <inheritdoc cref="OutputOnError(string, Func{IExpressionContext, JsonData})"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public WorkflowBuilder OutputOnError(string name, Func<IExpressionContext, object?> value) => Add(_outputOnError, name, DelegateExpressions.Value($"output-on-error '{name}'", value));

    /// <summary><c>task-defaults</c>: what holds for each task that does not say otherwise.</summary>
    /// <param name="configure">Says it.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder TaskDefaults(Action<TaskDefaultsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_defaults);
        return this;
    }

    /// <summary>Adds a task. In a direct workflow, each task that no route leads to is one to start with.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Says what it is; nothing for a task that runs <c>std.noop</c>.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder Task(string name, Action<TaskBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var task = new TaskBuilder(name);
        configure?.Invoke(task);
        _tasks.Add(task);
        return this;
    }

    /// <summary>Checks the workflow, and makes it.</summary>
    /// <returns>The workflow.</returns>
    /// <exception cref="DefinitionException">It can never work; with all that is wrong.</exception>
    public WorkflowDefinition Build()
    {
        var defaults = _defaults.Build();
        var content = _content with
        {
            Tags = [.. _tags],
            Input = [.. _input],
            Variables = _variables.ToExpression(),
            VariableNames = _variables.Names,
            Output = _output.ToExpression(),
            OutputOnError = _outputOnError.ToExpression(),
            Tasks = [.. _tasks.Select(t => t.Build(defaults, _content.Type))],
        };
        return WorkflowDefinition.Create(content with { Specification = DefinitionStructure.Describe(content) });
    }

    private WorkflowBuilder Add(NamedExpressions members, string name, IExpression value)
    {
        members.Add(name, value);
        return this;
    }
}
