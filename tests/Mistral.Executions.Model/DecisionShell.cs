using Mistral.Executions.Decisions;

namespace Mistral.Executions.Model;

/// <summary>
/// Drives the decider without store, clock or thread: rows are a dictionary, time is a number, and actions are answered
/// in the order in which they were started.
/// </summary>
internal sealed class DecisionShell : IDecisionCatalog, IIdSource
{
    private readonly Dictionary<string, IExecution> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutionTimer> _timers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowDefinition> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActionTraits> _actions = new(StringComparer.Ordinal);
    private readonly Queue<Effect> _effects = new();
    private readonly List<HistoryEntry> _history = [];
    private int _ids;

    private DecisionShell(DecisionShell other)
    {
        (_workflows, _actions) = (other._workflows, other._actions);
        (_rows, _timers) = (new(other._rows, StringComparer.Ordinal), new(other._timers, StringComparer.Ordinal));
        (_ids, Tree, Now, Limits, Reloads, ChecksPurity) = (other._ids, other.Tree, other.Now, other.Limits, other.Reloads, other.ChecksPurity);
    }

    public DecisionShell(params WorkflowDefinition[] workflows)
    {
        foreach (var workflow in workflows)
        {
            _workflows.Add(workflow.Name, workflow);
        }

        Answer("std.noop", _ => ActionResult.Success(default));
        Answer("std.echo", input => ActionResult.Success(input.GetOrNull("output")));
        Answer("std.fail", _ => ActionResult.Error("failed"));
        Outside("std.async_noop");
    }

    public ExecutionTree Tree { get; private set; } = ExecutionTree.Empty("root");

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DecisionLimits Limits { get; init; } = new();

    /// <summary>Whether the tree is read again from its rows after every decision.</summary>
    public bool Reloads { get; init; }

    /// <summary>Whether every decision is taken twice, to see that it comes out the same.</summary>
    public bool ChecksPurity { get; init; }

    public int Decisions { get; private set; }

    public IReadOnlyList<HistoryEntry> History => _history;

    public IReadOnlyCollection<ExecutionTimer> PendingTimers => _timers.Values;

    public WorkflowExecution Root => (WorkflowExecution)_rows["root"];

    /// <summary>The names of the actions whose body ran, with their action execution id.</summary>
    public List<(string Action, string Id)> Bodies { get; } = [];

    /// <summary>What decisions had to look up because the tree does not hold it.</summary>
    public List<Lookup> Lookups { get; } = [];

    /// <summary>The change sets, one a decision.</summary>
    public List<ChangeSet> Changes { get; } = [];

    public IEnumerable<WorkflowExecution> Workflows => _rows.Values.OfType<WorkflowExecution>().OrderBy(w => w.Id, StringComparer.Ordinal);

    public IEnumerable<TaskExecution> Tasks => _rows.Values.OfType<TaskExecution>().OrderBy(t => t.WorkflowExecutionId, StringComparer.Ordinal).ThenBy(t => t.Ordinal);

    public IEnumerable<ActionExecution> Actions => _rows.Values.OfType<ActionExecution>().OrderBy(a => a.Id, StringComparer.Ordinal);

    public void Answer(string name, Func<JsonMap, ActionResult> answer) => _actions[name] = new TestAction(name, ActionMode.Body, answer);

    public void Inline(string name, Func<JsonMap, ActionResult> answer) => _actions[name] = new TestAction(name, ActionMode.Inline, answer);

    public void Outside(string name) => _actions[name] = new TestAction(name, ActionMode.Outside, _ => throw new InvalidOperationException("The result comes from outside."));

    /// <summary>An action whose runs are left without an answer until the test gives one.</summary>
    public void Hang(string name, bool safe = true) => _actions[name] = new TestAction(name, ActionMode.Body, null) { Safe = safe };

    /// <summary>An action with rules of its own, whose runs are left without an answer.</summary>
    public void Register(ActionTraits traits) => _actions[traits.Name] = traits;

    public void Forget(string action) => _actions.Remove(action);

    public TaskExecution Task(string name) => Tasks.Last(t => t.Name == name);

