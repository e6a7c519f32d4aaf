using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>
/// One decision while it is being taken: the tree so far, and what has changed. Whoever sees a turn that was given up
/// drops it; the tree it began with is untouched.
/// </summary>
internal sealed class Turn(ExecutionTree tree, DecisionInput input)
{
    // Nearly always one workflow execution is to be looked at, and rarely more of them.
    private string? _workflowToCheck;
    private Queue<string>? _workflowsToCheck;
    private int _endedAtOnce;
    private Queue<(string WorkflowId, string Task)>? _joinsToCheck;

    // What is kept of tasks that have ended in this turn. The tree is the one as it was when the task, without items, was
    // about to end: it knows the children of that task.
    private ValuesById<(Handover Handover, ExecutionTree? Before)>? _ended;

    public ExecutionTree Tree { get; private set; } = tree;

    public DecisionInput Input { get; } = input;

    public DateTimeOffset Now => Input.Now;

    public ChangeSet Changes { get; } = new();

    public List<Effect> Effects { get; } = new(1);

    public string NewId() => Input.Ids.NewId(Now);

    public void Save(WorkflowExecution record, WorkflowDefinition? definition = null)
    {
        if (record.StateInfo is { } info && !ReferenceEquals(info, Tree.FindWorkflow(record.Id)?.StateInfo))
        {
            record = record with { StateInfo = Secrets.Of(this, record).Apply(info) };
        }

        // A nested workflow execution that has ended may be out of the tree: then only its row changes.
        if ((definition ?? Tree.FindWorkflowNode(record.Id)?.Definition) is { } known)
        {
            Tree = Tree.With(record, known);
        }

        Changes.Add(record, isNew: definition is not null);
    }

    public void Save(TaskExecution record)
    {
        record = Redacted(record);
        Changes.Add(record, isNew: false);
        Tree = Tree.With(record);
    }

    public void Create(TaskExecution record, DataContext inbound)
    {
        record = Redacted(record);
        Changes.Add(record, isNew: true);
        Tree = Tree.With(record, inbound);
    }

    public void Save(TaskExecution record, DataContext inbound)
    {
        record = Redacted(record);
        Changes.Add(record, isNew: false);
        Tree = Tree.With(record, inbound);
    }

    public void Save(ActionExecution record, bool isNew = false)
    {
        if (record.StateInfo is { } info && !ReferenceEquals(info, Tree.FindAction(record.Id)?.StateInfo))
        {
            record = record with { StateInfo = Secrets.Of(this, record).Apply(info) };
        }

        Changes.Add(record, isNew);
        Tree = Tree.With(record);
    }

    public void SaveCollections(string taskId, ImmutableArray<KeyValuePair<string, JsonList>> collections) =>
        Tree = Tree.WithCollections(taskId, collections);

    public void KeepArrivals(string workflowId, string join, JoinArrivals arrivals) => Tree = Tree.With(workflowId, join, arrivals);

    /// <summary>Takes in an ended part of the tree that was read from the store.</summary>
    public void Admit(StoredTree stored) => Tree = Tree.Admit(stored, Input.Catalog);

    public void SetTimer(string executionId, TimerKind kind, TimeSpan delay, JsonData data = default)
    {
        var timer = new ExecutionTimer
        {
            Id = NewId(),
            TreeId = Tree.TreeId,
            ExecutionId = executionId,
            Kind = kind,
            DueAt = Now + delay,
            Data = data,
        };
        Tree = Tree.With(timer);
        Changes.SetTimer(timer);
    }

    public void MoveTimer(ExecutionTimer timer, DateTimeOffset dueAt)
    {
        var moved = timer with { DueAt = dueAt };
        Tree = Tree.Without(timer).With(moved);
        Changes.MoveTimer(moved);
    }

    public void EndTimer(ExecutionTimer timer)
    {
        Tree = Tree.Without(timer);
        Changes.EndTimer(timer.Id);
    }

    public void EndTimers(string executionId)
    {
        foreach (var timer in Tree.TimersOf(executionId))
        {
            EndTimer(timer);
        }
    }

    public void Note(string executionId, string what, string? reason)
    {
        if (reason is not null && Tree.FindWorkflow(executionId) is { } workflow)
        {
            reason = Secrets.Of(this, workflow).Apply(reason);
        }

        Changes.Add(new HistoryEntry(NewId(), Tree.TreeId, executionId, Now, what, reason));
    }

    /// <summary>Whether one more task can end in this decision that has run nothing.</summary>
    public bool CanEndAtOnce() => _endedAtOnce++ < Input.Limits.EndedAtOnce;

    /// <summary>Asks for a look, at the end of the turn, whether a workflow execution has come to its end.</summary>
    public void CheckCompletion(string workflowId)
    {
        if (_workflowToCheck is null)
        {
            _workflowToCheck = workflowId;
        }
        else if (_workflowsToCheck is not null || _workflowToCheck != workflowId)
        {
            (_workflowsToCheck ??= new()).Enqueue(workflowId);
        }
    }

