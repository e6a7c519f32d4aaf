using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Sends each timer to its tree when it is due. In memory are the next ones only, up to a horizon; what lies beyond is read
/// from the store when those are used up.
/// </summary>
internal sealed class TimerQueue : RuntimeWork, IDisposable
{
    // How many due timers are on their way to their trees at once: each brings a tree into memory.
    private const int MostOnTheirWay = 256;

    private readonly EngineRuntime _runtime;
    private readonly int _window;
    private readonly ClockAlarm _alarm;
    private readonly Lock _gate = new();
    private readonly SortedSet<ExecutionTimer> _timers = new(TimerOrder.Instance);
    private readonly Dictionary<string, ExecutionTimer> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _endedWhileReading = new(StringComparer.Ordinal);

    // The last timer of the window; null when nothing lies beyond it.
    private ExecutionTimer? _horizon;
    private bool _isRead;
    private bool _mustReadAgain;
    private bool _isReading;
    private bool _active;
    private bool _isStopped;
    private int _onTheirWay;
    private RetryPace _pace;

    public TimerQueue(EngineRuntime runtime, int window)
        : base(runtime.Tracker)
    {
        _runtime = runtime;
        _window = window;
        _alarm = new(runtime.Time, Wake);
    }

    /// <summary>When the next timer is due, as far as memory knows.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min?.DueAt;
            }
        }
    }

    /// <summary>How many timers are in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Takes up a timer that is durable, also one that was moved.</summary>
    public void Add(ExecutionTimer timer)
    {
        bool isFirst;
        lock (_gate)
        {
            if (_byId.TryGetValue(timer.Id, out var former))
            {
                Drop(former);
            }

            if (_isStopped || (!_isReading && _horizon is not null && TimerOrder.Instance.Compare(timer, _horizon) > 0))
            {
                return;
            }

            isFirst = _timers.Count == 0 || TimerOrder.Instance.Compare(timer, _timers.Min!) < 0;
            Keep(timer);
            if (!_isReading)
            {
                Trim();
            }
        }

        if (isFirst)
        {
            Wake();
        }
    }

    /// <summary>Forgets timers that have fired or are no longer wanted. The alarm is left: it finds nothing then.</summary>
    public void Remove(IReadOnlyList<string> timerIds)
    {
        lock (_gate)
        {
            foreach (var id in timerIds)
            {
                if (_isReading)
                {
                    _endedWhileReading.Add(id);
                }

                if (_byId.TryGetValue(id, out var timer))
                {
                    Drop(timer);
                }
            }
        }
    }

    /// <summary>Reads the window anew: the timers of an engine that died may lie in it.</summary>
    public void ReadAgain()
    {
        lock (_gate)
        {
            _mustReadAgain = true;
        }

        Wake();
    }

    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _timers.Clear();
            _byId.Clear();
        }

        _alarm.Stop();
    }

    public void Dispose() => _alarm.Dispose();

    /// <summary>Looks what is due, or reads what comes next.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_active || _isStopped)
            {
                return;
            }

            _active = true;
        }

        Schedule();
    }

    protected override async ValueTask RunAsync()
    {
        while (true)
        {
            if (MustRead(out var after))
            {
                if (!await ReadAsync(after).ConfigureAwait(false))
                {
                    Rest(_pace.Next());
                    return;
                }

                continue;
            }

            if (TakeDue() is { } due)
            {
                _runtime.Trees.Post(due.TreeId, Envelope.FromInside(Tracker, new Message.TimerDue(due), Arrived));
            }
            else if (TryRest())
            {
                return;
            }
        }
    }

    private bool MustRead(out ExecutionTimer? after)
    {
        lock (_gate)
        {
            var must = !_isStopped && (!_isRead || _mustReadAgain || (_timers.Count == 0 && _horizon is not null));
            after = _isRead && !_mustReadAgain ? _horizon : null;
            _isReading = must;

            // Who asks again from here on asks for more than this reading sees.
            _mustReadAgain = false;
            return must;
        }
    }

    private async ValueTask<bool> ReadAsync(ExecutionTimer? after)
    {
        IReadOnlyList<ExecutionTimer> read;
        try
        {
            read = await _runtime.Store.ReadTimersAsync(_runtime.EngineId, _runtime.Time.GetUtcNow(), after, _window, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.TimersNotRead(_runtime.Logger, exception);
            lock (_gate)
            {
                _isReading = false;
                _mustReadAgain |= after is null;
            }

            return false;
        }

        lock (_gate)
        {
            _isReading = false;
            _isRead = true;
            _pace.Reset();
            _horizon = read.Count < _window ? null : read[^1];
            foreach (var timer in read)
            {
                if (!_endedWhileReading.Contains(timer.Id))
                {
                    Keep(timer);
                }
            }

            _endedWhileReading.Clear();
            while (_horizon is not null && _timers.Count > 0 && TimerOrder.Instance.Compare(_timers.Max!, _horizon) > 0)
            {
                Drop(_timers.Max!);
            }

            Trim();
        }

        return true;
    }

    // What does not fit lies beyond the horizon from now on.
    private void Trim()
    {
        if (_timers.Count <= _window * 2)
        {
            return;
        }

        while (_timers.Count > _window)
        {
            Drop(_timers.Max!);
        }

        _horizon = _timers.Max;
    }

    private void Keep(ExecutionTimer timer)
    {
        if (_byId.TryAdd(timer.Id, timer))
        {
            _timers.Add(timer);
        }
    }

    private void Drop(ExecutionTimer timer)
    {
        _byId.Remove(timer.Id);
        _timers.Remove(timer);
    }

    private ExecutionTimer? TakeDue()
    {
        lock (_gate)
        {
            if (_onTheirWay >= MostOnTheirWay || _timers.Min is not { } first || first.DueAt > _runtime.Time.GetUtcNow())
            {
                return null;
            }

            Drop(first);
            _onTheirWay++;
            _runtime.Metrics.TimerFired(_runtime.Time.GetUtcNow() - first.DueAt);
            return first;
        }
    }

    private void Arrived(Envelope envelope)
    {
        bool waited;
        lock (_gate)
        {
            waited = _onTheirWay == MostOnTheirWay;
            _onTheirWay--;
        }

        if (waited)
        {
            Wake();
        }
    }

    private bool TryRest()
    {
        lock (_gate)
        {
            if (_mustReadAgain && !_isStopped)
            {
                return false;
            }

            _active = false;
            if (_timers.Min is { } first && !_isStopped && _onTheirWay < MostOnTheirWay)
            {
                _alarm.Set(first.DueAt);
            }

            return true;
        }
    }

    private void Rest(TimeSpan wait)
    {
        lock (_gate)
        {
            _active = false;
            if (!_isStopped)
            {
                _alarm.Set(wait);
            }
        }
    }

    private sealed class TimerOrder : IComparer<ExecutionTimer>
    {
        public static TimerOrder Instance { get; } = new();

        public int Compare(ExecutionTimer? x, ExecutionTimer? y)
        {
            var byTime = x!.DueAt.CompareTo(y!.DueAt);
            return byTime != 0 ? byTime : string.CompareOrdinal(x.Id, y.Id);
        }
    }
}
