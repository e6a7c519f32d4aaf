namespace Mistral.Executions.Decisions;

/// <summary>Starts workflow executions, at the top of a tree and nested.</summary>
internal static class WorkflowStart
{
    /// <exception cref="InputException">The input does not fit.</exception>
    /// <exception cref="ExpressionException">A variable or the environment cannot be evaluated.</exception>
    /// <exception cref="TaskFaultException">A parameter is wrong.</exception>
    public static void Start(
        Turn turn,
        WorkflowDefinition definition,
        string id,
        JsonMap input,
        JsonMap parameters,
        string description,
        IReadOnlyList<string> tags,
        TaskExecution? task,
        int index)
    {
        CheckInput(definition, input);
        CheckSize(turn, $"The input of the workflow '{definition.Name}'", input);
        CheckSize(turn, $"What the workflow '{definition.Name}' is started with beside its input", parameters);
        if (definition.Type == WorkflowType.Reverse)
        {
            Reverse.CheckTarget(definition, parameters);
        }

        var record = new WorkflowExecution
        {
            Id = id,
            Name = definition.Name,
            Namespace = definition.Namespace,
            DefinitionHash = definition.Hash,
            State = ExecutionState.Running,
            Input = WithDefaults(definition, input),
            Environment = Environment(turn, parameters),
            Parameters = parameters.ContainsKey("namespace") ? parameters.Without("env") : parameters.Without("env").With("namespace", definition.Namespace),
            Description = description,
            Tags = [.. definition.Tags.Concat(tags).Distinct(StringComparer.Ordinal)],
            TaskExecutionId = task?.Id,
            RootExecutionId = task?.RootExecutionId ?? id,
            Index = index,
            CreatedAt = turn.Now,
            UpdatedAt = turn.Now,
        };
        if (definition.Variables is { } variables)
        {
            record = record with { Context = Variables(turn, variables, record) };
        }

        turn.Changes.IsNewTree |= task is null;
        turn.Changes.Use(definition);
        turn.Save(record, definition);
        StartTasks(turn, id);
        turn.CheckCompletion(id);
    }

    /// <summary>Starts the tasks that nothing leads to; in a reverse workflow, those that require nothing.</summary>
    public static void StartTasks(Turn turn, string workflowId)
    {
        var definition = turn.Tree.WorkflowNode(workflowId).Definition;
        if (definition.Type == WorkflowType.Reverse)
        {
            Reverse.StartSatisfied(turn, workflowId);
            return;
        }

        foreach (var start in definition.Graph.StartTasks)
        {
            // A task that starts can pause or end the workflow, by a policy or a fault.
            if (turn.Tree.FindWorkflow(workflowId) is not { } workflow || workflow.State.IsCompleted())
            {
                return;
            }

            TaskStart.Start(turn, workflowId, start, turn.NewId(), Handover.Nothing, []);
        }
    }

    private static void CheckInput(WorkflowDefinition definition, JsonMap input)
    {
        var missing = definition.Input.Where(p => p.Default is null && !input.ContainsKey(p.Name)).Select(p => p.Name).ToList();
        var unknown = input.Keys.Where(k => definition.Input.All(p => p.Name != k)).ToList();
        if (missing.Count > 0 || unknown.Count > 0)
        {
            throw new InputException(
                $"The input does not fit the workflow '{definition.Name}'."
                + (missing.Count > 0 ? $" Missing: {string.Join(", ", missing.Select(m => $"'{m}'"))}." : "")
                + (unknown.Count > 0 ? $" Unknown: {string.Join(", ", unknown.Select(u => $"'{u}'"))}." : "")
                + (definition.Input.Count > 0 ? $" It takes {string.Join(", ", definition.Input.Select(p => $"'{p.Name}'{(p.Default is null ? "" : " (optional)")}"))}." : " It takes no input."));
        }
    }

    /// <exception cref="InputException">It is larger than what can be kept.</exception>
    public static void CheckSize(Turn turn, string what, JsonMap data)
    {
        if (JsonSize.Fault(data, turn.Input.Limits.PayloadBytes) is { } fault)
        {
            throw new InputException($"{what} {fault}. Keep the data elsewhere and say where they are.");
        }
    }

    private static JsonMap WithDefaults(WorkflowDefinition definition, JsonMap input)
    {
        foreach (var parameter in definition.Input)
        {
            if (parameter.Default is { } value && !input.ContainsKey(parameter.Name))
            {
                input = input.With(parameter.Name, value);
            }
        }

        return input;
    }

    private static JsonMap Environment(Turn turn, JsonMap parameters)
    {
        var given = parameters.GetOrNull("env");
        if (!Truth.Of(given))
        {
            return JsonMap.Empty;
        }

        if (given.Kind != JsonKind.Object)
        {
            throw new InputException(given.Kind == JsonKind.String
                ? $"There is no environment '{given.AsString()}'."
                : $"The environment must be an object, but is {given.Kind}.");
        }

        if (parameters.TryGetValue("evaluate_env", out var evaluate) && !Truth.Of(evaluate))
        {
            return given.AsObject();
        }

        var scope = new DecisionScope(turn, null, null) { First = JsonMap.Create(("__env", given)) };
        return turn.Input.Catalog.Template(given).Evaluate(scope).AsObject();
    }

    private static JsonMap Variables(Turn turn, IExpression variables, WorkflowExecution record)
    {
        var value = variables.Evaluate(new DecisionScope(turn, record.Id, null) { Starting = record });
        return value.Kind == JsonKind.Object
            ? value.AsObject()
            : throw new TaskFaultException($"The variables of the workflow '{record.Name}' must be an object, but are {value.Kind}.");
    }
}
