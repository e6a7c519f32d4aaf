using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Renews the lease of the engine once an interval. When another engine has taken over, this one acts no more. When the
/// store cannot be reached, it goes on trying: no commit can go through meanwhile, and the store knows whether the trees
/// were taken.
/// </summary>
internal sealed class LeaseKeeper : RuntimeWork, IDisposable
{
    private readonly EngineRuntime _runtime;
    private readonly TimeSpan _duration;
    private readonly TimeSpan _interval;
    private readonly ClockAlarm _alarm;
    private readonly Lock _gate = new();
    private long _expiresAt;
    private DateTimeOffset _sweepAt;
    private RetryPace _pace;
    private bool _active;
    private bool _mustCheck;
    private bool _isStopped;
    private volatile bool _otherEnginesSeen;
    private volatile bool _mustSweep;

    public LeaseKeeper(EngineRuntime runtime, TimeSpan duration)
        : base(runtime.Tracker)
    {
        _runtime = runtime;
        _duration = duration;
        _interval = duration / 3;
        _alarm = new(runtime.Time, Check);
    }

    /// <summary>Whether another engine was seen on the store since this one was opened.</summary>
    public bool OtherEnginesSeen => _otherEnginesSeen;

    /// <summary>Whether it was not renewed in time, so that another engine may have taken over.</summary>
    public bool HasRunOut => _runtime.Time.GetUtcNow().UtcTicks >= Volatile.Read(ref _expiresAt);

    private DateTimeOffset ExpiresAt => new(Volatile.Read(ref _expiresAt), TimeSpan.Zero);

    /// <summary>Writes the lease for the first time.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken).ConfigureAwait(false);
        _sweepAt = ExpiresAt;
        _alarm.Set(_interval);
    }

    /// <summary>Another engine uses the store: when it dies, what it left is to be looked for.</summary>
    public void OtherEngineSeen() => _otherEnginesSeen = _mustSweep = true;

    /// <summary>Not everything that dead engines left could be taken up.</summary>
    public void SweepAgain() => _mustSweep = true;

    /// <summary>Renews the lease now.</summary>
    public void Check()
    {
        lock (_gate)
        {
            _mustCheck = true;
            if (_active || _isStopped)
            {
                return;
            }

            _active = true;
        }

        Schedule();
    }

    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
        }

        _alarm.Stop();
    }

    public void Dispose() => _alarm.Dispose();

    protected override async ValueTask RunAsync()
    {
        while (TakeCheck())
        {
            TimeSpan wait;
            try
            {
                var renewal = await RenewAsync(CancellationToken.None).ConfigureAwait(false);
                if (!renewal.IsHeld)
                {
                    _runtime.LoseLease();
                    return;
                }

                _pace.Reset();
                wait = _interval;
                _runtime.Actions.BeginHeld();
                SweepWhenDue(renewal.OtherEngines);
                _runtime.Retention?.StartWhenDue();
            }
            catch (Exception exception)
            {
                wait = _pace.Next();
                Log.LeaseNotRenewed(_runtime.Logger, _runtime.EngineId, ExpiresAt, exception);
            }

            _alarm.Set(wait);
        }
    }

    private bool TakeCheck()
    {
        lock (_gate)
        {
            _active = _mustCheck && !_isStopped;
            _mustCheck = false;
            return _active;
        }
    }

    private async ValueTask<LeaseRenewal> RenewAsync(CancellationToken cancellationToken)
    {
        var now = _runtime.Time.GetUtcNow();
        var renewal = await _runtime.Store.RenewLeaseAsync(new(_runtime.EngineId, now + _duration), now, cancellationToken).ConfigureAwait(false);
        if (renewal.IsHeld)
        {
            Volatile.Write(ref _expiresAt, (now + _duration).UtcTicks);
            if (renewal.OtherEngines)
            {
                OtherEngineSeen();
            }

            if (renewal.HasRequests)
            {
                _runtime.Inbox.Start();
            }
        }

        return renewal;
    }

    private void SweepWhenDue(bool othersLive)
    {
        var now = _runtime.Time.GetUtcNow();
        if (!_mustSweep || now < _sweepAt)
        {
            return;
        }

        // Once the last of the others is dead and what it left is taken up, there is nothing to look for.
        _sweepAt = now + _duration;
        _mustSweep = othersLive;
        _runtime.Recovery.Start();
        _runtime.Timers.ReadAgain();
    }
}
