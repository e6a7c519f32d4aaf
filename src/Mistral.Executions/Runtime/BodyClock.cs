namespace Mistral.Executions.Runtime;

/// <summary>
/// The clock that a body sees. While it has set a timer, it waits for the clock and does not count as work under way.
/// </summary>
internal sealed class BodyClock(TimeProvider time, WorkTracker tracker) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly WorkTracker _tracker = tracker;
    private int _timers;
    private bool _isClosed;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new BodyTimer(this, callback, state);
        timer.Start(time, dueTime, period);
        return timer;
    }

    /// <summary>The body has ended: what timers it left no longer counts.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_timers > 0)
            {
                _tracker.Begin();
            }
        }
    }

    private void Count(int change)
    {
        lock (_gate)
        {
            var before = _timers;
            _timers += change;
            if (_isClosed)
            {
                return;
            }

            if (before == 0 && _timers == 1)
            {
                _tracker.End();
            }
            else if (before == 1 && _timers == 0)
            {
                _tracker.Begin();
            }
        }
    }

    private sealed class BodyTimer(BodyClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _timer;
        private int _isSet;

        // Until the timer is set, this counts as under way: who lets all work be done may move the clock right after.
        public void Start(TimeProvider time, TimeSpan dueTime, TimeSpan period)
        {
            clock._tracker.Begin();
            Mark(dueTime);
            _timer = time.CreateTimer(static timer => ((BodyTimer)timer!).Ring(), this, dueTime, period);
            clock._tracker.End();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._tracker.Begin();
            Mark(dueTime);
            var changed = _timer!.Change(dueTime, period);
            clock._tracker.End();
            return changed;
        }

        public void Dispose()
        {
            Mark(Timeout.InfiniteTimeSpan);
            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Mark(Timeout.InfiniteTimeSpan);
            return _timer!.DisposeAsync();
        }

        private void Ring()
        {
            // What follows at once counts as under way, also when the body has other timers.
            clock._tracker.Begin();
            Mark(Timeout.InfiniteTimeSpan);
            callback(state);
            clock._tracker.End();
        }

        private void Mark(TimeSpan dueTime)
        {
            var isSet = dueTime == Timeout.InfiniteTimeSpan ? 0 : 1;
            if (Interlocked.Exchange(ref _isSet, isSet) != isSet)
            {
                clock.Count(isSet == 1 ? 1 : -1);
            }
        }
    }
}