    public IReadOnlyList<TaskExecution> AllOf(string name) => [.. Tasks.Where(t => t.Name == name)];

    public ActionExecution ActionOf(string task) => Actions.Last(a => a.TaskExecutionId == Task(task).Id);

    /// <summary>Starts the workflow and lets everything happen that is due now.</summary>
    public DecisionShell Run(string workflow, JsonMap? input = null, JsonMap? parameters = null)
    {
        Accept(Start(workflow, input, parameters));
        return Settle();
    }

    /// <summary>This shell as it is, to go another way from here. What it has answered and noted so far stays behind.</summary>
    public DecisionShell Copy() => new(this);

    public Decision Start(string workflow, JsonMap? input = null, JsonMap? parameters = null) =>
        Send(new Message.StartWorkflow(_workflows[workflow], "root", input ?? JsonMap.Empty, parameters ?? JsonMap.Empty, "", []));

    /// <summary>Gives one message, without letting anything happen after it.</summary>
    public Decision Send(Message message)
    {
        var answers = new Dictionary<Lookup, object?>();
        var before = _ids;
        Decision decision;
        while (true)
        {
            var input = new DecisionInput { Now = Now, Ids = this, Catalog = this, Limits = Limits, Answers = answers };
            _ids = before;
            decision = Decider.Decide(Tree, message, input);
            if (decision.Needs is not { } lookup)
            {
                break;
            }

            Lookups.Add(lookup);
            answers.Add(lookup, Find(lookup));
        }

        if (ChecksPurity)
        {
            var ids = _ids;
            _ids = before;
            var again = Decider.Decide(Tree, message, new() { Now = Now, Ids = this, Catalog = this, Limits = Limits, Answers = answers });
            if (_ids != ids || DecisionText.Of(decision) != DecisionText.Of(again))
            {
                throw new InvalidOperationException($"The same decision came out differently: {DecisionText.Of(decision)}, then {DecisionText.Of(again)}.");
            }
        }

        Decisions++;
        if (decision.Changes is { } changes)
        {
            Store(changes);
        }

        Tree = decision.Tree;
        if (Reloads && _rows.Count > 0)
        {
            var reloaded = Load();
            var faults = TreeInvariants.Violations(Tree).Concat(TreeInvariants.Violations(reloaded)).Concat(TreeInvariants.Differences(Tree, reloaded)).ToList();
            Tree = faults.Count == 0 ? reloaded : throw new InvalidOperationException(string.Join('\n', faults));
        }

        foreach (var effect in decision.Effects)
        {
            _effects.Enqueue(effect);
        }

        return decision;
    }

    /// <summary>Answers actions, in the order of their start, until none is left that can be answered. The clock stands still.</summary>
    public DecisionShell Settle()
    {
        while (_effects.TryDequeue(out var effect))
        {
            var (execution, traits, input) = effect switch
            {
                Effect.RunAction run => (run.Execution, run.Traits, run.Input),
                Effect.RunInline run => (run.Execution, run.Traits, run.Input),
                _ => throw new InvalidOperationException(),
            };
            Bodies.Add((execution.Name, execution.Id));
            if (traits.ModeFor(input) != ActionMode.Outside && traits is TestAction { Body: { } body })
            {
                Send(new Message.CompleteAction(execution.Id, body(input)));
            }
        }

        return this;
    }

    /// <summary>Moves the clock, firing timers in their order.</summary>
    public DecisionShell Advance(TimeSpan by, int most = int.MaxValue)
    {
        var until = Now + by;
        while (most-- > 0 && _timers.Values.Where(t => t.DueAt <= until).OrderBy(t => t.DueAt).ThenBy(t => t.Id, StringComparer.Ordinal).FirstOrDefault() is { } timer)
        {
            Send(new Message.TimerDue(PassTo(timer)));
            _timers.Remove(timer.Id);
            Settle();
        }

        Now = until;
        return this;
    }

    /// <summary>Moves the clock to where a timer is due, if it is not yet there.</summary>
    /// <returns>The timer.</returns>
    public ExecutionTimer PassTo(ExecutionTimer timer)
    {
        Now = timer.DueAt > Now ? timer.DueAt : Now;
        return timer;
    }

