namespace Mistral.Executions.Explanations;

/// <summary>What is known of an execution, of those above it, and of what holds it below.</summary>
internal sealed class ExecutionFacts
{
    private readonly Dictionary<string, IExecution> _executions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group> _below = new(StringComparer.Ordinal);
    private readonly Dictionary<(string WorkflowId, string Task), TaskExecution> _latest = [];
    private readonly Dictionary<string, KnownDefinition> _definitions = new(StringComparer.Ordinal);

    public required DateTimeOffset Now { get; init; }

    /// <summary>The engine that explains; empty when none does.</summary>
    public required string EngineId { get; init; }

    /// <summary>The lease of the engine that owns the tree.</summary>
    public required EngineLease Owner { get; init; }

    public required ILookup<string, ExecutionTimer> Timers { get; init; }

    public required ILookup<string, HistoryEntry> History { get; init; }

    /// <summary>Says of an action execution whether its body waits for its turn at this engine.</summary>
    public required Func<string, Turn?> TurnOf { get; init; }

    /// <summary>How many executions are known.</summary>
    public int Count => _executions.Count;

    public bool OwnerLives => Owner.ExpiresAt > Now;

    public void Add(IExecution execution) => _executions[execution.Id] = execution;

    /// <summary>Takes in what is below an execution, as far as it matters.</summary>
    public void AddBelow(string id, IReadOnlyList<IExecution> executions, bool hasMore)
    {
        _below[id] = new(executions, hasMore);
        foreach (var execution in executions)
        {
            Add(execution);
        }
    }

    public void AddLatest(TaskExecution task)
    {
        _latest[(task.WorkflowExecutionId, task.Name)] = task;
        Add(task);
    }

    public void Add(string definitionHash, KnownDefinition definition) => _definitions[definitionHash] = definition;

    public Group Below(string id) => _below.GetValueOrDefault(id, Group.Nothing);

    public bool HasBelow(string id) => _below.ContainsKey(id);

    public TaskExecution? Latest(string workflowId, string task) => _latest.GetValueOrDefault((workflowId, task));

    public WorkflowExecution? WorkflowOf(TaskExecution task) => _executions.GetValueOrDefault(task.WorkflowExecutionId) as WorkflowExecution;

    public TaskExecution? TaskOf(IExecution child) => child switch
    {
        ActionExecution { TaskExecutionId: { } id } => _executions.GetValueOrDefault(id) as TaskExecution,
        WorkflowExecution { TaskExecutionId: { } id } => _executions.GetValueOrDefault(id) as TaskExecution,
        _ => null,
    };

    public KnownDefinition DefinitionOf(WorkflowExecution workflow) => _definitions.GetValueOrDefault(workflow.DefinitionHash);

    public TaskDefinition? DefinitionOf(TaskExecution task) =>
        WorkflowOf(task) is { } workflow ? DefinitionOf(workflow).Definition?.FindTask(task.Name) : null;

    /// <summary>The last thing of these that operators did to an execution.</summary>
    public HistoryEntry? LastOf(string id, params ReadOnlySpan<string> events)
    {
        HistoryEntry? last = null;
        foreach (var entry in History[id])
        {
            last = events.Contains(entry.Event) ? entry : last;
        }

        return last;
    }

    /// <summary>Executions below another one.</summary>
    /// <param name="Executions">Those that matter.</param>
    /// <param name="HasMore">Whether there are more that matter.</param>
    public readonly record struct Group(IReadOnlyList<IExecution> Executions, bool HasMore)
    {
        public static Group Nothing => new([], false);
    }

    /// <summary>A body that waits for its turn.</summary>
    /// <param name="Target">The target whose queue it is; <see langword="null"/> for that of the engine.</param>
    /// <param name="Limit">How many bodies of the queue run at once.</param>
    /// <param name="Before">How many wait before it.</param>
    public readonly record struct Turn(string? Target, int Limit, int Before);

    /// <summary>What the host has of a definition.</summary>
    /// <param name="Definition">The definition, or its structure alone.</param>
    /// <param name="Fault">Why no execution can go on with it.</param>
    public readonly record struct KnownDefinition(WorkflowDefinition? Definition, string? Fault);
}