    /// <summary>Asks for a look, once what is being done is done, whether the joins that a task can affect start or fail.</summary>
    public void CheckJoins(string workflowId, string task)
    {
        if (Tree.FindWorkflowNode(workflowId)?.Definition.Graph.Tracked.Contains(task) == true)
        {
            (_joinsToCheck ??= new()).Enqueue((workflowId, task));
        }
    }

    /// <summary>Takes the looks that were asked for, joins first, until there are none.</summary>
    public void Finish()
    {
        while (true)
        {
            if (_joinsToCheck is not null && _joinsToCheck.TryDequeue(out var join))
            {
                Joins.Check(this, join.WorkflowId, join.Task);
            }
            else if (_workflowToCheck is { } workflowId)
            {
                _workflowToCheck = _workflowsToCheck is not null && _workflowsToCheck.TryDequeue(out var next) ? next : null;
                WorkflowCompletion.Check(this, workflowId);
            }
            else
            {
                return;
            }
        }
    }

    public T Answer<T>(Lookup lookup) =>
        Input.Answers.TryGetValue(lookup, out var answer) ? (T)answer! : throw new LookupNeededException(lookup);

    /// <summary>The environment that expressions see: that of the root.</summary>
    public JsonMap EnvironmentOf(string? workflowId) =>
        workflowId is null ? JsonMap.Empty : (Tree.Root ?? Tree.FindWorkflow(workflowId))?.Environment ?? JsonMap.Empty;

    public TaskDefinition? DefinitionOf(TaskExecution task) => Tree.FindWorkflowNode(task.WorkflowExecutionId)?.Definition.FindTask(task.Name);

    /// <summary>The data a task starts from.</summary>
    public DataContext InboundOf(string taskId)
    {
        var node = Tree.TaskNode(taskId);
        if (node.Inbound is { } inbound)
        {
            return inbound;
        }

        return node.Record.InboundContext.TaskExecutionId is { } origin
            ? ContextReader.Outbound(Answer<IReadOnlyList<TaskExecution>>(new Lookup.ContextPath(origin)), origin)
            : DataContext.Empty;
    }

    /// <summary>Keeps what an ended task hands on for the rest of the turn: the task may be forgotten before those that follow start.</summary>
    public void RememberHandover(string taskId, Handover handover) =>
        (_ended ??= new(expected: 1)).Set(taskId, (handover, _ended.Find(taskId).Before));

    /// <summary>The data a task hands on, wherever the task is.</summary>
    public Handover HandoverOf(string taskId)
    {
        if (_ended?.Find(taskId).Handover is { Data: not null } remembered)
        {
            return remembered;
        }

        if (Tree.FindTask(taskId) is { } task)
        {
            return new(InboundOf(taskId).Publish(task.Published), ContextReader.OriginAfter(task));
        }

        var path = Answer<IReadOnlyList<TaskExecution>>(new Lookup.ContextPath(taskId));
        return new(ContextReader.Outbound(path, taskId), ContextReader.OriginAfter(path[0]));
    }

    /// <summary>A task that has led on is to run again: those that find their data through it keep what it handed on so far.</summary>
    public void KeepHandover(TaskExecution task)
    {
        if (!task.HasNextTasks)
        {
            return;
        }

        var kept = new ContextOrigin { Snapshot = HandoverOf(task.Id).Data.ToSnapshot() };
        foreach (var follower in TasksOf(task.WorkflowExecutionId).Where(t => t.InboundContext.TaskExecutionId == task.Id))
        {
            Save(follower with { InboundContext = kept });
        }
    }

    /// <summary>The end of a task in this turn is taken back: what it handed on then, those that follow it keep.</summary>
    public void KeepHandoverOfNew(string taskId)
    {
        foreach (var follower in Changes.Records.OfType<TaskExecution>().Where(t => t.InboundContext.TaskExecutionId == taskId && t.Id != taskId).ToList())
        {
            Save(follower with { InboundContext = new() { Snapshot = HandoverOf(taskId).Data.ToSnapshot() } });
        }
    }

    /// <summary>The result of a task: that of its action or nested workflow, or a list of those of its items.</summary>
    public JsonData ResultOf(TaskExecution task)
    {
        var results = AcceptedChildren(task).Select(ResultOf).ToArray();
        var hasItems = task.Items is not null || DefinitionOf(task) is { WithItems.Count: > 0 };
        return hasItems || results.Length != 1 ? JsonList.FromArray(results) : results[0];
    }

    /// <summary>A task execution, wherever it is.</summary>
    public TaskExecution TaskById(string taskId) => FindTaskById(taskId)
        ?? throw new InvalidOperationException($"There is no task execution '{taskId}' although another record names it.");

    public TaskExecution? FindTaskById(string taskId) =>
        Tree.FindTask(taskId)
        ?? Changes.Records.OfType<TaskExecution>().FirstOrDefault(t => t.Id == taskId)
        ?? Answer<TaskExecution?>(new Lookup.TaskById(taskId));

