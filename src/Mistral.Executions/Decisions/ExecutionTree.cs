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

    public bool Exists => StandaloneAction is not null || Workflows.ContainsKey(TreeId);

    /// <summary>Whether the root has ended and nothing below it is open.</summary>
    public bool IsEnded => StandaloneAction?.State.IsCompleted()
        ?? (Root is { } root && root.State.IsCompleted() && Actions.Count == 0
            && Workflows.Values.All(w => w.Record.State.IsCompleted() && w.Open == 0));

    /// <summary>Whether an action execution runs whose result does not come from outside.</summary>
    public bool HasOpenBodies =>
        IsBody(StandaloneAction) || OpenBodies > 0;

    public IEnumerable<ActionExecution> OpenActions =>
        (StandaloneAction is { } action ? [action] : Actions.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value))
        .Where(a => !a.State.IsCompleted());

    public IEnumerable<WorkflowNode> AllWorkflows => Workflows.Values;

    public IEnumerable<TaskNode> AllTasks => Tasks.Values;

    private int OpenBodies { get; init; }

    private ImmutableDictionary<string, WorkflowNode> Workflows { get; init; } = ImmutableDictionary.Create<string, WorkflowNode>(StringComparer.Ordinal);

    private ImmutableDictionary<string, TaskNode> Tasks { get; init; } = ImmutableDictionary.Create<string, TaskNode>(StringComparer.Ordinal);

    private ImmutableDictionary<string, ActionExecution> Actions { get; init; } = ImmutableDictionary.Create<string, ActionExecution>(StringComparer.Ordinal);

    private ImmutableDictionary<string, ImmutableList<ExecutionTimer>> Timers { get; init; } = ImmutableDictionary.Create<string, ImmutableList<ExecutionTimer>>(StringComparer.Ordinal);

    public static ExecutionTree Empty(string treeId) => new(treeId);

    public WorkflowExecution? FindWorkflow(string id) => Workflows.GetValueOrDefault(id)?.Record;

    public TaskExecution? FindTask(string id) => Tasks.GetValueOrDefault(id)?.Record;

    public ActionExecution? FindAction(string id) => StandaloneAction?.Id == id ? StandaloneAction : Actions.GetValueOrDefault(id);

    public WorkflowNode? FindWorkflowNode(string id) => Workflows.GetValueOrDefault(id);

    public TaskNode? FindTaskNode(string id) => Tasks.GetValueOrDefault(id);

    public WorkflowNode WorkflowNode(string id) => Workflows[id];

    public TaskNode TaskNode(string id) => Tasks[id];

    /// <summary>The task executions of a workflow execution that are at hand, in the order of their creation.</summary>
    public IEnumerable<TaskNode> TasksOf(string workflowExecutionId) => Workflows[workflowExecutionId].Tasks.Values.Select(id => Tasks[id]);

    /// <summary>The children of a task that are at hand, in the order of their creation.</summary>
    public IEnumerable<IExecution> ChildrenOf(string taskExecutionId) =>
        Tasks[taskExecutionId].Children.Select(id => (IExecution?)Actions.GetValueOrDefault(id) ?? Workflows[id].Record);

    public ImmutableList<ExecutionTimer> TimersOf(string executionId) => Timers.GetValueOrDefault(executionId, NoTimers);

    public bool HasTimer(string executionId, string timerId) => TimersOf(executionId).Exists(t => t.Id == timerId);

    public ExecutionTree With(WorkflowExecution record, WorkflowDefinition definition)
    {
        var node = Workflows.TryGetValue(record.Id, out var before)
            ? before with { Record = record, TaskCount = Math.Max(before.TaskCount, record.TaskCount) }
            : new WorkflowNode(record, definition);
        var tree = this with { Workflows = Workflows.SetItem(record.Id, node) };
        return before is null && record.TaskExecutionId is { } task ? tree.WithChild(task, record.Id) : tree.Trim(record.Id);
    }

    /// <param name="record">The record.</param>
    /// <param name="inbound">The data it starts from; those it had, when <see langword="null"/>.</param>
    public ExecutionTree With(TaskExecution record, DataContext? inbound = null)
    {
        var before = Tasks.GetValueOrDefault(record.Id);
        var node = before is null
            ? new TaskNode(record, inbound)
            : before with { Record = record, Inbound = inbound ?? before.Inbound };
        var workflow = Workflows[record.WorkflowExecutionId];
        var outbound = record.State.IsCompleted() ? node.Inbound?.Publish(record.Published) : null;
        workflow = Count(Count(workflow, before?.Record, -1), record, 1) with
        {
            Tasks = workflow.Tasks.SetItem(record.Ordinal, record.Id),
            TaskCount = Math.Max(workflow.TaskCount, record.Ordinal + 1),
            Progress = workflow.Progress.With(workflow.Definition.Graph, record, outbound),
        };
        if (!IsOfInterest(record) && node.Children is [var child] && Actions.TryGetValue(child, out var action) && action.State.IsCompleted())
        {
            return ForgetAtOnce(node, workflow);
        }

        var tree = this with
        {
            Tasks = Tasks.SetItem(record.Id, node),
            Workflows = Workflows.SetItem(record.WorkflowExecutionId, workflow),
        };
        return record.State.IsCompleted() ? tree.ForgetEnded(node) : tree;
    }

    public ExecutionTree With(ActionExecution record)
    {
        if (record.TaskExecutionId is not { } taskId)
        {
            return this with { StandaloneAction = record };
        }

        var task = Tasks.GetValueOrDefault(taskId)?.Record;
        var keep = !record.State.IsCompleted() || (record.Accepted && task is { Items: null } && !task.State.IsCompleted());
        var bodies = (IsBody(record) ? 1 : 0) - (IsBody(Actions.GetValueOrDefault(record.Id)) ? 1 : 0);
        if (keep)
        {
            return this with { Actions = Actions.SetItem(record.Id, record), OpenBodies = OpenBodies + bodies, Tasks = TasksWithChild(taskId, record.Id) };
        }

        var tree = this with { Actions = Actions.Remove(record.Id), OpenBodies = OpenBodies + bodies };
        return tree.WithoutChild(taskId, record.Id).ForgetParent(taskId);
    }

    public ExecutionTree WithCollections(string taskExecutionId, ImmutableArray<KeyValuePair<string, JsonList>> collections) =>
        this with { Tasks = Tasks.SetItem(taskExecutionId, Tasks[taskExecutionId] with { Collections = collections }) };

    public ExecutionTree WithRecountedProgress(string workflowExecutionId)
    {
        var node = Workflows[workflowExecutionId];
        return this with { Workflows = Workflows.SetItem(workflowExecutionId, node with { Progress = node.Progress.Recounted(node.Definition.Graph) }) };
    }

    public ExecutionTree With(ExecutionTimer timer) =>
        this with { Timers = Timers.SetItem(timer.ExecutionId, TimersOf(timer.ExecutionId).Add(timer)) };

    public ExecutionTree Without(ExecutionTimer timer)
    {
        var left = TimersOf(timer.ExecutionId).RemoveAll(t => t.Id == timer.Id);
        return this with { Timers = left.IsEmpty ? Timers.Remove(timer.ExecutionId) : Timers.SetItem(timer.ExecutionId, left) };
    }

    private static bool IsBody(ActionExecution? action) => action is { State: ExecutionState.Running, IsOutside: false };

    private static WorkflowNode Count(WorkflowNode node, TaskExecution? record, int by)
    {
        if (record is null)
        {
            return node;
        }

        return record.State switch
        {
            ExecutionState.Waiting => node with
            {
                Open = node.Open + by,
                Waiting = by > 0 ? node.Waiting.Add(record.Ordinal) : node.Waiting.Remove(record.Ordinal),
            },
            ExecutionState.Error => node with { Errors = node.Errors + by, UnhandledErrors = node.UnhandledErrors + (record.ErrorHandled ? 0 : by) },
            ExecutionState.Cancelled => node with { Cancelled = node.Cancelled + by },
            ExecutionState.Success or ExecutionState.Skipped => node,
            _ => node with { Open = node.Open + by },
        };
    }

    // What is kept of an ended task execution is what StoredTree.Tasks promises, so that a tree read again is the same.
    private static bool IsOfInterest(TaskExecution record) =>
        !record.State.IsCompleted() || !record.Processed || !record.HasNextTasks
        || record.State is ExecutionState.Error or ExecutionState.Cancelled;

    private ExecutionTree WithChild(string taskId, string childId) => this with { Tasks = TasksWithChild(taskId, childId) };

    private ImmutableDictionary<string, TaskNode> TasksWithChild(string taskId, string childId)
    {
        var task = Tasks[taskId];
        return task.Children.Contains(childId) ? Tasks : Tasks.SetItem(taskId, task with { Children = task.Children.Add(childId) });
    }

    private ExecutionTree WithoutChild(string taskId, string childId) =>
        Tasks.TryGetValue(taskId, out var task) && task.Children.Contains(childId)
            ? this with { Tasks = Tasks.SetItem(taskId, task with { Children = task.Children.Remove(childId) }) }
            : this;

    // What nearly every task comes to: it has ended with its only action, and led on.
    private ExecutionTree ForgetAtOnce(TaskNode task, WorkflowNode workflow)
    {
        var tree = this with
        {
            Actions = Actions.Remove(task.Children[0]),
            Tasks = Tasks.Remove(task.Record.Id),
            Workflows = Workflows.SetItem(workflow.Record.Id, workflow with { Tasks = workflow.Tasks.Remove(task.Record.Ordinal) }),
        };
        return tree.Trim(workflow.Record.Id);
    }

    private ExecutionTree ForgetEnded(TaskNode task)
    {
        var tree = this;
        foreach (var child in task.Children)
        {
            if (Actions.TryGetValue(child, out var action))
            {
                if (action.State.IsCompleted())
                {
                    tree = tree with { Actions = tree.Actions.Remove(child) };
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
                Tasks = tree.Tasks.Remove(task.Record.Id),
                Workflows = tree.Workflows.SetItem(
                    workflow.Record.Id, workflow with { Tasks = workflow.Tasks.Remove(task.Record.Ordinal) }),
            };
        }

        return tree.Trim(task.Record.WorkflowExecutionId);
    }

    /// <summary>Forgets a nested workflow execution that has ended, has nothing open below, and whose task has ended.</summary>
    private ExecutionTree Trim(string workflowExecutionId)
    {
        if (!Workflows.TryGetValue(workflowExecutionId, out var node)
            || node.Record.TaskExecutionId is not { } parentId
            || !node.Record.State.IsCompleted()
            || node.Open > 0
            || (Tasks.TryGetValue(parentId, out var parent) && !parent.Record.State.IsCompleted())
            || node.Tasks.Values.Any(id => !Tasks[id].Children.IsEmpty))
        {
            return this;
        }

        var tree = this with
        {
            Workflows = Workflows.Remove(workflowExecutionId),
            Tasks = Tasks.RemoveRange(node.Tasks.Values),
        };
        tree = tree.WithoutChild(parentId, workflowExecutionId);
        return parent is null ? tree : tree.ForgetParent(parentId);
    }

    private ExecutionTree ForgetParent(string taskId) =>
        Tasks.TryGetValue(taskId, out var task) && task.Record.State.IsCompleted() ? ForgetEnded(task) : this;
}
