namespace Mistral.Executions.Decisions;

/// <summary>
/// Changes of one or more decisions on their way to the store: each record once, as it is last, and known to be new or
/// not. Not thread-safe.
/// </summary>
internal sealed class ChangeSet
{
    private readonly Dictionary<string, (IExecution Record, bool IsNew)> _records = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, ExecutionTimer> _newTimers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _movedTimers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _endedTimers = new(StringComparer.Ordinal);
    private readonly List<HistoryEntry> _history = [];
    private readonly Dictionary<string, WorkflowDefinition> _definitions = new(StringComparer.Ordinal);

    /// <summary>Whether the tree begins with these changes.</summary>
    public bool IsNewTree { get; set; }

    public bool IsEmpty => _records.Count == 0 && _newTimers.Count == 0 && _endedTimers.Count == 0 && _history.Count == 0;

    /// <summary>The records, in the order in which they first changed.</summary>
    public IEnumerable<IExecution> Records => _order.Select(id => _records[id].Record);

    public IEnumerable<ExecutionTimer> NewTimers => _newTimers.Values;

    public IEnumerable<string> EndedTimers => _endedTimers;

    /// <summary>Whether the record was made by these changes.</summary>
    public bool IsNew(string id) => _records.TryGetValue(id, out var entry) && entry.IsNew;

    public void Add(IExecution record, bool isNew)
    {
        if (_records.TryGetValue(record.Id, out var before))
        {
            _records[record.Id] = (record, before.IsNew);
        }
        else
        {
            _records.Add(record.Id, (record, isNew));
            _order.Add(record.Id);
        }
    }

    public void SetTimer(ExecutionTimer timer) => _newTimers.Add(timer.Id, timer);

    /// <summary>Sets a timer anew that the store may have already.</summary>
    public void MoveTimer(ExecutionTimer timer)
    {
        if (!_newTimers.ContainsKey(timer.Id))
        {
            _movedTimers.Add(timer.Id);
        }

        _newTimers[timer.Id] = timer;
    }

    public void EndTimer(string timerId)
    {
        var isInStore = _movedTimers.Remove(timerId);
        if (!_newTimers.Remove(timerId) || isInStore)
        {
            _endedTimers.Add(timerId);
        }
    }

    public void Add(HistoryEntry entry) => _history.Add(entry);

    public void Use(WorkflowDefinition definition) => _definitions.TryAdd(definition.Hash, definition);

    /// <summary>Adds what a later decision on the same tree changed.</summary>
    public void Add(ChangeSet later)
    {
        IsNewTree |= later.IsNewTree;
        foreach (var id in later._order)
        {
            var (record, isNew) = later._records[id];
            Add(record, isNew);
        }

        foreach (var timer in later._newTimers.Values)
        {
            if (later._movedTimers.Contains(timer.Id))
            {
                MoveTimer(timer);
            }
            else
            {
                SetTimer(timer);
            }
        }

        foreach (var timer in later._endedTimers)
        {
            EndTimer(timer);
        }

        _history.AddRange(later._history);
        foreach (var definition in later._definitions.Values)
        {
            Use(definition);
        }
    }

    /// <summary>The changes as the store takes them.</summary>
    public ExecutionChanges ToChanges(string treeId, string ownerId, long epoch)
    {
        var split = new Split();
        foreach (var id in _order)
        {
            split.Add(_records[id].Record, _records[id].IsNew);
        }

        return new()
        {
            TreeId = treeId,
            OwnerId = ownerId,
            Epoch = epoch,
            IsNewTree = IsNewTree,
            NewWorkflows = split.NewWorkflows,
            Workflows = split.Workflows,
            NewTasks = split.NewTasks,
            Tasks = split.Tasks,
            NewActions = split.NewActions,
            Actions = split.Actions,
            NewTimers = [.. _newTimers.Values],
            EndedTimers = [.. _endedTimers],
            History = _history,
            Definitions = [.. _definitions.Values.Select(d => new StoredDefinition(d.Hash, d.Name, d.Namespace, d.Source.Format, d.Source.Text))],
        };
    }

    private sealed class Split
    {
        public List<WorkflowExecution> NewWorkflows { get; } = [];

        public List<WorkflowExecution> Workflows { get; } = [];

        public List<TaskExecution> NewTasks { get; } = [];

        public List<TaskExecution> Tasks { get; } = [];

        public List<ActionExecution> NewActions { get; } = [];

        public List<ActionExecution> Actions { get; } = [];

        public void Add(IExecution record, bool isNew)
        {
            switch (record)
            {
                case WorkflowExecution workflow:
                    (isNew ? NewWorkflows : Workflows).Add(workflow);
                    break;
                case TaskExecution task:
                    (isNew ? NewTasks : Tasks).Add(task);
                    break;
                case ActionExecution action:
                    (isNew ? NewActions : Actions).Add(action);
                    break;
            }
        }
    }
}
