namespace Mistral.Executions;

/// <summary>The rows of one tree.</summary>
internal sealed class InMemoryTree(string id)
{
    public string Id { get; } = id;

    public string OwnerId { get; set; } = "";

    public long Epoch { get; set; }

    public Dictionary<string, WorkflowExecution> Workflows { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TaskExecution> Tasks { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ActionExecution> Actions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ExecutionTimer> Timers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HistoryEntry> History { get; } = new(StringComparer.Ordinal);

    public bool HasEnded =>
        Workflows.TryGetValue(Id, out var workflow) ? workflow.State.IsCompleted() : Actions[Id].State.IsCompleted();

    /// <summary>Whether the root is the one that is given, in all that it holds.</summary>
    public bool BeginsWith(IExecution root) => root switch
    {
        ActionExecution action => Actions.TryGetValue(Id, out var stored) && stored == action,
        WorkflowExecution workflow => Workflows.TryGetValue(Id, out var stored)
            && stored with { Tags = workflow.Tags, Backlog = workflow.Backlog } == workflow
            && stored.Tags.SequenceEqual(workflow.Tags)
            && stored.Backlog.SequenceEqual(workflow.Backlog),
        _ => false,
    };

    /// <summary>Whether every record that is begun is there: two starts of one id in the same moment differ in nothing but the ids below the root.</summary>
    public bool HasAllBegunBy(ExecutionChanges changes) =>
        changes.NewWorkflows.All(w => Workflows.ContainsKey(w.Id))
        && changes.NewTasks.All(t => Tasks.ContainsKey(t.Id))
        && changes.NewActions.All(a => Actions.ContainsKey(a.Id));

    /// <summary>Whether every record that is changed is there.</summary>
    public bool HasAllChangedBy(ExecutionChanges changes) =>
        changes.Workflows.All(w => Workflows.ContainsKey(w.Id))
        && changes.Tasks.All(t => Tasks.ContainsKey(t.Id))
        && changes.Actions.All(a => Actions.ContainsKey(a.Id));

    public void Apply(ExecutionChanges changes)
    {
        foreach (var workflow in changes.NewWorkflows.Concat(changes.Workflows))
        {
            Workflows[workflow.Id] = workflow;
        }

        foreach (var task in changes.NewTasks.Concat(changes.Tasks))
        {
            Tasks[task.Id] = task;
        }

        foreach (var action in changes.NewActions.Concat(changes.Actions))
        {
            Actions[action.Id] = action;
        }

        foreach (var timer in changes.NewTimers)
        {
            Timers[timer.Id] = timer;
        }

        foreach (var timerId in changes.EndedTimers)
        {
            Timers.Remove(timerId);
        }

        foreach (var entry in changes.History)
        {
            History[entry.Id] = entry;
        }
    }

    /// <summary>What <see cref="StoredTree"/> says of each list.</summary>
    public StoredTree Read()
    {
        var workflows = new Dictionary<string, WorkflowExecution>(StringComparer.Ordinal);
        var tasks = new Dictionary<string, TaskExecution>(StringComparer.Ordinal);
        while (Workflows.Values.Where(w => !workflows.ContainsKey(w.Id) && (IsLoaded(w, tasks) || HasBelow(w, workflows))).ToList() is { Count: > 0 } found)
        {
            found.ForEach(w => workflows.Add(w.Id, w));
            tasks = Tasks.Values
                .Where(t => workflows.ContainsKey(t.WorkflowExecutionId) && (StoredTree.NeedsToGoOn(t) || HasOpenAction(t) || HasBelow(t, workflows)))
                .ToDictionary(t => t.Id, StringComparer.Ordinal);
        }

        return new StoredTree
        {
            OwnerId = OwnerId,
            Epoch = Epoch,
            Workflows = InOrder(workflows.Values),
            Tasks = InOrder(tasks.Values),
            Actions = InOrder(Actions.Values.Where(a => IsLoaded(a, tasks))),
            ContextTasks = InOrder(ContextOf(tasks)),
            Timers = [.. Timers.Values.OrderBy(t => t.Id, StringComparer.Ordinal)],
        };
    }

    /// <summary>Whether an execution is the one that is given, or below it.</summary>
    public bool IsWithin(string? id, string ancestorId)
    {
        while (id is not null && id != ancestorId)
        {
            id = Actions.TryGetValue(id, out var action) ? action.TaskExecutionId
                : Tasks.TryGetValue(id, out var task) ? task.WorkflowExecutionId
                : Workflows.TryGetValue(id, out var workflow) ? workflow.TaskExecutionId
                : null;
        }

        return id is not null;
    }

    private static List<T> InOrder<T>(IEnumerable<T> executions)
        where T : IExecution => [.. executions.OrderBy(e => e.Id, StringComparer.Ordinal)];

    private bool IsLoaded(WorkflowExecution workflow, Dictionary<string, TaskExecution> loaded) =>
        workflow.Id == Id
        || !workflow.State.IsCompleted()
        || Actions.Values.Any(a => a.WorkflowExecutionId == workflow.Id && !a.State.IsCompleted())
        || (workflow.Accepted && workflow.TaskExecutionId is { } taskId && loaded.TryGetValue(taskId, out var task)
            && !task.State.IsCompleted() && task.Items is null);

    private bool IsLoaded(ActionExecution action, Dictionary<string, TaskExecution> loaded) =>
        action.Id == Id
        || !action.State.IsCompleted()
        || (action.TaskExecutionId is { } taskId && loaded.TryGetValue(taskId, out var task) && !task.State.IsCompleted()
            && action.Accepted && task.Items is null);

    private bool HasBelow(WorkflowExecution workflow, Dictionary<string, WorkflowExecution> loaded) =>
        loaded.Values.Any(w => w.TaskExecutionId is { } taskId && Tasks[taskId].WorkflowExecutionId == workflow.Id);

    private static bool HasBelow(TaskExecution task, Dictionary<string, WorkflowExecution> loaded) =>
        loaded.Values.Any(w => w.TaskExecutionId == task.Id);

    private bool HasOpenAction(TaskExecution task) => Actions.Values.Any(a => a.TaskExecutionId == task.Id && !a.State.IsCompleted());

    private IEnumerable<TaskExecution> ContextOf(Dictionary<string, TaskExecution> loaded)
    {
        var found = new Dictionary<string, TaskExecution>(StringComparer.Ordinal);
        foreach (var start in loaded.Values)
        {
            var task = start;
            while (task.InboundContext is { Snapshot: null, TaskExecutionId: { } originId }
                && Tasks.TryGetValue(originId, out task!)
                && found.TryAdd(originId, task))
            {
            }
        }

        return found.Values.Where(t => !loaded.ContainsKey(t.Id));
    }
}
