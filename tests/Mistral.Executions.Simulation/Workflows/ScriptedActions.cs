using Mistral.Executions.Simulation.Checks;
using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Workflows;

/// <summary>Bodies of actions that behave well and badly, by chance.</summary>
internal sealed class ScriptedActions(Random random, SimulationScheduler scheduler, BodyAudit audit)
{
    private readonly List<(SimulatedProcess Process, TaskCompletionSource Gate)> _hanging = [];
    private bool _isCalm;

    public void Register(ExecutionEngineOptions options, SimulatedProcess process)
    {
        Task<JsonData> Run(JsonMap input, ActionContext context, CancellationToken cancellationToken) => RunAsync(process, input, context, cancellationToken);
        options
            .AddAction("sim.safe", Run)
            .AddAction("sim.unsafe", Run, new() { IsSafeToRerun = false })
            .AddAction("sim.timed", Run, new() { Timeout = TimeSpan.FromSeconds(5) })
            .AddInlineAction("sim.inline", input => input["key"].TryGetInt64(out var key) && key % 7 == 3 ? throw new ActionFailedException("an inline action fails") : Result(input["key"]))
            .AddOutsideAction("sim.outside")
            .AddOutsideAction("sim.outside_deadline", new() { Deadline = TimeSpan.FromSeconds(40), Heartbeat = TimeSpan.FromSeconds(15) });
    }

    /// <summary>From now on every body ends, and those that hang do so now.</summary>
    public void Calm()
    {
        _isCalm = true;
        foreach (var (process, gate) in _hanging)
        {
            scheduler.Add(process, () => gate.TrySetResult());
        }

        _hanging.Clear();
    }

    private static JsonData Result(JsonData key) => JsonMap.Create(("n", key), ("even", true));

    private async Task<JsonData> RunAsync(SimulatedProcess process, JsonMap input, ActionContext context, CancellationToken cancellationToken)
    {
        audit.Started(process, context);
        await process.NextTurn();
        var behaviour = _isCalm ? 0 : random.Next(20);
        switch (behaviour)
        {
            case 8 or 9:
                await DelayAsync(TimeSpan.FromSeconds(random.Next(1, 40)), context.Time, cancellationToken);
                break;
            case 10:
                // What ignores that it is told to stop.
                await DelayAsync(TimeSpan.FromSeconds(random.Next(5, 60)), context.Time, CancellationToken.None);
                break;
            case 11:
                await HangAsync(process, cancellationToken);
                break;
            case 12:
                await HangAsync(process, CancellationToken.None);
                break;
            case 13 or 14:
                throw new ActionFailedException("it does not work");
            case 15:
                throw new ActionFailedException("it does not work", JsonMap.Create(("code", 500)));
            case 16:
                throw new NotSupportedException("a body that nobody has thought of");
            case 17:
                throw new OperationCanceledException("nobody asked for it");
            case 18:
                return new string('x', Limits.PayloadBytes + 1);
            case 19:
                return "a text";
        }

        return JsonMap.Create(("n", random.Next(5)), ("even", random.Next(2) == 0));
    }

    // Task.Delay would go on elsewhere when it is cancelled.
    private static async Task DelayAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(_ => end.TrySetResult(), null, time, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.UnsafeRegister((_, token) => end.TrySetCanceled(token), null);
        await end.Task;
    }

    private async Task HangAsync(SimulatedProcess process, CancellationToken cancellationToken)
    {
        var gate = new TaskCompletionSource();
        _hanging.Add((process, gate));
        await using var registration = cancellationToken.UnsafeRegister((_, token) => gate.TrySetCanceled(token), null);
        await gate.Task;
    }
}
