namespace Mistral.Executions.Testing;

/// <summary>A clock that stands still until it is moved, and knows when the next of its timers is due.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _due = new(VirtualTimer.Order);
    private DateTimeOffset _now = start;
    private long _set;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; <see langword="null"/> when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _due.Min?.DueAt;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on, and rings what is due until then, each at its moment. A time that has passed changes nothing.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        while (TakeDue(time) is { } timer)
        {
            timer.Ring();
        }
    }

    private VirtualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_due.Min is not { } first || first.DueAt > until)
            {
                _now = until > _now ? until : _now;
                return null;
            }

            _due.Remove(first);
            _now = first.DueAt > _now ? first.DueAt : _now;
            if (first.Period > TimeSpan.Zero)
            {
                Set(first, first.Period);
            }

            return first;
        }
    }

    private void Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _due.Remove(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero)
            {
                Set(timer, dueTime);
            }
        }
    }

    private void Set(VirtualTimer timer, TimeSpan dueTime)
    {
        timer.DueAt = dueTime < DateTimeOffset.MaxValue - _now ? _now + dueTime : DateTimeOffset.MaxValue;
        timer.Place = ++_set;
        _due.Add(timer);
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public static IComparer<VirtualTimer> Order { get; } =
            Comparer<VirtualTimer>.Create((x, y) => (x.DueAt, x.Place).CompareTo((y.DueAt, y.Place)));

        public DateTimeOffset DueAt { get; set; }

        /// <summary>Which one was set first, of those that are due at one moment.</summary>
        public long Place { get; set; }

        public TimeSpan Period { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Change(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Change(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
