namespace Mistral.Executions.Decisions;

/// <summary>
/// Changes of one or more decisions on their way to the store: each record once, as it is last, and known to be new or
/// not. Not thread-safe.
/// </summary>
internal sealed class ChangeSet
{
    private readonly ValuesById<(IExecution Record, bool IsNew)> _records = new(expected: 4);
    private Dictionary<string, ExecutionTimer>? _newTimers;
    private HashSet<string>? _movedTimers;
    private HashSet<string>? _endedTimers;
    private List<HistoryEntry>? _history;
    private Dictionary<string, WorkflowDefinition>? _definitions;

    /// <summary>Whether the tree begins with these changes.</summary>
    public bool IsNewTree { get; set; }

    public bool IsEmpty => _records.Count == 0 && _newTimers is not { Count: > 0 } && _endedTimers is not { Count: > 0 } && _history is null;

    /// <summary>The records, in the order in which they first changed.</summary>
    public IEnumerable<IExecution> Records => Enumerable.Range(0, _records.Count).Select(place => _records[place].Value.Record);

    public IReadOnlyCollection<ExecutionTimer> NewTimers => _newTimers is null ? [] : _newTimers.Values;

    public IReadOnlyCollection<string> EndedTimers => (IReadOnlyCollection<string>?)_endedTimers ?? [];

    private IReadOnlyCollection<WorkflowDefinition> Definitions => _definitions is null ? [] : _definitions.Values;

    /// <summary>Whether the record was made by these changes.</summary>
    public bool IsNew(string id) => _records.Find(id).IsNew;

    public void Add(IExecution record, bool isNew)
    {
        var before = _records.Find(record.Id);
        _records.Set(record.Id, (record, before.Record is null ? isNew : before.IsNew));
    }

    public void SetTimer(ExecutionTimer timer) => (_newTimers ??= new(StringComparer.Ordinal)).Add(timer.Id, timer);

    /// <summary>Sets a timer anew that the store may have already.</summary>
    public void MoveTimer(ExecutionTimer timer)
    {
        _newTimers ??= new(StringComparer.Ordinal);
        if (!_newTimers.ContainsKey(timer.Id))
        {
            (_movedTimers ??= new(StringComparer.Ordinal)).Add(timer.Id);
        }

        _newTimers[timer.Id] = timer;
    }

    public void EndTimer(string timerId)
    {
        var isInStore = _movedTimers?.Remove(timerId) ?? false;
        if (_newTimers?.Remove(timerId) != true || isInStore)
        {
            (_endedTimers ??= new(StringComparer.Ordinal)).Add(timerId);
        }
    }

    public void Add(HistoryEntry entry) => (_history ??= []).Add(entry);

    public void Use(WorkflowDefinition definition) => (_definitions ??= new(StringComparer.Ordinal)).TryAdd(definition.Hash, definition);

    /// <summary>Adds what a later decision on the same tree changed.</summary>
    public void Add(ChangeSet later)
    {
        IsNewTree |= later.IsNewTree;
        for (var place = 0; place < later._records.Count; place++)
        {
            var (record, isNew) = later._records[place].Value;
            Add(record, isNew);
        }

        foreach (var timer in later.NewTimers)
        {
            if (later._movedTimers?.Contains(timer.Id) == true)
            {
                MoveTimer(timer);
            }
            else
            {
                SetTimer(timer);
            }
        }

        foreach (var timer in later.EndedTimers)
        {
            EndTimer(timer);
        }

        foreach (var entry in (IReadOnlyList<HistoryEntry>?)later._history ?? [])
        {
            Add(entry);
        }

        foreach (var definition in later.Definitions)
        {
            Use(definition);
        }
    }

    /// <summary>The changes as the store takes them.</summary>
    public ExecutionChanges ToChanges(string treeId, string ownerId, long epoch) => new()
    {
        TreeId = treeId,
        OwnerId = ownerId,
        Epoch = epoch,
        IsNewTree = IsNewTree,
        NewWorkflows = Pick<WorkflowExecution>(isNew: true),
        Workflows = Pick<WorkflowExecution>(isNew: false),
        NewTasks = Pick<TaskExecution>(isNew: true),
        Tasks = Pick<TaskExecution>(isNew: false),
        NewActions = Pick<ActionExecution>(isNew: true),
        Actions = Pick<ActionExecution>(isNew: false),
        NewTimers = _newTimers is null ? [] : [.. _newTimers.Values],
        EndedTimers = _endedTimers is null ? [] : [.. _endedTimers],
        History = (IReadOnlyList<HistoryEntry>?)_history ?? [],
        Definitions = _definitions is null ? [] : [.. _definitions.Values.Select(d => new StoredDefinition(d.Hash, d.Name, d.Namespace, d.Source.Format, d.Source.Text))],
    };

    private T[] Pick<T>(bool isNew)
        where T : class, IExecution
    {
        var count = 0;
        for (var place = 0; place < _records.Count; place++)
        {
            var (record, added) = _records[place].Value;
            count += added == isNew && record is T ? 1 : 0;
        }

        var picked = count == 0 ? [] : new T[count];
        for (var place = _records.Count - 1; count > 0; place--)
        {
            if (_records[place].Value is var (record, added) && added == isNew && record is T wanted)
            {
                picked[--count] = wanted;
            }
        }

        return picked;
    }
}
