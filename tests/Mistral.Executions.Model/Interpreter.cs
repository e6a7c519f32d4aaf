using Mistral.Executions.Decisions;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Model;

/// <summary>
/// What a direct workflow does, told a second time: slowly, with nothing counted and nothing indexed. Whatever it wants to
/// know it finds by looking at all task executions again.
/// </summary>
internal sealed partial class Interpreter
{
    private static readonly int MostEndedAtOnce = new DecisionLimits().EndedAtOnce;

    private readonly ModelWorkflow _workflow;
    private readonly List<ModelExecution> _tasks;
    private readonly List<ModelBody> _bodies;
    private readonly List<ModelTimer> _timers;
    private List<ModelCommand> _backlog;
    private int _endedAtOnce;

    public Interpreter(ModelWorkflow workflow) => (_workflow, _tasks, _bodies, _timers, _backlog) = (workflow, [], [], [], []);

    private Interpreter(Interpreter other) =>
        (_workflow, _tasks, _bodies, _timers, _backlog, State, Output) =
        (other._workflow, [.. other._tasks], [.. other._bodies], [.. other._timers], [.. other._backlog], other.State, other.Output);

    /// <summary>The state of the workflow execution.</summary>
    public ExecutionState State { get; private set; }

    public IReadOnlyList<ModelExecution> Tasks => _tasks;

    public IReadOnlyList<ModelBody> Bodies => _bodies;

    public IReadOnlyList<ModelTimer> Timers => _timers;

    public int Backlog => _backlog.Count;

    /// <summary>The data that the workflow execution ended with.</summary>
    public IReadOnlyDictionary<string, (string Value, int Version)> Output { get; private set; } = new Dictionary<string, (string Value, int Version)>();

    public Interpreter Copy() => new(this);

    public void Start()
    {
        State = Running;
        foreach (var task in _workflow.Tasks.Where(t => _workflow.Inbound(t.Name).Count == 0))
        {
            if (!State.IsCompleted())
            {
                StartTask(task, []);
            }
        }

        Settle();
    }

    /// <summary>Takes a message in.</summary>
    /// <returns>Whether it was in order; otherwise nothing has changed.</returns>
    public bool Handle(ModelMessage message)
    {
        _endedAtOnce = 0;
        switch (message)
        {
            case ModelMessage.Result result when _bodies[result.Body].State == Running:
                EndBody(result.Body, result.State);
                break;
            case ModelMessage.Due due:
                Fire(_timers.First(t => t.Kind == due.Kind && t.Task == due.Task));
                break;
            case ModelMessage.Pause when !State.IsCompleted():
                State = Paused;
                break;
            case ModelMessage.Resume when State == Running:
                return true;
            case ModelMessage.Resume when State == Paused:
                State = Running;
                GoOn();
                break;
            case ModelMessage.Stop stop when State == stop.State:
                return true;
            case ModelMessage.Stop stop when !State.IsCompleted() && (stop.State != Success || State == Running):
                EndWorkflow(stop.State);
                break;
            case ModelMessage.Rerun rerun when CanRunAgain(rerun.Task):
                RunAgain(rerun.Task, rerun.Reset);
                break;
            case ModelMessage.Skip skip when CanRunAgain(skip.Task):
                MakeRunning();
                EndTask(skip.Task, Skipped);
                GoOn();
                break;
            case ModelMessage.Crash:
                break;
            default:
                return false;
        }

        Settle();
        return true;
    }

    // ---- tasks

    private void Change(int task, Func<ModelExecution, ModelExecution> change) => _tasks[task] = change(_tasks[task]);

    private int StartTask(ModelTask definition, IReadOnlyList<(int Execution, RouteKind Kind)> triggers)
    {
        var task = _tasks.Count;
        _tasks.Add(new(task, definition) { State = Running, HasStarted = true, Triggers = triggers, Inbound = Merge(triggers.Select(t => t.Execution)) });
        BeforeStart(task);
        return task;
    }

