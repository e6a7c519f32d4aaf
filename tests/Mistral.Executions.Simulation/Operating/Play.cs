using Mistral.Executions.Simulation.Checks;
using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>The course of a run: first anything happens; then faults stop, and everything must come to its end.</summary>
internal sealed class Play
{
    private const int MostRounds = 600;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly World _world;
    private readonly ProcessClock _clock;
    private readonly Ledger _ledger;
    private readonly Callers _callers;
    private readonly Operator _operator;
    private readonly TreeCheck _trees;

    public Play(World world)
    {
        _world = world;
        _clock = new(world.Scheduler.Clock, world.Operator);
        _ledger = new(world.Audit, world.Violations);
        _callers = new(world, _ledger);
        _operator = new(world, _callers);
        _trees = new(world);
    }

    public async Task RunAsync()
    {
        await _world.Operator.NextTurn();
        await TroubleAsync();
        await CalmAsync();
        _ledger.LookAtAll();
        foreach (var host in _world.Hosts.ToList())
        {
            await host.Engine.DisposeAsync();
        }
    }

    private async Task TroubleAsync()
    {
        var random = _world.Random;
        for (var steps = random.Next(5, 50); steps > 0; steps--)
        {
            _world.Supervise();
            if (random.Next(3) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(10_000)), _clock);
            }
            else
            {
                for (var turns = random.Next(20); turns > 0; turns--)
                {
                    await _world.Operator.NextTurn();
                }
            }

            _operator.Step();
        }
    }

    private async Task CalmAsync()
    {
        _world.Scheduler.InterruptNoMore();
        _world.Plan.Stop();
        _world.Actions.Calm();
        _world.Hosts.ForEach(h => h.Process.Wake());
        _world.History.Event("faults stop");
        for (var round = 0; round < MostRounds; round++)
        {
            _world.Supervise();
            await _world.Scheduler.Idle(_world.Operator);
            if (IsOver())
            {
                return;
            }

            // By then whatever failed before the calm has been given to the store again.
            if (round > 3)
            {
                await _trees.LookAsync();
                Help();
            }

            await Task.Delay(Round, _clock);
        }

        foreach (var workflow in _world.Audit.Workflows.Values.Where(w => !w.State.IsCompleted()).ToList())
        {
            var explanation = await _world.Hosts[0].Engine.ExplainAsync(workflow.Id);
            _world.Violations.Add(Promise.EverythingEnds, $"{workflow.Id} of {workflow.Name} does not end: {explanation}");
        }

        foreach (var action in _world.Audit.Actions.Values.Where(a => !a.State.IsCompleted()))
        {
            _world.Violations.Add(Promise.EverythingEnds, $"the action execution {action.Id} of {action.Name} does not end");
        }
    }

    private bool IsOver() =>
        _world.Audit.Workflows.Values.All(w => w.State.IsCompleted()) && _world.Audit.Actions.Values.All(a => a.State.IsCompleted());

    // What waits for somebody outside gets what it waits for.
    private void Help()
    {
        foreach (var action in _world.Audit.Actions.Values.Where(a => a.IsOutside && !a.State.IsCompleted()).ToList())
        {
            if (action.State == ExecutionState.Paused)
            {
                _callers.Call(HostOf(action.RootExecutionId ?? action.Id), $"resumes {action.Id}", (e, c) => e.UpdateActionAsync(action.Id, ExecutionState.Running, c));
            }
            else
            {
                _callers.Complete(HostOf(action.RootExecutionId ?? action.Id), action.Id, succeeds: true);
            }
        }

        foreach (var workflow in _world.Audit.Workflows.Values.Where(w => w.State == ExecutionState.Paused).ToList())
        {
            _callers.Call(HostOf(workflow.RootExecutionId), $"resumes {workflow.Id}", (e, c) => e.ResumeAsync(workflow.Id, cancellationToken: c));
        }
    }

    private Host HostOf(string treeId) =>
        _world.Hosts.Find(h => _world.Audit.IsOwner(h.Process, treeId)) ?? _world.Hosts[_world.Random.Next(_world.Hosts.Count)];
}
