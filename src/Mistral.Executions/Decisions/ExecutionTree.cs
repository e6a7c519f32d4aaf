using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>
/// A root workflow execution and everything below it that is still of interest, as an immutable value: open records,
/// counters and indexes. Made from stored rows by <see cref="Load"/>, and from another tree record by record. What has
/// ended, led on and been processed is forgotten, so a tree is as large as what is open in it.
/// </summary>
internal sealed partial record ExecutionTree
{
    private static readonly ImmutableList<ExecutionTimer> NoTimers = [];

    private ExecutionTree(string treeId) => TreeId = treeId;

    public string TreeId { get; }

    /// <summary>The action execution that is the whole tree; <see langword="null"/> for a tree of workflows.</summary>
    public ActionExecution? StandaloneAction { get; private init; }

    public WorkflowExecution? Root => FindWorkflow(TreeId);

    public bool Exists => StandaloneAction is not null || Workflows.Contains(TreeId);

    /// <summary>Whether the root has ended and nothing below it goes on. Tasks that waited when their workflow ended wait for ever.</summary>
    public bool IsEnded => StandaloneAction?.State.IsCompleted()
        ?? (Root is { } root && root.State.IsCompleted() && Actions.Values.All(a => a.State.IsCompleted())
            && Workflows.Values.All(w => w.Record.State.IsCompleted()));

    /// <summary>Whether the root has ended and nothing below it goes on by itself: no body runs, and no nested workflow execution.</summary>
    public bool IsAtItsEnd => StandaloneAction?.State.IsCompleted()
        ?? (Root is { } root && root.State.IsCompleted() && !HasOpenBodies && Workflows.Values.All(w => w.Record.State.IsCompleted()));

    /// <summary>Whether an action execution runs whose result does not come from outside.</summary>
    public bool HasOpenBodies =>
        IsBody(StandaloneAction) || OpenBodies > 0;

    public IEnumerable<ActionExecution> OpenActions =>
        (StandaloneAction is { } action ? (IEnumerable<ActionExecution>)[action] : Actions.Values.OrderBy(a => a.Id, StringComparer.Ordinal))
        .Where(a => !a.State.IsCompleted());

    public IEnumerable<string> TimerIds => Timers.Values.SelectMany(t => t).Select(t => t.Id);

    public IEnumerable<WorkflowNode> AllWorkflows => Workflows.Values;

    public IEnumerable<TaskNode> AllTasks => Tasks.Values;

    private int OpenBodies { get; init; }

    private ImmutableById<WorkflowNode> Workflows { get; init; }

    private ImmutableById<TaskNode> Tasks { get; init; }

    private ImmutableById<ActionExecution> Actions { get; init; }

    private ImmutableById<ImmutableList<ExecutionTimer>> Timers { get; init; }

    public static ExecutionTree Empty(string treeId) => new(treeId);

    public WorkflowExecution? FindWorkflow(string id) => Workflows.Find(id)?.Record;

    public TaskExecution? FindTask(string id) => Tasks.Find(id)?.Record;

    public ActionExecution? FindAction(string id) => StandaloneAction?.Id == id ? StandaloneAction : Actions.Find(id);

    public WorkflowNode? FindWorkflowNode(string id) => Workflows.Find(id);

    public TaskNode? FindTaskNode(string id) => Tasks.Find(id);

    public WorkflowNode WorkflowNode(string id) => Workflows[id];

    public TaskNode TaskNode(string id) => Tasks[id];

    /// <summary>The task executions of a workflow execution that are at hand, in the order of their creation.</summary>
    public IEnumerable<TaskNode> TasksOf(string workflowExecutionId) => Workflows[workflowExecutionId].Tasks.Values.Select(id => Tasks[id]);

    /// <summary>The children of a task that are at hand, in the order of their creation.</summary>
    public IEnumerable<IExecution> ChildrenOf(string taskExecutionId) =>
        Tasks[taskExecutionId].Children.Select(id => (IExecution?)Actions.Find(id) ?? Workflows[id].Record);

    public ImmutableList<ExecutionTimer> TimersOf(string executionId) => Timers.Find(executionId) ?? NoTimers;

    public bool HasTimer(string executionId, string timerId) => TimersOf(executionId).Exists(t => t.Id == timerId);

    public ExecutionTree With(WorkflowExecution record, WorkflowDefinition definition)
    {
        var node = Workflows.TryGetValue(record.Id, out var before)
            ? before with { Record = record, TaskCount = Math.Max(before.TaskCount, record.TaskCount) }
            : new WorkflowNode(record, definition);
        var tree = this with { Workflows = Workflows.With(record.Id, node) };
        return before is null && record.TaskExecutionId is { } task ? tree.WithChild(task, record.Id) : tree.Trim(record.Id);
    }