    public TaskExecution? TaskByName(string workflowId, string name)
    {
        var atHand = Tree.FindWorkflowNode(workflowId) is null ? null : Tree.TasksOf(workflowId).LastOrDefault(t => t.Record.Name == name)?.Record;
        var changed = Changes.Records.OfType<TaskExecution>().Where(t => t.WorkflowExecutionId == workflowId && t.Name == name).MaxBy(t => t.Ordinal);
        var latest = (atHand?.Ordinal ?? -1) >= (changed?.Ordinal ?? -1) ? atHand : changed;

        // An open one that is at hand need not be the latest, but nothing later can have ended unseen when it is open.
        return latest is { State: var state } && !state.IsCompleted()
            ? latest
            : Later(latest, Answer<TaskExecution?>(new Lookup.TaskByName(workflowId, name)));
    }

    public IReadOnlyList<TaskExecution> TasksOf(string? workflowId) =>
        Overlay(Answer<IReadOnlyList<TaskExecution>>(new Lookup.Tasks(workflowId)), t => workflowId is null || t.WorkflowExecutionId == workflowId);

    public IReadOnlyList<WorkflowExecution> WorkflowsOfTask(string taskId) =>
        Overlay(Answer<IReadOnlyList<WorkflowExecution>>(new Lookup.WorkflowsOfTask(taskId)), w => w.TaskExecutionId == taskId);

    public IReadOnlyList<WorkflowExecution> Workflows(Lookup.Workflows lookup) => Overlay(
        Answer<IReadOnlyList<WorkflowExecution>>(lookup),
        w => (lookup.Id is null || w.Id == lookup.Id)
            && (lookup.RootExecutionId is null || (w.RootExecutionId == lookup.RootExecutionId && w.Id != w.RootExecutionId))
            && (lookup.State is null || w.State.ToWireName() == lookup.State));

    /// <summary>Keeps the children of a task without items at hand for the rest of the turn, although it is about to end.</summary>
    public void RememberChildren(TaskExecution task)
    {
        if (task.Items is null)
        {
            (_ended ??= new(expected: 1)).Set(task.Id, (_ended.Find(task.Id).Handover, Tree));
        }
    }

    /// <summary>What was remembered no longer holds: the task runs again.</summary>
    public void ForgetChildren(string taskId) => _ended?.Set(taskId, (_ended.Find(taskId).Handover, null));

    /// <summary>The children of a task that are at hand, or were when it ended in this turn.</summary>
    public IEnumerable<IExecution> ChildrenAtHand(TaskExecution task) => (_ended?.Find(task.Id).Before ?? Tree).ChildrenOf(task.Id);

    /// <summary>All children of a task, ended ones included, as they are now.</summary>
    public IReadOnlyList<IExecution> AllChildren(TaskExecution task) =>
        Overlay(Changes.IsNew(task.Id) ? [] : Answer<IReadOnlyList<IExecution>>(new Lookup.Children(task.Id)), c => ParentOf(c) == task.Id);

    // The state info of a task is for people: here, where every one of them comes by, it loses its secrets.
    private TaskExecution Redacted(TaskExecution record) =>
        record.StateInfo is { } info && !ReferenceEquals(info, Tree.FindTask(record.Id)?.StateInfo)
            ? record with { StateInfo = Secrets.Of(this, record).Apply(info) }
            : record;

    private static JsonData ResultOf(IExecution child) =>
        child is ActionExecution action ? action.Output.GetOrNull("result") : ((WorkflowExecution)child).Output;

    private static TaskExecution? Later(TaskExecution? one, TaskExecution? other) =>
        other is null || (one is not null && one.Ordinal >= other.Ordinal) ? one : other;

    private static string? ParentOf(IExecution execution) => execution switch
    {
        WorkflowExecution workflow => workflow.TaskExecutionId,
        ActionExecution action => action.TaskExecutionId,
        _ => null,
    };

    /// <summary>The children whose result counts, in the order of their items.</summary>
    private IEnumerable<IExecution> AcceptedChildren(TaskExecution task)
    {
        // A task without items that has not ended has all of them at hand; one that ends in this turn was remembered.
        var children = _ended?.Find(task.Id).Before is { } remembered
            ? remembered.ChildrenOf(task.Id)
            : Tree.FindTask(task.Id) is { Items: null } open && !open.State.IsCompleted()
                ? Tree.ChildrenOf(task.Id)
                : Overlay(Changes.IsNew(task.Id) ? [] : Answer<IReadOnlyList<IExecution>>(new Lookup.AcceptedChildren(task.Id)), c => ParentOf(c) == task.Id);
        return children
            .Where(c => Children.IsAccepted(c) && c.State.IsCompleted())
            .OrderBy(Children.IndexOf);
    }

    // What the store answers is as of the last commit; what this turn changed comes on top.
    private List<T> Overlay<T>(IReadOnlyList<T> stored, Func<T, bool> isWanted)
        where T : IExecution
    {
        var changed = Changes.Records.OfType<T>().ToDictionary(r => r.Id, StringComparer.Ordinal);
        var list = stored.Select(r => changed.Remove(r.Id, out var now) ? now : r).Where(isWanted).ToList();
        list.AddRange(changed.Values.Where(isWanted));
        return list;
    }
}
