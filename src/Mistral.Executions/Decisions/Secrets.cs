namespace Mistral.Executions.Decisions;

/// <summary>
/// Where the secrets are that a text about an execution may show: in what its expressions and its actions saw. Copies of a
/// value under other names are found by the value.
/// </summary>
internal static class Secrets
{
    /// <summary>For what is said about a workflow execution now.</summary>
    public static Redaction Of(Turn turn, WorkflowExecution record) => Over(turn.Input.Catalog, turn.Tree, sources =>
    {
        sources.Inbound = task => turn.InboundOf(task.Record.Id);
        sources.Children = task => turn.ChildrenAtHand(task.Record);
        if (turn.Tree.FindWorkflowNode(record.Id) is not { } node)
        {
            sources.Add(record, turn.Input.Catalog.FindWorkflowByHash(record.DefinitionHash));
            return;
        }

        sources.AddUp(node);
        foreach (var task in turn.Tree.TasksOf(record.Id).ToList())
        {
            sources.Add(task, node.Definition);
        }
    });

    /// <summary>For what is said about a task execution now.</summary>
    public static Redaction Of(Turn turn, TaskExecution record) => Over(turn.Input.Catalog, turn.Tree, sources =>
    {
        sources.Inbound = task => turn.InboundOf(task.Record.Id);
        sources.Children = task => task.Record.Items is null ? turn.ChildrenAtHand(task.Record) : turn.AllChildren(task.Record);
        sources.AddAround(record.WorkflowExecutionId, record.Id);
    });

    /// <summary>For what is said about an action execution now.</summary>
    public static Redaction Of(Turn turn, ActionExecution action) => Over(turn.Input.Catalog, turn.Tree, sources =>
    {
        sources.Inbound = task => turn.InboundOf(task.Record.Id);
        sources.Children = task => turn.ChildrenAtHand(task.Record);
        sources.Add(action);
        sources.AddAround(action.WorkflowExecutionId, action.TaskExecutionId);
    });

    /// <summary>For what is said about the run of a body, whenever that is.</summary>
    /// <param name="turn">The decision.</param>
    /// <param name="action">The action execution.</param>
    /// <param name="traits">The action.</param>
    /// <param name="input">The input of the body, which is another one where the action is made of another one.</param>
    public static Redaction OfBody(Turn turn, ActionExecution action, ActionTraits traits, JsonMap input) =>
        turn.Input.Catalog.HasSecrets ? OfMarkedBody(turn, action, traits, input) : Redaction.None;

    /// <summary>For what is said about a message that cannot be decided upon: the secrets of the message, and of the executions at hand.</summary>
    public static Redaction Of(IDecisionCatalog catalog, ExecutionTree tree, Message? message) => Over(catalog, tree, sources =>
    {
        switch (message)
        {
            case Message.StartWorkflow start:
                sources.Add(start.Input, SecretInputs(start.Definition));
                sources.Add(start.Parameters, []);
                break;
            case Message.StartAction start:
                sources.Add(start.Input, catalog.FindAction(start.Action, start.Namespace)?.SecretInputs ?? []);
                break;
            case Message.CompleteAction complete:
                sources.Add(complete.Result.Value, []);
                break;
        }

        foreach (var workflow in tree.AllWorkflows)
        {
            sources.Add(workflow.Record, workflow.Definition);
        }

        foreach (var task in tree.AllTasks)
        {
            sources.Add(task, tree.FindWorkflowNode(task.Record.WorkflowExecutionId)?.Definition);
        }
    });

    /// <summary>The refusal of a message, without secrets. Other refusals than these name ids and states only.</summary>
    public static ExecutionException Redacted(Turn turn, Message message, ExecutionException refusal)
    {
        var redaction = Of(turn.Input.Catalog, turn.Tree, message);
        if (ReferenceEquals(redaction.Apply(refusal), refusal))
        {
            return refusal;
        }

        return refusal switch
        {
            ExpressionException expression => new ExpressionException(redaction.Apply(expression.Expression), redaction.Apply(expression.Reason)),
            InputException => new InputException(redaction.Apply(refusal.Message)),
            _ => refusal,
        };
    }

    // Apart, so that a step without secrets captures nothing.
    private static Redaction OfMarkedBody(Turn turn, ActionExecution action, ActionTraits traits, JsonMap input)
    {
        // The turn is over when the body runs.
        var own = action.TaskExecutionId is { } taskId && turn.Tree.FindTaskNode(taskId) is not null ? turn.InboundOf(taskId) : null;
        return Over(turn.Input.Catalog, turn.Tree, sources =>
        {
            sources.Inbound = task => task.Record.Id == action.TaskExecutionId ? own : task.Inbound;
            sources.Add(action);
            sources.Add(input, traits.SecretInputs);
            sources.AddAround(action.WorkflowExecutionId, action.TaskExecutionId);
        });
    }

