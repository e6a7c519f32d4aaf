namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>A timer of a process, which rings once: periods are not used.</summary>
internal sealed class ProcessTimer(MachineClock clock, SimulatedProcess process, TimerCallback callback, object? state) : ITimer
{
    private int _version;
    private bool _isSet;

    public bool IsSet(int version) => _isSet && version == _version && !process.IsDead;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _version++;
        _isSet = dueTime != Timeout.InfiniteTimeSpan;
        if (_isSet)
        {
            clock.Set(this, _version, dueTime);
        }

        return true;
    }

    public void Ring(SimulationScheduler scheduler)
    {
        _isSet = false;
        var version = _version;
        scheduler.Add(process, () =>
        {
            // Set anew or taken back since it rang: then this ring counts for nothing, or comes again.
            if (version == _version)
            {
                callback(state);
            }
        });
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