    /// <param name="record">The record.</param>
    /// <param name="inbound">The data it starts from; those it had, when <see langword="null"/>.</param>
    public ExecutionTree With(TaskExecution record, DataContext? inbound = null)
    {
        var before = Tasks.Find(record.Id);
        inbound ??= before?.Inbound;
        var workflow = Workflows[record.WorkflowExecutionId];
        var progress = workflow.Progress.With(workflow.Definition.Graph, record, inbound);

        // What nearly every task comes to: it has ended with its only action, and led on.
        if (!IsOfInterest(record) && before?.Children.Only is { } child && Actions.Find(child) is { } action && action.State.IsCompleted())
        {
            var left = this with
            {
                Actions = Actions.Without(child),
                Tasks = Tasks.Without(record.Id),
                Workflows = Workflows.With(record.WorkflowExecutionId, Counted(workflow, before.Record, record, progress, isKept: false)),
            };
            return left.Trim(record.WorkflowExecutionId);
        }

        var node = before is null ? new TaskNode(record, inbound) : before with { Record = record, Inbound = inbound };
        var tree = this with
        {
            Tasks = Tasks.With(record.Id, node),
            Workflows = Workflows.With(record.WorkflowExecutionId, Counted(workflow, before?.Record, record, progress, isKept: true)),
        };
        return record.State.IsCompleted() ? tree.ForgetEnded(node) : tree;
    }

    public ExecutionTree With(ActionExecution record)
    {
        if (record.TaskExecutionId is not { } taskId)
        {
            return this with { StandaloneAction = record };
        }

        var task = Tasks.Find(taskId)?.Record;
        var keep = !record.State.IsCompleted() || (record.Accepted && task is { Items: null } && !task.State.IsCompleted());
        var bodies = (IsBody(record) ? 1 : 0) - (IsBody(Actions.Find(record.Id)) ? 1 : 0);
        if (keep)
        {
            return this with { Actions = Actions.With(record.Id, record), OpenBodies = OpenBodies + bodies, Tasks = TasksWithChild(taskId, record.Id) };
        }

        var tree = this with { Actions = Actions.Without(record.Id), OpenBodies = OpenBodies + bodies };
        return tree.WithoutChild(taskId, record.Id).ForgetParent(taskId);
    }

    public ExecutionTree WithCollections(string taskExecutionId, ImmutableArray<KeyValuePair<string, JsonList>> collections) =>
        this with { Tasks = Tasks.With(taskExecutionId, Tasks[taskExecutionId] with { Collections = collections }) };

    public ExecutionTree With(string workflowExecutionId, string join, JoinArrivals arrivals)
    {
        var workflow = Workflows[workflowExecutionId];
        return this with { Workflows = Workflows.With(workflowExecutionId, workflow with { Progress = workflow.Progress.With(join, arrivals) }) };
    }

    public ExecutionTree With(ExecutionTimer timer) =>
        this with { Timers = Timers.With(timer.ExecutionId, TimersOf(timer.ExecutionId).Add(timer)) };

    public ExecutionTree Without(ExecutionTimer timer)
    {
        var left = TimersOf(timer.ExecutionId).RemoveAll(t => t.Id == timer.Id);
        return this with { Timers = left.IsEmpty ? Timers.Without(timer.ExecutionId) : Timers.With(timer.ExecutionId, left) };
    }

    private static bool IsBody(ActionExecution? action) => action is { State: ExecutionState.Running, IsOutside: false };

    /// <summary>The counters and indexes of a workflow execution after one of its tasks was made or changed.</summary>
    private static WorkflowNode Counted(WorkflowNode node, TaskExecution? before, TaskExecution record, RouteProgress progress, bool isKept) => node with
    {
        Tasks = isKept ? node.Tasks.With(record.Ordinal, record.Id) : node.Tasks.Without(record.Ordinal),
        TaskCount = Math.Max(node.TaskCount, record.Ordinal + 1),
        Open = node.Open + Change(before, record, static t => !t.State.IsCompleted()),
        Waiting = Change(before, record, static t => t.State == ExecutionState.Waiting) switch
        {
            > 0 => node.Waiting.Add(record.Ordinal),
            < 0 => node.Waiting.Remove(record.Ordinal),
            _ => node.Waiting,
        },
        Errors = node.Errors + Change(before, record, static t => t.State == ExecutionState.Error),
        UnhandledErrors = node.UnhandledErrors + Change(before, record, static t => t is { State: ExecutionState.Error, ErrorHandled: false }),
        Cancelled = node.Cancelled + Change(before, record, static t => t.State == ExecutionState.Cancelled),
        Progress = progress,
    };