    private static Redaction Over(IDecisionCatalog catalog, ExecutionTree tree, Action<Sources> collect) => !catalog.HasSecrets
        ? Redaction.None
        : new(catalog.SecretNames, () =>
        {
            var sources = new Sources(catalog, tree);
            collect(sources);
            return sources.All;
        });

    private static string[] SecretInputs(WorkflowDefinition? definition) =>
        [.. (definition?.Input ?? []).Where(static parameter => parameter.IsSecret).Select(static parameter => parameter.Name)];

    /// <summary>Data with secrets among them, while they are collected.</summary>
    private sealed class Sources(IDecisionCatalog catalog, ExecutionTree tree)
    {
        /// <summary>What a task starts from; as far as it is at hand, unless said otherwise.</summary>
        public Func<TaskNode, DataContext?> Inbound { get; set; } = static task => task.Inbound;

        /// <summary>The children of a task; those that the tree holds, unless said otherwise.</summary>
        public Func<TaskNode, IEnumerable<IExecution>> Children { get; set; } = task => tree.ChildrenOf(task.Record.Id);

        public List<Redaction.Source> All { get; } = [];

        public void Add(JsonData data, IReadOnlyCollection<string> marked) => All.Add(new(data, marked));

        public void Add(WorkflowExecution record, WorkflowDefinition? definition)
        {
            Add(record.Input, SecretInputs(definition));
            Add(record.Parameters, []);
            Add(record.Environment, []);
            Add(record.Context, SecretVariables(definition));
            Add(record.Output, SecretVariables(definition));
        }

        public void Add(ActionExecution action)
        {
            var traits = catalog.FindAction(action.Name, action.Namespace);
            var result = action.Output.GetOrNull("result");
            Add(action.Input, traits?.SecretInputs ?? []);

            // What says why an action failed is no result of it.
            var isSecret = traits?.IsOutputSecret == true && (action.State == ExecutionState.Success || result.Kind != JsonKind.String);
            All.Add(new(result, [], isSecret));
        }

        public void Add(TaskNode task, WorkflowDefinition? definition)
        {
            var variables = SecretVariables(definition);
            Add(Inbound(task)?.ToMap(), variables);
            Add(task.Record.Published, variables);
            foreach (var (name, items) in task.Collections.IsDefault ? [] : task.Collections)
            {
                Add(JsonMap.Create((name, items)), []);
            }

            foreach (var child in Children(task))
            {
                if (child is ActionExecution action)
                {
                    Add(action);
                }
                else if (child is WorkflowExecution nested)
                {
                    Add(nested, catalog.FindWorkflowByHash(nested.DefinitionHash));
                }
            }
        }

        /// <summary>Adds a task with the workflows around it.</summary>
        public void AddAround(string? workflowId, string? taskId)
        {
            if (workflowId is null || tree.FindWorkflowNode(workflowId) is not { } workflow)
            {
                return;
            }

            AddUp(workflow);
            if (taskId is not null && tree.FindTaskNode(taskId) is { } task)
            {
                Add(task, workflow.Definition);
            }
        }

        /// <summary>Adds a workflow execution and those above it, with what the tasks in between start from.</summary>
        public void AddUp(WorkflowNode workflow)
        {
            Add(workflow.Record, workflow.Definition);
            while (workflow.Record.TaskExecutionId is { } parent
                && tree.FindTaskNode(parent) is { } task
                && tree.FindWorkflowNode(task.Record.WorkflowExecutionId) is { } above)
            {
                Add(above.Record, above.Definition);
                Add(Inbound(task)?.ToMap(), SecretVariables(above.Definition));
                workflow = above;
            }
        }

        // A task is forgotten when it has ended and led on: what it published of a secret result is known by the name.
        private string[] SecretVariables(WorkflowDefinition? definition) =>
        [
            .. (definition?.Tasks ?? [])
                .Where(task => task.Action is ConstantExpression { Value: { Kind: JsonKind.String } name } && IsOutputSecret(definition!, name.AsString()))
                .SelectMany(static task => new[] { task.PublishOnSuccess, task.PublishOnError, task.PublishOnSkip })
                .SelectMany(static publish => new[] { publish?.Branch, publish?.Global })
                .SelectMany(static published => published is INamedMembers members ? members.Names : [])
                .Distinct(StringComparer.Ordinal),
        ];

        private bool IsOutputSecret(WorkflowDefinition definition, string action) =>
            ((definition.Workbook is { } workbook ? catalog.FindAction($"{workbook}.{action}", definition.Namespace) : null)
                ?? catalog.FindAction(action, definition.Namespace))?.IsOutputSecret == true;
    }
}
