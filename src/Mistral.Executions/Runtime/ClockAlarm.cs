namespace Mistral.Executions.Runtime;

/// <summary>Starts a piece of work at a time. Setting it again moves the time.</summary>
internal sealed class ClockAlarm : IDisposable
{
    // What one timer can take at most; later times are reached in several steps.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Creates an alarm that is not set.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ring">Called on a thread of the clock when the time has come, or a day has passed: it only starts work.</param>
    public ClockAlarm(TimeProvider time, Action ring)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Action)state!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set(DateTimeOffset at)
    {
        var wait = at - _time.GetUtcNow();
        Set(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    // Timers count whole milliseconds: rounding up keeps them from ringing before the time.
    public void Set(TimeSpan wait) => _timer.Change(
        wait < Longest ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : Longest,
        Timeout.InfiniteTimeSpan);

    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
