using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Model;

internal sealed partial class Interpreter
{
    /// <summary>The data that a task hands on.</summary>
    private Dictionary<string, (string Value, int Version)> Outbound(int task)
    {
        var data = new Dictionary<string, (string Value, int Version)>(_tasks[task].Inbound, StringComparer.Ordinal);
        void Publish(string variable, string value) => data[variable] = (value, data.GetValueOrDefault(variable).Version + 1);
        if (_tasks[task].Published is { } state)
        {
            Publish(state == Success ? "x" : "e", _tasks[task].Name);
            Publish($"by-{_tasks[task].Name}", state.ToString());
        }

        return data;
    }

    /// <summary>Brings branches together: what was published more often wins, on a tie the branch whose task was created last.</summary>
    private Dictionary<string, (string Value, int Version)> Merge(IEnumerable<int> tasks)
    {
        var merged = new Dictionary<string, (string Value, int Version)>(StringComparer.Ordinal);
        var ordered = tasks.Order().ToList();
        foreach (var (name, variable) in ordered.TakeLast(1).Concat(ordered.SkipLast(1)).SelectMany(Outbound))
        {
            if (variable.Version > merged.GetValueOrDefault(name).Version)
            {
                merged[name] = variable;
            }
        }

        return merged;
    }

    private List<ModelCommand> Commands(int task, ExecutionState state)
    {
        var definition = _tasks[task].Definition;
        List<ModelCommand> Of(params RouteKind[] kinds) =>
            [.. kinds.SelectMany(k => definition.Routes.Where(r => r.Kind == k && r.Guard)).Select(r => new ModelCommand(task, r.Kind, r.Target))];
        return state switch
        {
            Success => Of(RouteKind.OnSuccess, RouteKind.OnComplete),
            Error => Of(RouteKind.OnError, RouteKind.OnComplete),
            Skipped => Of(RouteKind.OnSkip) is { Count: > 0 } skip ? skip : Of(RouteKind.OnSuccess),
            _ => [],
        };
    }

    /// <summary>Carries commands out: tasks that start before those that wait, the last of them first, and nothing after the first that changes the state.</summary>
    private void Carry(List<ModelCommand> commands)
    {
        var wanted = commands.Where(c => c.Target != EngineCommands.Noop).ToList();
        var before = wanted.TakeWhile(c => !c.ChangesState).ToList();
        var starts = before.Where(c => _workflow.Find(c.Target).Join is null).Reverse();
        var waits = before.Where(c => _workflow.Find(c.Target).Join is not null).OrderBy(c => c.Target, StringComparer.Ordinal);
        var turningPoint = wanted.Skip(before.Count).Take(1);
        var kept = turningPoint.Any(c => c.Target == EngineCommands.Pause) ? wanted.Skip(before.Count + 1) : [];
        var order = starts.Concat(waits).ToList();

        // Which execution of a join a route leads to is settled before any task starts.
        var targets = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (var command in order.Where(c => _workflow.Find(c.Target).Join is not null))
        {
            targets.TryAdd(command.Target, JoinFor(command));
        }

        foreach (var command in order.Concat(turningPoint).Concat(kept))
        {
            if (State.IsCompleted())
            {
                return;
            }

            if (State == Paused)
            {
                _backlog.Add(command);
            }
            else if (command.ChangesState)
            {
                ChangeState(command);
            }
            else if (_workflow.Find(command.Target) is { Join: null } task)
            {
                LeadTo(command, _tasks.Count);
                StartTask(task, [(command.Trigger, command.Kind)]);
            }
            else
            {
                LeadTo(command, targets[command.Target] ??= Wait(command.Target));
            }
        }
    }

    private void ChangeState(ModelCommand command)
    {
        if (command.Target == EngineCommands.Pause)
        {
            State = Paused;
        }
        else
        {
            EndWorkflow(command.Target == EngineCommands.Fail ? Error : Success);
        }
    }