    /// <summary>What a new engine finds after a crash: the rows, and none of the effects.</summary>
    public DecisionShell Crash()
    {
        _effects.Clear();
        Tree = Load();
        Send(new Message.Recover("recovered", "the process died"));
        return this;
    }

    public DecisionShell Complete(string task, ActionResult result)
    {
        Accept(Send(new Message.CompleteAction(ActionOf(task).Id, result)));
        return Settle();
    }

    public string NewId(DateTimeOffset now) => $"id-{++_ids:D9}";

    public double NextFraction() => 0.5;

    WorkflowDefinition? IDecisionCatalog.FindWorkflow(string name, string @namespace) => _workflows.GetValueOrDefault(name);

    WorkflowDefinition? IDecisionCatalog.FindWorkflowByHash(string hash) => _workflows.Values.FirstOrDefault(w => w.Hash == hash);

    ActionTraits? IDecisionCatalog.FindAction(string name, string @namespace) => _actions.GetValueOrDefault(name);

    IExpression IDecisionCatalog.Template(JsonData data) => new ConstantExpression(data);

    /// <summary>The tree as a store gives it back.</summary>
    public ExecutionTree Load()
    {
        var stored = Stored();
        var latest = ExecutionTree.TasksToRead(stored, this).ToDictionary(
            t => t.WorkflowExecutionId,
            t => (IReadOnlyList<TaskExecution>)[.. t.TaskNames.Select(n => Latest(t.WorkflowExecutionId, n)).OfType<TaskExecution>()],
            StringComparer.Ordinal);
        return ExecutionTree.Load("root", stored, latest, this);
    }

