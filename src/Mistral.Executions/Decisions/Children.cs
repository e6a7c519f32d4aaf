namespace Mistral.Executions.Decisions;

/// <summary>The action and nested workflow executions of a task.</summary>
internal static class Children
{
    private const string AnotherAttempt = "Its task makes another attempt.";

    /// <summary>
    /// Starts the action or nested workflow of a task. A nested workflow that cannot be started makes the task end in
    /// ERROR, with its routes; an action that does not exist, or takes no such input, is a fault of the definition.
    /// </summary>
    /// <exception cref="TaskFaultException">There is no such action, or its input does not fit.</exception>
    /// <exception cref="ExpressionException">A name or policy cannot be evaluated.</exception>
    public static void Schedule(Turn turn, TaskExecution task, TaskDefinition definition, JsonMap input, int index)
    {
        try
        {
            if (definition.Workflow is { } workflow)
            {
                StartWorkflow(turn, task, Name(workflow.Evaluate(TaskStart.Scope(turn, task))), input, index);
            }
            else
            {
                StartAction(turn, task, definition, input, index);
            }
        }
        catch (ChildRefusedException refused)
        {
            TaskCompletion.EndAtOnce(turn, task.Id, ExecutionState.Error, refused.Message);
        }
    }

    /// <summary>Runs the body of an action execution again: after a crash, with the same id.</summary>
    public static void RunBody(Turn turn, ActionExecution action)
    {
        var traits = turn.Input.Catalog.FindAction(action.Name, action.Namespace)
            ?? throw NoAction(action.Name);
        var input = Prepared(turn, traits, action.Input, action.WorkflowExecutionId, action.TaskExecutionId);
        var task = action.TaskExecutionId is null ? null : turn.Tree.FindTask(action.TaskExecutionId);
        Run(turn, action, traits, input, task);
    }

    /// <summary>
    /// Ends what a task that is to run again has left running, after its timeout say: two attempts never run side by side,
    /// and a late result is not taken for one of the new attempt.
    /// </summary>
    public static void Abandon(Turn turn, TaskExecution task)
    {
        if (turn.Tree.FindTaskNode(task.Id) is null)
        {
            return;
        }

        foreach (var child in turn.Tree.ChildrenOf(task.Id).Where(c => !c.State.IsCompleted()).ToList())
        {
            if (child is ActionExecution action)
            {
                turn.EndTimers(action.Id);
                turn.Save(ExecutionStateMachine.Move(action, ExecutionState.Cancelled, turn.Now, AnotherAttempt) with { Accepted = false });
            }
            else
            {
                WorkflowCompletion.Abandon(turn, child.Id, AnotherAttempt);
            }
        }
    }

    /// <summary>
    /// Takes back the results of a task that is to run again. Ended action executions whose result was accepted keep
    /// their output and lose their acceptance.
    /// </summary>
    public static void TakeBackResults(Turn turn, TaskExecution task, bool onlyFailures)
    {
        turn.ForgetChildren(task.Id);
        var children = task.Items is null && !task.State.IsCompleted() ? [.. turn.Tree.ChildrenOf(task.Id)] : turn.AllChildren(task);
        foreach (var child in children)
        {
            if (onlyFailures && child.State is not (ExecutionState.Error or ExecutionState.Cancelled))
            {
                continue;
            }

            if (IsAccepted(child))
            {
                TakeBackResult(turn, child);
            }
        }
    }

    public static void TakeBackResult(Turn turn, IExecution child)
    {
        if (child is ActionExecution action)
        {
            turn.Save(action with { Accepted = false });
        }
        else
        {
            turn.Save((WorkflowExecution)child with { Accepted = false });
        }
    }

    public static bool IsAccepted(IExecution child) => child is ActionExecution action ? action.Accepted : ((WorkflowExecution)child).Accepted;

    public static int IndexOf(IExecution child) => child is ActionExecution action ? action.Index : ((WorkflowExecution)child).Index;

    /// <summary>Throws the results of a task away that is not to keep them.</summary>
    public static void DropResults(Turn turn, TaskExecution task, IReadOnlyList<IExecution> children)
    {
        foreach (var action in children.OfType<ActionExecution>().Where(a => a.Output.Count > 0))
        {
            turn.Save(action with { Output = JsonMap.Empty });
        }
    }

    /// <summary>What the expressions of an ad-hoc action see of its input.</summary>
    public static DecisionScope InputScope(Turn turn, string? workflowId, string? taskId, JsonData input) => new(turn, workflowId, taskId)
    {
        First = input.AsObject(),
        Branch = taskId is not null && turn.Tree.FindTaskNode(taskId) is not null ? turn.InboundOf(taskId) : null,
    };

    /// <summary>What the expressions of an ad-hoc action see of the result of its base.</summary>
    public static DecisionScope ResultScope(Turn turn, ActionExecution action, JsonData result) =>
        new(turn, action.WorkflowExecutionId, action.TaskExecutionId) { Root = result };

    private static JsonMap Prepared(Turn turn, ActionTraits traits, JsonMap input, string? workflowId, string? taskId) =>
        traits.PrepareInput(input, data => InputScope(turn, workflowId, taskId, data));

    private static string Name(JsonData name) =>
        name.Kind == JsonKind.String ? name.AsString() : throw new TaskFaultException($"a name must be a text, but is {ActionInput.Shorten(name.ToString())}.");

