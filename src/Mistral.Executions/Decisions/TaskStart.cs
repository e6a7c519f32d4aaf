namespace Mistral.Executions.Decisions;

/// <summary>Starts tasks: new ones, joins whose routes have come together, and tasks that go on after a delay or a pause.</summary>
internal static class TaskStart
{
    public static TaskExecution NewRecord(Turn turn, string workflowId, TaskDefinition definition, string id, ExecutionState state, ContextOrigin? inbound = null, IReadOnlyList<TaskTrigger>? triggers = null)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        if (workflow.TaskCount >= turn.Input.Limits.Tasks)
        {
            throw new TaskFaultException($"The workflow execution has had {workflow.TaskCount} tasks, which is the limit.");
        }

        return new()
        {
            Id = id,
            Name = definition.Name,
            WorkflowExecutionId = workflowId,
            RootExecutionId = workflow.Record.RootExecutionId,
            WorkflowName = workflow.Record.Name,
            Type = definition.Workflow is null ? TaskExecutionType.Action : TaskExecutionType.Workflow,
            State = state,
            IsJoin = definition.Join is not null,
            InboundContext = inbound ?? ContextOrigin.Empty,
            TriggeredBy = triggers ?? [],
            Tags = definition.Tags,
            Ordinal = workflow.TaskCount,
            Visit = workflow.Progress.Find(definition.Name) is { } before ? before.Visit + 1 : 1,
            CreatedAt = turn.Now,
            StartedAt = state == ExecutionState.Running ? turn.Now : null,
            UpdatedAt = turn.Now,
        };
    }

    /// <summary>Starts a task that waits for nothing.</summary>
    public static void Start(Turn turn, string workflowId, TaskDefinition definition, string id, Handover handover, IReadOnlyList<TaskTrigger> triggers)
    {
        turn.Create(NewRecord(turn, workflowId, definition, id, ExecutionState.Running, ContextReader.Stored(handover), triggers), handover.Data);
        RunAgain(turn, id);
    }

    /// <summary>Starts a join. As in Mistral, pause-before and wait-before do not hold a join; timeout does.</summary>
    public static void StartJoin(Turn turn, TaskExecution record, DataContext data)
    {
        turn.Save(ExecutionStateMachine.Move(record, ExecutionState.Running, turn.Now), data);
        TaskFaults.Guard(turn, record.Id, "start", () =>
        {
            Policies.SetTimeout(turn, record.Id);
            RunIfStarted(turn, record.Id);
        });
    }

    /// <summary>Goes on with a task that was held back: by a delay, a retry, or a pause.</summary>
    public static void Continue(Turn turn, string id)
    {
        var record = turn.Tree.FindTask(id)!;
        turn.Save(ExecutionStateMachine.Move(record, ExecutionState.Running, turn.Now) with { Processed = false });
        TaskFaults.Guard(turn, id, "start", () => RunIfStarted(turn, id));
    }

    /// <summary>Runs a task again whose policies have their turn anew.</summary>
    public static void RunAgain(Turn turn, string id) =>
        TaskFaults.Guard(turn, id, "start", id, static (started, task) =>
        {
            Policies.BeforeStart(started, task);
            RunIfStarted(started, task);
        });

    /// <summary>What expressions of a task see before it has ended.</summary>
    public static DecisionScope Scope(Turn turn, TaskExecution task, JsonMap? items = null) => new(turn, task.WorkflowExecutionId, task.Id)
    {
        Branch = turn.InboundOf(task.Id),
        Items = items,
    };

    private static void RunIfStarted(Turn turn, string id)
    {
        var task = turn.Tree.FindTask(id)!;
        if (task.State != ExecutionState.Running)
        {
            return;
        }

        var definition = turn.DefinitionOf(task)!;
        if (definition.WithItems.Count > 0)
        {
            Items.Schedule(turn, task, definition);
        }
        else
        {
            var input = ActionInput.Evaluate(turn, task, definition, items: null);
            Children.Schedule(turn, task, definition, input, index: 0);
        }
    }
}
