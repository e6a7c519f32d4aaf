namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>The time as a process sees it.</summary>
internal sealed class ProcessClock(MachineClock clock, SimulatedProcess process) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock.Now + process.ClockOffset;

    public override long GetTimestamp() => clock.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(clock, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
