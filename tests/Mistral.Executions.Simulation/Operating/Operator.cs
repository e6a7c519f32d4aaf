using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>Does by chance what hosts, people and the machine do while everything goes on.</summary>
internal sealed class Operator(World world, Callers callers)
{
    private readonly Random _random = world.Random;
    private readonly ProcessClock _clock = new(world.Scheduler.Clock, world.Operator);
    private int _starts;

    public void Step()
    {
        if (world.Hosts.Where(h => h.IsAwake).ToList() is not { Count: > 0 } awake)
        {
            return;
        }

        var host = awake[_random.Next(awake.Count)];
        switch (_random.Next(30))
        {
            case < 6:
                Start(host);
                break;
            case < 13:
                WithAction(a => callers.Complete(host, a.Id, _random.Next(4) > 0));
                break;
            case 13:
                WithAction(a => callers.Call(host, $"says that {a.Id} goes on", (e, c) => e.HeartbeatAsync(a.Id, c)));
                break;
            case 14:
                WithAction(a => callers.Call(host, $"updates {a.Id}", (e, c) => e.UpdateActionAsync(a.Id, a.State == ExecutionState.Paused ? ExecutionState.Running : ExecutionState.Paused, c)));
                break;
            case 15:
                WithWorkflow(w => callers.CallWith(host, $"pauses {w.Id}", (e, text, c) => e.PauseAsync(w.Id, text, c)));
                break;
            case 16 or 17:
                WithWorkflow(w => callers.CallWith(host, $"resumes {w.Id}", (e, text, c) => e.ResumeAsync(w.Id, JsonMap.Create((text, 1)), c)));
                break;
            case 18:
                Stop(host);
                break;
            case 19 or 20:
                WithFailedTask(t => callers.CallWith(host, $"runs {t.Name} again", (e, text, c) => e.RerunTaskAsync(t.Id, text.Length % 2 == 0, JsonMap.Create((text, 1)), c)));
                break;
            case 21:
                WithFailedTask(t => callers.CallWith(host, $"skips {t.Name}", (e, text, c) => e.SkipTaskAsync(t.Id, JsonMap.Create((text, 1)), c)));
                break;
            case 22:
                WithWorkflow(w => callers.CallWith(host, $"describes {w.Id}", (e, text, c) => e.UpdateAsync(w.Id, text, cancellationToken: c)));
                break;
            case 23:
                WithWorkflow(w => callers.Call(host, $"explains {w.Id}", (e, c) => e.ExplainAsync(w.Id, c)));
                break;
            case 24:
                WithWorkflow(w => callers.Call(host, $"deletes {w.RootExecutionId}", (e, c) => e.DeleteAsync(w.RootExecutionId, c)));
                break;
            case 25:
                callers.Watch(host);
                break;
            case 26:
                callers.Call(host, "runs an action", (e, c) => e.RunActionAsync(_random.Next(2) == 0 ? "sim.safe" : "sim.unsafe", JsonMap.Create(("key", 0)), cancellationToken: c));
                break;
            default:
                Harm(host);
                break;
        }
    }

    private void Start(Host host)
    {
        // Sometimes one that is there already, sometimes with another input.
        var isAgain = _starts > 0 && _random.Next(5) == 0;
        var number = isAgain ? _random.Next(_starts) : _starts++;
        var workflow = world.Workflows[isAgain || _random.Next(3) > 0 ? ^1 : _random.Next(world.Workflows.Count)];
        var input = JsonMap.Create(("x", isAgain && _random.Next(4) == 0 ? 77 : number % 2));
        var parameters = workflow.Type == WorkflowType.Reverse ? JsonMap.Create(("task_name", "t0")) : JsonMap.Empty;
        callers.Start(host, workflow.Name, $"run-{number}", input, new() { Parameters = parameters });
    }

    private void Stop(Host host)
    {
        var state = _random.Next(4) switch
        {
            0 => ExecutionState.Success,
            1 => ExecutionState.Error,
            _ => ExecutionState.Cancelled,
        };
        WithWorkflow(w => callers.CallWith(host, $"stops {w.Id} in {state}", (e, text, c) => e.StopAsync(w.Id, state, text, c)));
    }

    private void Harm(Host host)
    {
        if (!world.HasDeaths)
        {
            return;
        }

        switch (_random.Next(6))
        {
            case 0:
                world.Kill(host);
                break;
            case 1 or 2:
                world.Scheduler.InterruptAfter(_random.Next(1, 60), () => world.Kill(host));
                break;
            case 3:
                world.Break(host);
                break;
            case 4:
                world.Close(host);
                break;
            default:
                _ = SleepAsync(host, TimeSpan.FromSeconds(_random.Next(1, 100)));
                break;
        }
    }

    private async Task SleepAsync(Host host, TimeSpan time)
    {
        world.History.Event($"{host.Process.Name} falls asleep for {time.TotalSeconds} s");
        host.Process.Sleep();
        await Task.Delay(time, _clock);
        world.History.Event($"{host.Process.Name} wakes");
        host.Process.Wake();
    }

    private void WithAction(Action<ActionExecution> act) =>
        With(world.Audit.Actions.Values.Where(a => a.IsOutside && (_random.Next(5) == 0 || !a.State.IsCompleted())).ToList(), act);

    private void WithWorkflow(Action<WorkflowExecution> act) => With(world.Audit.Workflows.Values.ToList(), act);

    private void WithFailedTask(Action<TaskExecution> act) =>
        With(world.Audit.Tasks.Values.Where(t => t.State is ExecutionState.Error or ExecutionState.Cancelled).ToList(), act);

    private void With<T>(List<T> some, Action<T> act)
    {
        if (some.Count > 0)
        {
            act(some[_random.Next(some.Count)]);
        }
    }
}