    private void BeforeStart(int task)
    {
        var definition = _tasks[task].Definition;
        if (definition.PauseBefore)
        {
            Change(task, t => t with { State = Idle });
            State = Paused;
        }
        else if (definition.WaitBefore > 0 && !_tasks[task].HasWaitedBefore)
        {
            Change(task, t => t with { State = RunningDelayed, HasWaitedBefore = true });
            _timers.Add(new(TimerKind.ContinueTask, task));
        }

        if (definition.Timeout > 0)
        {
            _timers.Add(new(TimerKind.TaskTimeout, task));
        }

        if (_tasks[task].State == Running)
        {
            RunBodies(task);
        }
    }

    private void Continue(int task)
    {
        Change(task, t => t with { State = Running, HasStarted = true, IsProcessed = false });
        RunBodies(task);
    }

    private void RunBodies(int task)
    {
        var definition = _tasks[task].Definition;
        if (definition.Items is not { } items)
        {
            _bodies.Add(new(task, 0));
            return;
        }

        var counting = _bodies.Where(b => b.Task == task && b.Counts).ToList();
        if (counting.Count(b => b.State != Running) == items)
        {
            if (_endedAtOnce++ < MostEndedAtOnce)
            {
                EndTask(task, Success);
            }
            else
            {
                Change(task, t => t with { State = RunningDelayed });
                _timers.Add(new(TimerKind.ContinueTask, task));
            }

            return;
        }

        var running = counting.Count(b => b.State == Running);
        foreach (var index in Enumerable.Range(0, items).Where(i => counting.TrueForAll(b => b.Index != i)))
        {
            if (definition.Concurrency == 0 || running < definition.Concurrency)
            {
                _bodies.Add(new(task, index));
                running++;
            }
        }
    }

    private void EndBody(int place, ExecutionState state)
    {
        var body = _bodies[place] with { State = state };
        _bodies[place] = body;
        var task = _tasks[body.Task];
        if (task.HasEnded)
        {
            return;
        }

        if (task.Definition.Items is not { } items)
        {
            EndTask(body.Task, state);
            return;
        }

        if (!body.Counts)
        {
            return;
        }

        var ended = _bodies.Where(b => b.Task == body.Task && b.Counts && b.State != Running).ToList();
        if (ended.Exists(b => b.State == Cancelled))
        {
            EndTask(body.Task, Cancelled);
        }
        else if (ended.Count == items)
        {
            EndTask(body.Task, ended.Exists(b => b.State == Error) ? Error : Success);
        }
        else if (task.Definition.Concurrency > 0 && task.State == Running)
        {
            RunBodies(body.Task);
        }
    }

    private void EndTask(int task, ExecutionState state)
    {
        if (_tasks[task].HasEnded && state != Skipped)
        {
            return;
        }

        if (state is Success or Error)
        {
            Change(task, t => t with { Published = state });
        }

        if (state != Skipped && IsHeldByPolicy(task, ref state))
        {
            return;
        }

        _timers.RemoveAll(t => t.Task == task);
        var isPaused = State == Paused;
        var commands = State.IsCompleted() ? [] : Commands(task, state);
        Change(task, t => t with
        {
            State = state,
            IsProcessed = !isPaused,
            IsErrorHandled = state == Error && commands.Exists(c => c.Kind == RouteKind.OnError),
            Routes = [.. commands.Where(c => !EngineCommands.Contains(c.Target)).Select(c => (c.Target, c.Kind, (int?)null))],
        });
        if (!isPaused)
        {
            Carry(commands);
        }
    }

    // In a workflow execution that has ended no task can be held: what was running may still end, and no more.
    private bool IsHeldByPolicy(int task, ref ExecutionState state)
    {
        var definition = _tasks[task].Definition;
        if (definition.WaitAfter > 0 && !_tasks[task].HasWaitedAfter && !State.IsCompleted())
        {
            var end = state;
            Change(task, t => t with { State = t.State == Waiting ? Waiting : RunningDelayed, HasWaitedAfter = true, EndsIn = end, IsProcessed = false });
            EndDelays(task);
            _timers.Add(new(TimerKind.CompleteTask, task, state));
            return true;
        }

        if (definition.FailOn && state == Success)
        {
            state = Error;
        }

        if (state == Error && _tasks[task].Retry < definition.Retries && !State.IsCompleted())
        {
            DropBodies(task, _ => true);
            var isJoin = definition.Join is not null;
            Change(task, t => t with { State = isJoin ? Waiting : RunningDelayed, Retry = t.Retry + 1, EndsIn = null, IsProcessed = false });
            EndDelays(task);
            _timers.Add(new(isJoin ? TimerKind.RefreshJoin : TimerKind.ContinueTask, task));
            return true;
        }

        return false;
    }

