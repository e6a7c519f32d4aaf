namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>The time of the simulated machine, with the timers of all processes.</summary>
internal sealed class MachineClock(SimulationScheduler scheduler)
{
    private readonly PriorityQueue<(ProcessTimer Timer, int Version), (long Due, long Number)> _timers = new();
    private long _number;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Set(ProcessTimer timer, int version, TimeSpan wait) => _timers.Enqueue((timer, version), ((Now + wait).Ticks, _number++));

    /// <summary>Moves the time on, and lets what is due ring.</summary>
    public void GoOn(TimeSpan time)
    {
        Now += time;
        RingDue();
    }

    /// <summary>Moves the time on to the next timer. False when there is none.</summary>
    public bool GoToNextTimer()
    {
        while (_timers.TryPeek(out var next, out var at))
        {
            if (!next.Timer.IsSet(next.Version))
            {
                _timers.Dequeue();
                continue;
            }

            Now = at.Due > Now.Ticks ? new(at.Due, TimeSpan.Zero) : Now;
            RingDue();
            return true;
        }

        return false;
    }

    private void RingDue()
    {
        while (_timers.TryPeek(out var next, out var at) && at.Due <= Now.Ticks)
        {
            _timers.Dequeue();
            if (next.Timer.IsSet(next.Version))
            {
                next.Timer.Ring(scheduler);
            }
        }
    }
}