    private static void Accept(Decision decision)
    {
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException("The message was refused.", refusal);
        }
    }

    private StoredTree Stored()
    {
        bool Open(string? taskId) => taskId is not null && !((TaskExecution)_rows[taskId]).State.IsCompleted();
        bool HasOpenAction(TaskExecution t) => Actions.Any(a => a.TaskExecutionId == t.Id && !a.State.IsCompleted());
        var ids = new HashSet<string>(StringComparer.Ordinal);
        bool IsAbove(string taskId) => Workflows.Any(w => w.TaskExecutionId == taskId && ids.Contains(w.Id));
        bool GoesOn(WorkflowExecution w) => w.TaskExecutionId is not { } taskId || !w.State.IsCompleted()
            || (w.Accepted && _rows[taskId] is TaskExecution { Items: null } task && ids.Contains(task.WorkflowExecutionId) && !task.State.IsCompleted())
            || Tasks.Any(t => t.WorkflowExecutionId == w.Id && (HasOpenAction(t) || IsAbove(t.Id)));
        while (Workflows.Where(w => !ids.Contains(w.Id) && GoesOn(w)).ToList() is { Count: > 0 } found)
        {
            found.ForEach(w => ids.Add(w.Id));
        }

        var workflows = Workflows.Where(w => ids.Contains(w.Id)).ToList();
        var tasks = Tasks.Where(t => ids.Contains(t.WorkflowExecutionId)
            && (!t.State.IsCompleted() || !t.Processed || !t.HasNextTasks || t.State is ExecutionState.Error or ExecutionState.Cancelled || HasOpenAction(t) || IsAbove(t.Id))).ToList();
        return new()
        {
            OwnerId = "test",
            Epoch = 1,
            Workflows = workflows,
            Tasks = tasks,
            Actions = [.. Actions.Where(a => !a.State.IsCompleted() || (a.Accepted && a.TaskExecutionId is not null && Open(a.TaskExecutionId) && ((TaskExecution)_rows[a.TaskExecutionId]).Items is null))],
            ContextTasks = [.. tasks.SelectMany(t => Path(t.InboundContext.TaskExecutionId)).Distinct()],
            Timers = [.. _timers.Values],
        };
    }

    private IEnumerable<TaskExecution> Path(string? taskId)
    {
        while (taskId is not null)
        {
            var task = (TaskExecution)_rows[taskId];
            yield return task;
            taskId = task.InboundContext.TaskExecutionId;
        }
    }

    private TaskExecution? Latest(string workflowId, string name) =>
        Tasks.LastOrDefault(t => t.WorkflowExecutionId == workflowId && t.Name == name);

    private object? Find(Lookup lookup) => lookup switch
    {
        Lookup.AcceptedChildren l => Children(l.TaskExecutionId).Where(c => c.State.IsCompleted() && c is ActionExecution { Accepted: true } or WorkflowExecution { Accepted: true }).ToList(),
        Lookup.Children l => Children(l.TaskExecutionId).ToList(),
        Lookup.TaskByName l => Latest(l.WorkflowExecutionId, l.Name),
        Lookup.TaskById l => _rows.GetValueOrDefault(l.TaskExecutionId) as TaskExecution,
        Lookup.ActionById l => _rows.GetValueOrDefault(l.ActionExecutionId) as ActionExecution,
        Lookup.Tasks l => Tasks.Where(t => l.WorkflowExecutionId is null || t.WorkflowExecutionId == l.WorkflowExecutionId).ToList(),
        Lookup.Workflows l => Workflows.Where(w => (l.Id is null || w.Id == l.Id) && (l.State is null || w.State.ToWireName() == l.State)).ToList(),
        Lookup.WorkflowsOfTask l => Workflows.Where(w => w.TaskExecutionId == l.TaskExecutionId).ToList(),
        Lookup.ContextPath l => Path(l.TaskExecutionId).ToList(),
        Lookup.EndedWorkflow l => Ended(l.WorkflowExecutionId),
        _ => throw new InvalidOperationException($"Nothing answers {lookup}."),
    };

    private StoredTree? Ended(string workflowId)
    {
        if (_rows.GetValueOrDefault(workflowId) is not WorkflowExecution first)
        {
            return null;
        }

        var workflows = new List<WorkflowExecution>();
        var tasks = new List<TaskExecution>();
        for (var workflow = first; ; workflow = (WorkflowExecution)_rows[tasks[^1].WorkflowExecutionId])
        {
            workflows.Add(workflow);
            if (workflow.TaskExecutionId is not { } parent)
            {
                break;
            }

            tasks.Add((TaskExecution)_rows[parent]);
        }

        tasks.AddRange(Tasks.Where(t => workflows.Exists(w => w.Id == t.WorkflowExecutionId)
            && (!t.State.IsCompleted() || !t.Processed || !t.HasNextTasks || t.State is ExecutionState.Error or ExecutionState.Cancelled)));
        return new() { OwnerId = "test", Epoch = 1, Workflows = workflows, Tasks = [.. tasks.Distinct()] };
    }

    private IEnumerable<IExecution> Children(string taskId) =>
        Actions.Where(a => a.TaskExecutionId == taskId).Cast<IExecution>().Concat(Workflows.Where(w => w.TaskExecutionId == taskId));

    private void Store(ChangeSet changes)
    {
        var stored = changes.ToChanges("root", "test", 1);
        foreach (var record in stored.NewWorkflows.Cast<IExecution>().Concat(stored.NewTasks).Concat(stored.NewActions))
        {
            _rows.Add(record.Id, record);
        }

        foreach (var record in stored.Workflows.Cast<IExecution>().Concat(stored.Tasks).Concat(stored.Actions))
        {
            _rows[record.Id] = _rows.ContainsKey(record.Id) ? record : throw new InvalidOperationException($"{record.Id} was changed before it was new.");
        }

        foreach (var timer in stored.NewTimers)
        {
            _timers[timer.Id] = timer;
        }

        foreach (var timer in stored.EndedTimers)
        {
            _timers.Remove(timer);
        }

        _history.AddRange(stored.History);
        Changes.Add(changes);
    }

    private sealed class TestAction(string name, ActionMode mode, Func<JsonMap, ActionResult>? body) : ActionTraits
    {
        public bool Safe { get; init; } = true;

        public Func<JsonMap, ActionResult>? Body => body;

        public override string Name => name;

        public override bool IsSafeToRerun(JsonMap input) => Safe;

        public override ActionMode ModeFor(JsonMap input) => mode;

        public override string? CheckInput(JsonMap input) => null;
    }
}