    private void LeadTo(ModelCommand command, int execution)
    {
        Change(command.Trigger, t => t with
        {
            // A join that was given up and leads to itself waits again before its other routes are taken.
            Routes = t.Routes?.Select(r => r.Target == command.Target && r.Kind == command.Kind && r.Execution is null ? r with { Execution = execution } : r).ToList(),
        });
        if (execution < _tasks.Count && _tasks[execution].IsGivenUp)
        {
            Change(execution, t => t with { State = Waiting, Routes = null, IsProcessed = false });
        }
    }

    private int Wait(string join)
    {
        _tasks.Add(new(_tasks.Count, _workflow.Find(join)) { State = Waiting });
        return _tasks.Count - 1;
    }

    /// <summary>A join runs once an activation: only a task an earlier run of which has led to that execution opens another.</summary>
    private int? JoinFor(ModelCommand command)
    {
        if (_tasks.FindLast(t => t.Name == command.Target) is not { } latest)
        {
            return null;
        }

        var name = _tasks[command.Trigger].Name;
        var hasLedToIt = _tasks.Exists(t => t.Name == name && t.Ordinal < command.Trigger
            && t.Routes is not null && t.Routes.Any(r => r.Execution == latest.Ordinal));
        return latest.State == Waiting || latest.IsGivenUp || !hasLedToIt ? latest.Ordinal : null;
    }

    /// <summary>Starts the joins whose routes have come together, and fails those that can no longer start.</summary>
    /// <returns>Whether there was one.</returns>
    private bool LookAtJoins(bool isLastResort)
    {
        var found = false;
        foreach (var join in _tasks.Where(t => t.State == Waiting).Select(t => t.Ordinal).ToList())
        {
            if (State != Running || _tasks[join].State != Waiting || _timers.Exists(t => t.Task == join))
            {
                continue;
            }

            var name = _tasks[join].Name;
            var inbound = _workflow.Inbound(name);
            var needed = _tasks[join].Definition.Join is var count and > 0 ? count.Value : inbound.Count;
            var taken = inbound.Count(t => Latest(t)?.Took(name) == true);
            var lost = inbound.Count(t => IsLost(t, name, isLastResort, []));
            if (taken >= needed)
            {
                found = true;
                TakeOver(join);
                Change(join, t => t with { State = Running, HasStarted = true });
                if (_tasks[join].Definition.Timeout > 0)
                {
                    _timers.Add(new(TimerKind.TaskTimeout, join));
                }

                RunBodies(join);
            }
            else if (inbound.Count - lost < needed)
            {
                found = true;
                GiveUp(join);
                if (isLastResort)
                {
                    return true;
                }
            }
        }

        return found;
    }

    private void GiveUp(int join)
    {
        if (_endedAtOnce++ >= MostEndedAtOnce)
        {
            _timers.Add(new(TimerKind.RefreshJoin, join));
            return;
        }

        TakeOver(join);
        EndTask(join, Error);
    }

    private void TakeOver(int join)
    {
        var name = _tasks[join].Name;
        var triggers = _workflow.Inbound(name).Select(Latest).Where(t => t?.Took(name) == true).Select(t => t!).OrderBy(t => t.Ordinal);
        Change(join, t => t with
        {
            Triggers = [.. triggers.Select(u => (u.Ordinal, u.Routes!.First(r => r.Target == name).Kind))],
            Inbound = Merge(triggers.Select(u => u.Ordinal)),
        });
    }

    private ModelExecution? Latest(string name) => _tasks.FindLast(t => t.Name == name);

    /// <summary>Whether that task can no longer lead to the other. Tasks that only a cycle leads to are given up when nothing else is left.</summary>
    private bool IsLost(string task, string target, bool isLastResort, HashSet<string> path)
    {
        if (Latest(task) is { } latest)
        {
            return latest.HasEnded && latest.Routes is not null && !latest.Took(target);
        }

        if (!path.Add(task))
        {
            return isLastResort;
        }

        var inbound = _workflow.Inbound(task);
        var isLost = inbound.Count > 0 && inbound.All(t => IsLost(t, task, isLastResort, path));
        path.Remove(task);
        return isLost;
    }
}