    private static void StartAction(Turn turn, TaskExecution task, TaskDefinition definition, JsonMap input, int index)
    {
        var name = ActionOf(turn, task, definition) is { IsNull: false } given && Truth.Of(given) ? Name(given) : "std.noop";
        var workflow = turn.Tree.WorkflowNode(task.WorkflowExecutionId);
        var traits = Find(turn, workflow, name);
        var target = definition.Target is null ? default : definition.Target.Evaluate(new DecisionScope(turn, task.WorkflowExecutionId, task.Id)
        {
            First = input,
            Branch = turn.InboundOf(task.Id),
        });
        if (traits.CheckInput(input) is { } fault)
        {
            throw new TaskFaultException(fault);
        }

        if (JsonSize.Fault(input, turn.Input.Limits.PayloadBytes) is { } tooLarge)
        {
            throw new TaskFaultException($"the input of the action '{name}' {tooLarge}.");
        }

        input = traits.FillDefaults(input);
        JsonMap body;
        try
        {
            body = traits.PassesDataOn ? input : Prepared(turn, traits, input, task.WorkflowExecutionId, task.Id);
        }
        catch (ExpressionException exception)
        {
            throw new ChildRefusedException(exception.Message);
        }
        catch (DefinitionException exception)
        {
            throw new TaskFaultException(exception.Message);
        }

        var action = new ActionExecution
        {
            Id = turn.NewId(),
            Name = traits.Name,
            Namespace = workflow.Record.Namespace,
            TaskExecutionId = task.Id,
            WorkflowExecutionId = task.WorkflowExecutionId,
            RootExecutionId = task.RootExecutionId,
            State = ExecutionState.Running,
            Input = input,
            Index = index,
            Attempt = task.RetryNumber + 1,
            IsOutside = traits.ModeFor(body) == ActionMode.Outside,
            IsSafeToRerun = definition.Policies.SafeRerun is { } safe ? Truth.Of(safe.Evaluate(TaskStart.Scope(turn, task))) : traits.IsSafeToRerun(body),
            Target = Truth.Text(target),
            CreatedAt = turn.Now,
        };
        turn.Save(action, isNew: true);
        Run(turn, action, traits, body, task);
    }

    private static JsonData ActionOf(Turn turn, TaskExecution task, TaskDefinition definition) => definition.Action switch
    {
        null => default,
        ConstantExpression constant => constant.Value,
        var expression => expression.Evaluate(TaskStart.Scope(turn, task)),
    };

    private static ActionTraits Find(Turn turn, WorkflowNode workflow, string name)
    {
        var catalog = turn.Input.Catalog;
        var @namespace = workflow.Record.Namespace;
        var traits = workflow.Definition.Workbook is { } workbook ? catalog.FindAction($"{workbook}.{name}", @namespace) : null;
        return traits ?? catalog.FindAction(name, @namespace) ?? throw NoAction(name);
    }

    private static TaskFaultException NoAction(string name) => new(name is "std.http" or "std.mistral_http"
        ? $"there is no action '{name}': the host does not allow it ({nameof(ExecutionEngineOptions.AllowHttp)})."
        : $"there is no action '{name}': register it when the engine is opened.");

    /// <summary>Runs the body of an action execution on the input of the body.</summary>
    public static void Run(Turn turn, ActionExecution action, ActionTraits traits, JsonMap input, TaskExecution? task)
    {
        if (action.IsOutside)
        {
            OutsideActions.SetLimits(turn, action, traits);
        }

        var redaction = Secrets.OfBody(turn, action, traits, input);
        turn.Effects.Add(traits.ModeFor(input) == ActionMode.Inline
            ? new Effect.RunInline(action, traits, input) { Redaction = redaction }
            : new Effect.RunAction(action, traits, input, task?.WorkflowName, task?.Name, task is null ? null : Policies.TimeoutOf(turn, task)) { Redaction = redaction });
    }

    private static void StartWorkflow(Turn turn, TaskExecution task, string name, JsonMap input, int index)
    {
        var parent = turn.Tree.WorkflowNode(task.WorkflowExecutionId);
        var catalog = turn.Input.Catalog;
        var @namespace = Truth.Text(parent.Record.Parameters.GetOrNull("namespace")) ?? parent.Record.Namespace;
        var definition = (parent.Definition.Workbook is { } workbook ? catalog.FindWorkflow($"{workbook}.{name}", @namespace) : null)
            ?? catalog.FindWorkflow(name, @namespace)
            ?? throw new ChildRefusedException($"There is no workflow '{name}'{(@namespace.Length == 0 ? "" : $" in the namespace '{@namespace}'")}.");
        var depth = 1;
        for (var above = parent.Record; above.TaskExecutionId is { } aboveTask; depth++)
        {
            above = turn.Tree.FindWorkflow(turn.Tree.FindTask(aboveTask)!.WorkflowExecutionId)!;
        }

        if (depth >= turn.Input.Limits.Nesting)
        {
            throw new ChildRefusedException($"The workflow '{name}' would be nested {depth + 1} deep; the limit is {turn.Input.Limits.Nesting}.");
        }

        // What is no input of the nested workflow is taken as a parameter of its start, as in Mistral.
        var names = definition.Input.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var own = JsonMap.Create(input.Where(i => names.Contains(i.Key)));
        var parameters = JsonMap.Create(input.Where(i => !names.Contains(i.Key))).With("namespace", @namespace);
        try
        {
            WorkflowStart.Start(turn, definition, turn.NewId(), own, parameters, "sub-workflow execution", [], task, index);
        }
        catch (Exception fault) when (fault is InputException or ExpressionException or TaskFaultException)
        {
            throw new ChildRefusedException(fault.Message);
        }
    }

    /// <summary>A child that cannot be started: its task ends in ERROR, with its routes.</summary>
    private sealed class ChildRefusedException(string message) : Exception(message);
}