    private static int Change(TaskExecution? before, TaskExecution after, Func<TaskExecution, bool> isCounted) =>
        (isCounted(after) ? 1 : 0) - (before is not null && isCounted(before) ? 1 : 0);

    // What is kept of an ended task execution is what StoredTree.Tasks promises, so that a tree read again is the same.
    private static bool IsOfInterest(TaskExecution record) =>
        !record.State.IsCompleted() || !record.Processed || !record.HasNextTasks
        || record.State is ExecutionState.Error or ExecutionState.Cancelled;

    private ExecutionTree WithChild(string taskId, string childId) => this with { Tasks = TasksWithChild(taskId, childId) };

    private ImmutableById<TaskNode> TasksWithChild(string taskId, string childId)
    {
        var task = Tasks[taskId];
        return task.Children.Contains(childId) ? Tasks : Tasks.With(taskId, task with { Children = task.Children.With(childId) });
    }

    private ExecutionTree WithoutChild(string taskId, string childId) =>
        Tasks.TryGetValue(taskId, out var task) && task.Children.Contains(childId)
            ? this with { Tasks = Tasks.With(taskId, task with { Children = task.Children.Without(childId) }) }
            : this;

    private ExecutionTree ForgetEnded(TaskNode task)
    {
        var tree = this;
        foreach (var child in task.Children)
        {
            if (Actions.TryGetValue(child, out var action))
            {
                if (action.State.IsCompleted())
                {
                    tree = tree with { Actions = tree.Actions.Without(child) };
                    tree = tree.WithoutChild(task.Record.Id, child);
                }
            }
            else
            {
                tree = tree.Trim(child);
            }
        }

        // Forgetting its last child may have forgotten the task as well.
        if (!IsOfInterest(task.Record) && tree.Tasks.TryGetValue(task.Record.Id, out var left) && left.Children.IsEmpty)
        {
            var workflow = tree.Workflows[task.Record.WorkflowExecutionId];
            tree = tree with
            {
                Tasks = tree.Tasks.Without(task.Record.Id),
                Workflows = tree.Workflows.With(
                    workflow.Record.Id, workflow with { Tasks = workflow.Tasks.Without(task.Record.Ordinal) }),
            };
        }

        return tree.Trim(task.Record.WorkflowExecutionId);
    }

    /// <summary>Forgets a nested workflow execution that has ended, below which nothing goes on, and whose task has ended, has items or has taken the result back.</summary>
    private ExecutionTree Trim(string workflowExecutionId)
    {
        if (!Workflows.TryGetValue(workflowExecutionId, out var node)
            || node.Record.TaskExecutionId is not { } parentId
            || GoesOn(node))
        {
            return this;
        }

        if (Tasks.TryGetValue(parentId, out var parent) && !parent.Record.State.IsCompleted() && parent.Record.Items is null && node.Record.Accepted)
        {
            // What is above may have waited for this alone.
            return Trim(parent.Record.WorkflowExecutionId);
        }

        var tree = Without(node).WithoutChild(parentId, workflowExecutionId);
        return parent is null ? tree : tree.ForgetParent(parentId);
    }

    private ExecutionTree Without(WorkflowNode node)
    {
        var tree = this with { Workflows = Workflows.Without(node.Record.Id) };
        foreach (var id in node.Tasks.Values)
        {
            foreach (var child in Tasks[id].Children)
            {
                tree = tree.Workflows.TryGetValue(child, out var nested) ? tree.Without(nested) : tree with { Actions = tree.Actions.Without(child) };
            }

            tree = tree with { Tasks = tree.Tasks.Without(id) };
        }

        return tree;
    }

    private bool GoesOn(WorkflowNode node) => !node.Record.State.IsCompleted() || node.Tasks.Values.Any(id => GoesOn(Tasks[id]));

    // In a workflow execution that has ended, a task that waited or was delayed stays as it is.
    private bool GoesOn(TaskNode task) =>
        task.Record.State is ExecutionState.Running or ExecutionState.Paused
        || task.Children.Any(child => Actions.TryGetValue(child, out var action) ? !action.State.IsCompleted() : Workflows.TryGetValue(child, out var nested) && GoesOn(nested));

    private ExecutionTree ForgetParent(string taskId) =>
        Tasks.TryGetValue(taskId, out var task) && task.Record.State.IsCompleted() ? ForgetEnded(task) : this;
}