    private void EndDelays(int task) => _timers.RemoveAll(t => t.Task == task && t.Kind != TimerKind.TaskTimeout);

    private void DropBodies(int task, Func<ModelBody, bool> which)
    {
        for (var place = 0; place < _bodies.Count; place++)
        {
            if (_bodies[place].Task == task && which(_bodies[place]))
            {
                _bodies[place] = _bodies[place] with { Counts = false, State = _bodies[place].State == Running ? Cancelled : _bodies[place].State };
            }
        }
    }

    private void Fire(ModelTimer timer)
    {
        _timers.Remove(timer);
        var task = _tasks[timer.Task];
        switch (timer.Kind)
        {
            case TimerKind.ContinueTask when task.State == RunningDelayed && State == Paused:
                Change(timer.Task, t => t with { State = Idle });
                break;
            case TimerKind.ContinueTask when task.State == RunningDelayed:
                Continue(timer.Task);
                break;
            case TimerKind.CompleteTask:
                EndTask(timer.Task, timer.State);
                break;
            case TimerKind.TaskTimeout:
                EndTask(timer.Task, Error);
                break;
        }
    }

    // ---- the workflow execution

    private void EndWorkflow(ExecutionState state)
    {
        State = state;
        Output = Merge(_tasks.Where(t => t.HasEnded && t.Routes is not { Count: > 0 }).Select(t => t.Ordinal));
        _backlog = [];
        _timers.Clear();
    }

    private void GoOn()
    {
        if (State != Running)
        {
            return;
        }

        var held = _tasks.Where(t => t.State == Idle).Select(t => t.Ordinal).ToList();
        var ended = _tasks.Where(t => t.HasEnded && !t.IsProcessed).Select(t => t.Ordinal).ToList();
        var backlog = _backlog;
        _backlog = [];
        Carry(backlog);
        foreach (var task in held.Where(t => State == Running && _tasks[t].State == Idle))
        {
            Continue(task);
        }

        foreach (var task in ended)
        {
            Change(task, t => t with { IsProcessed = true });
            if (!State.IsCompleted())
            {
                Carry(Commands(task, _tasks[task].State).Where(c => c.Target != EngineCommands.Pause).ToList());
            }
        }
    }

    private bool CanRunAgain(int task) => _tasks[task].State is Error or Cancelled && State is Running or Error or Cancelled;

    private void MakeRunning()
    {
        if (State != Running)
        {
            State = Running;
            _timers.AddRange(_tasks.Where(t => t.State == RunningDelayed).Select(t => t.EndsIn is { } end
                ? new ModelTimer(TimerKind.CompleteTask, t.Ordinal, end)
                : new ModelTimer(TimerKind.ContinueTask, t.Ordinal)));
        }
    }

    private void RunAgain(int task, bool reset)
    {
        MakeRunning();
        DropBodies(task, b => reset || _tasks[task].Definition.Items is null || b.State is Error or Cancelled or Running);
        Change(task, t => t with
        {
            State = Running,
            HasStarted = true,
            IsProcessed = false,
            HasWaitedBefore = false,
            HasWaitedAfter = false,
            EndsIn = null,
            Retry = 0,
            Routes = null,
        });
        BeforeStart(task);
        GoOn();
    }

    private void Settle()
    {
        bool again;
        do
        {
            again = LookAtJoins(isLastResort: false);
            if (again || State != Running)
            {
                continue;
            }

            var open = _tasks.Where(t => !t.HasEnded).ToList();
            if (open.Count == 0)
            {
                EndWorkflow(
                    _tasks.Exists(t => t.State == Cancelled) ? Cancelled
                    : _tasks.Exists(t => t.State == Error && !t.IsErrorHandled) ? Error
                    : Success);
            }
            else if (open.TrueForAll(t => t.State == Waiting && _timers.TrueForAll(timer => timer.Task != t.Ordinal)))
            {
                again = true;
                if (!LookAtJoins(isLastResort: true))
                {
                    GiveUp(open[0].Ordinal);
                }
            }
        }
        while (again);
    }
}
