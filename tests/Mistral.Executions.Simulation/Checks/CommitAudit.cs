using Mistral.Executions.Decisions;
using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>
/// Stands between the store and everybody who writes to it: knows all that is durable, and looks at each change whether it
/// may be. It believes nothing that an engine says of itself.
/// </summary>
internal sealed class CommitAudit(InMemoryExecutionStore inner, WorkflowOracle oracle, History history, Violations violations)
{
    // To read a tree costs more than most commits.
    private const int CommitsBetweenLooks = 3;

    private readonly Dictionary<string, (SimulatedProcess Process, long Epoch)> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<SimulatedProcess, string> _engines = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, ExecutionState State)> _states = [];
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    public InMemoryExecutionStore Inner { get; } = inner;

    /// <summary>All that is durable, by id, in the order in which it came.</summary>
    public OrderedDictionary<string, WorkflowExecution> Workflows { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, TaskExecution> Tasks { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, ActionExecution> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>How many sets of changes were written.</summary>
    public int Commits { get; private set; }

    /// <summary>Whether a text that a caller gave was ever written: as a reason, a description or a result.</summary>
    public bool HasSeen(string text) => _texts.Contains(text);

    /// <summary>Whether an execution was ever stored in a state.</summary>
    public bool WasEver(string id, ExecutionState state) => _states.Contains((id, state));

    public bool WasDeleted(string treeId) => _deleted.Contains(treeId);

    /// <summary>Whether a process owns a tree.</summary>
    public bool IsOwner(SimulatedProcess process, string treeId) => _owners.TryGetValue(treeId, out var owner) && owner.Process == process;

    /// <summary>Whether the result of an action was thrown away because its task says so.</summary>
    public bool IsThrownAway(ActionExecution action) =>
        action.Output.Count == 0 && action.TaskExecutionId is { } taskId && Tasks[taskId] is var task && oracle.KeepsNoResult(task.WorkflowName, task.Name);

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(SimulatedProcess process, IReadOnlyList<ExecutionChanges> group)
    {
        var outcomes = await Inner.CommitAsync(group, CancellationToken.None);
        for (var place = 0; place < group.Count; place++)
        {
            if (history.KeepsLines)
            {
                history.Event(CommitText.Of(process.Name, group[place], outcomes[place]));
            }

            if (outcomes[place].Result == CommitResult.Committed)
            {
                Look(process, group[place]);
                await LookAtTreeAsync(group[place].TreeId);
            }
        }

        return outcomes;
    }

    /// <summary>Renews a lease. The engine of a process is the one in whose name it first asks for one.</summary>
    public Task<LeaseRenewal> RenewAsync(SimulatedProcess process, EngineLease lease, DateTimeOffset now)
    {
        _engines.TryAdd(process, lease.EngineId);
        return Inner.RenewLeaseAsync(lease, now, CancellationToken.None);
    }

    public async Task<ClaimOutcome> ClaimAsync(SimulatedProcess process, string treeId, string engineId, DateTimeOffset now)
    {
        var outcome = await Inner.ClaimTreeAsync(treeId, engineId, now, CancellationToken.None);
        if (outcome.FormerOwnerId is not null && _owners.TryGetValue(treeId, out var owner))
        {
            _owners[treeId] = (process, owner.Epoch + 1);
            history.Event($"{process.Name} takes {treeId} over");
        }

        return outcome;
    }

    public async Task<bool> DeleteAsync(SimulatedProcess process, string treeId)
    {
        var isDeleted = await Inner.DeleteTreeAsync(treeId, CancellationToken.None);
        if (isDeleted)
        {
            history.Event($"{process.Name} deletes {treeId}");
            _deleted.Add(treeId);
            _owners.Remove(treeId);
            RemoveWhere(Workflows, w => w.RootExecutionId == treeId);
            RemoveWhere(Tasks, t => t.RootExecutionId == treeId);
            RemoveWhere(Actions, a => a.Id == treeId || a.RootExecutionId == treeId);
        }

        return isDeleted;
    }

    /// <summary>Reads a tree as an engine does.</summary>
    public async Task<ExecutionTree> LoadAsync(string treeId)
    {
        var stored = (await Inner.ReadTreeAsync(treeId, CancellationToken.None))!;
        var latest = new Dictionary<string, IReadOnlyList<TaskExecution>>(StringComparer.Ordinal);
        foreach (var (workflowId, names) in ExecutionTree.TasksToRead(stored, oracle))
        {
            latest[workflowId] = await Inner.ReadLatestTasksAsync(workflowId, names, CancellationToken.None);
        }

        return ExecutionTree.Load(treeId, stored, latest, oracle);
    }

    private async Task LookAtTreeAsync(string treeId)
    {
        if (Commits % CommitsBetweenLooks == 0)
        {
            foreach (var violation in TreeInvariants.Violations(await LoadAsync(treeId)))
            {
                violations.Add(Promise.TreesAreRight, $"{treeId}: {violation}");
            }
        }
    }

    private static void RemoveWhere<T>(OrderedDictionary<string, T> records, Func<T, bool> isOld)
        where T : IExecution
    {
        foreach (var id in records.Values.Where(isOld).Select(r => r.Id).ToList())
        {
            records.Remove(id);
        }
    }

    private void Look(SimulatedProcess process, ExecutionChanges changes)
    {
        Commits++;
        LookAtOwner(process, changes);

        // What an operator sets going again goes on in what has ended, and whatever has come to it.
        var isSetGoing = changes.History.Any(h => h.Event is "rerun" or "skipped");
        var ended = isSetGoing
            ? []
            : Workflows.Values.Where(w => w.RootExecutionId == changes.TreeId && w.State.IsCompleted()).Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var workflow in changes.NewWorkflows.Concat(changes.Workflows))
        {
            LookAtWorkflow(workflow);
        }

        var joins = new List<TaskExecution>();
        foreach (var task in changes.NewTasks.Concat(changes.Tasks))
        {
            LookAtTask(task, ended, joins);
        }

        foreach (var action in changes.NewActions.Concat(changes.Actions))
        {
            LookAtAction(action);
        }

        foreach (var join in isSetGoing ? [] : joins)
        {
            LookAtJoin(join);
        }

        foreach (var items in changes.NewTasks.Concat(changes.Tasks).Where(t => t.Items is { Concurrency: > 0 }))
        {
            var running = Actions.Values.Count(a => a.TaskExecutionId == items.Id && !a.State.IsCompleted());
            if (running > items.Items!.Concurrency)
            {
                violations.Add(Promise.TreesAreRight, $"{running} actions of the task '{items.Name}' run at once, {items.Items.Concurrency} may");
            }
        }

        _texts.UnionWith(changes.History.Select(h => h.Reason).OfType<string>());
    }

    private void LookAtOwner(SimulatedProcess process, ExecutionChanges changes)
    {
        if (_engines.GetValueOrDefault(process) != changes.OwnerId)
        {
            violations.Add(Promise.OneOwner, $"{process.Name} wrote in the name of another engine to {changes.TreeId}");
        }

        if (!_owners.TryGetValue(changes.TreeId, out var owner))
        {
            owner = (process, changes.Epoch);
            _owners.Add(changes.TreeId, owner);
        }

        if (owner.Process != process || owner.Epoch != changes.Epoch)
        {
            violations.Add(Promise.OneOwner, $"{process.Name} wrote to {changes.TreeId} with epoch {changes.Epoch}, which {owner.Process.Name} has with epoch {owner.Epoch}");
        }
    }

    private void LookAtWorkflow(WorkflowExecution workflow)
    {
        var former = Workflows.GetValueOrDefault(workflow.Id);
        if (former is not null && !Paths.CanReach(ExecutionKind.Workflow, former.State, workflow.State))
        {
            violations.Add(Promise.TreesAreRight, $"the workflow execution {workflow.Id} went from {former.State} to {workflow.State}");
        }

        if (former is { State: ExecutionState.Success } && !former.Output.Equals(workflow.Output))
        {
            violations.Add(Promise.AcceptedIsFinal, $"the output of {workflow.Id} changed from {former.Output} to {workflow.Output}");
        }

        if (former is not null && (former.Name != workflow.Name || !former.Input.Equals(workflow.Input)))
        {
            violations.Add(Promise.AcknowledgedIsDurable, $"{workflow.Id} became another execution");
        }

        Workflows[workflow.Id] = workflow;
        _states.Add((workflow.Id, workflow.State));
        _texts.Add(workflow.Description);
        _texts.UnionWith(workflow.Environment.Keys);
        var depth = 0;
        for (var above = workflow; above.TaskExecutionId is { } taskId && Tasks.TryGetValue(taskId, out var task); above = Workflows[task.WorkflowExecutionId])
        {
            depth++;
        }

        if (depth > Limits.Nesting)
        {
            violations.Add(Promise.EngineGoesOn, $"{workflow.Name} is nested {depth} deep");
        }
    }

    private void LookAtTask(TaskExecution task, HashSet<string> ended, List<TaskExecution> joins)
    {
        var former = Tasks.GetValueOrDefault(task.Id);
        if (former is not null && !Paths.CanReach(ExecutionKind.Task, former.State, task.State))
        {
            violations.Add(Promise.TreesAreRight, $"the task execution '{task.Name}' went from {former.State} to {task.State}");
        }

        if (former is null && ended.Contains(task.WorkflowExecutionId))
        {
            violations.Add(Promise.TreesAreRight, $"the task '{task.Name}' was made in {Workflows[task.WorkflowExecutionId].Id}, which has ended");
        }

        if (((JsonData)task.Published).ToUtf8().Length > 2 * Limits.PayloadBytes)
        {
            violations.Add(Promise.EngineGoesOn, $"the task '{task.Name}' published more than {Limits.PayloadBytes} bytes");
        }

        if (task.RetryNumber > Limits.Retries || task.Items?.Count > Limits.Items)
        {
            violations.Add(Promise.EngineGoesOn, $"the task '{task.Name}' was retried {task.RetryNumber} times and has {task.Items?.Count} items");
        }

        if (task.IsJoin && task is { StartedAt: not null } && former is null or { StartedAt: null })
        {
            joins.Add(task);
        }

        Tasks[task.Id] = task;
        _states.Add((task.Id, task.State));
    }

    private void LookAtJoin(TaskExecution join)
    {
        if (oracle.Needed(join.WorkflowName, join.Name) is not { } needed)
        {
            return;
        }

        var led = Tasks.Values
            .Where(t => t.WorkflowExecutionId == join.WorkflowExecutionId && t.State.IsCompleted() && t.NextTasks?.Any(n => n.Name == join.Name) == true)
            .Select(t => t.Name)
            .Distinct(StringComparer.Ordinal)
            .Count();
        if (led < needed)
        {
            violations.Add(Promise.TreesAreRight, $"the join '{join.Name}' of {join.WorkflowName} started when {led} tasks had led to it, and needs {needed}");
        }
    }

    private void LookAtAction(ActionExecution action)
    {
        var former = Actions.GetValueOrDefault(action.Id);
        if (former is not null && former.State.IsCompleted() && (former.State != action.State || (!former.Output.Equals(action.Output) && !IsThrownAway(action))))
        {
            violations.Add(Promise.AcceptedIsFinal, $"the result of {action.Id} was {former.State} {former.Output} and became {action.State} {action.Output}");
        }

        if (former is not null && former.IsSafeToRerun != action.IsSafeToRerun)
        {
            violations.Add(Promise.UnsafeStartsOnce, $"whether {action.Id} is safe to rerun changed");
        }

        Actions[action.Id] = action;
        _states.Add((action.Id, action.State));
        if (action.Output.GetOrNull("result") is { Kind: JsonKind.Object } result && result["call"] is { Kind: JsonKind.String } call)
        {
            _texts.Add(call.AsString());
        }
    }
}
