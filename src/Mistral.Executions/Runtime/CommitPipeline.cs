using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// The one writer: takes what all trees have ready, gives it to the store as one group, and tells each mailbox what became
/// of its part. It never waits for more to come. A tree has one batch here at the most, and a mailbox decides only so far
/// ahead of it, so the queue is bounded by the messages that are let in.
/// </summary>
internal sealed class CommitPipeline : RuntimeWork, IDisposable
{
    /// <summary>How many trees one transaction can change.</summary>
    public const int LargestGroup = 512;

    private readonly EngineRuntime _runtime;
    private readonly ClockAlarm _alarm;
    private readonly Lock _gate = new();
    private readonly Queue<CommitBatch> _ready = new();
    private readonly List<CommitBatch> _group = [];
    private List<CommitBatch> _unknown = [];
    private bool _active;
    private TaskCompletionSource? _stopped;
    private ExecutionException? _stopReason;

    public CommitPipeline(EngineRuntime runtime)
        : base(runtime.Tracker)
    {
        _runtime = runtime;
        _alarm = new(runtime.Time, TryAgain);
    }

    /// <summary>How many trees wait for the next commit.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    public void Submit(CommitBatch batch)
    {
        ExecutionException? reason;
        lock (_gate)
        {
            reason = _stopReason;
            if (reason is null)
            {
                _ready.Enqueue(batch);
                if (_active)
                {
                    return;
                }

                _active = true;
            }
        }

        if (reason is null)
        {
            Schedule();
        }
        else
        {
            Abandon(batch, reason);
        }
    }

    /// <summary>
    /// Lets the commit that is under way come to its end and begins no other: whoever waits for an outcome that is not known
    /// is told that it is not.
    /// </summary>
    public Task StopAsync(ExecutionException reason)
    {
        List<CommitBatch> abandoned;
        Task stopped;
        lock (_gate)
        {
            abandoned = [.. _unknown, .. _ready];
            _unknown = [];
            _ready.Clear();
            (_stopped, _stopReason) = (new(), reason);
            stopped = _active ? _stopped.Task : Task.CompletedTask;
        }

        foreach (var batch in abandoned)
        {
            Abandon(batch, reason);
        }

        return stopped;
    }

    public void Dispose() => _alarm.Dispose();

    protected override async ValueTask RunAsync()
    {
        while (TakeGroup())
        {
            var outcomes = await CommitAsync().ConfigureAwait(false);
            for (var place = 0; place < _group.Count; place++)
            {
                var batch = _group[place];
                batch.Outcome = StillUnknown(batch.Outcome, outcomes[place]) ? batch.Outcome : outcomes[place];
                if (batch.Outcome.Result == CommitResult.Unknown)
                {
                    KeepForLater(batch);
                }
                else
                {
                    batch.Mailbox.Settle(batch);
                }
            }
        }
    }

    // That a store cannot write a set now says nothing about whether it has written it before.
    private static bool StillUnknown(CommitOutcome before, CommitOutcome now) =>
        before.Result == CommitResult.Unknown
        && (now.Refusal is CommitRefusal.Full or CommitRefusal.Busy or CommitRefusal.ReadOnly or CommitRefusal.Failed);

    private static void Abandon(CommitBatch batch, ExecutionException reason)
    {
        foreach (var envelope in batch.Envelopes)
        {
            envelope.Abandon(reason);
        }
    }

    private bool TakeGroup()
    {
        _group.Clear();
        TaskCompletionSource? stopped;
        lock (_gate)
        {
            while (_stopped is null && _group.Count < LargestGroup && _ready.TryDequeue(out var batch))
            {
                _group.Add(batch);
            }

            _active = _group.Count > 0;
            stopped = _active ? null : _stopped;
        }

        stopped?.TrySetResult();
        return _group.Count > 0;
    }

    private async ValueTask<IReadOnlyList<CommitOutcome>> CommitAsync()
    {
        var changes = new ExecutionChanges[_group.Count];
        for (var place = 0; place < changes.Length; place++)
        {
            changes[place] = _group[place].Written!;
        }

        var began = _runtime.Metrics.MeasuresCommits ? _runtime.Time.GetTimestamp() : 0;
        try
        {
            var outcomes = await _runtime.Store.CommitAsync(changes, CancellationToken.None).ConfigureAwait(false);
            if (began != 0)
            {
                _runtime.Metrics.Committed(changes.Length, _runtime.Time.GetElapsedTime(began));
            }

            return outcomes;
        }
        catch (Exception exception)
        {
            // A store that throws leaves it open whether it wrote.
            var outcomes = new CommitOutcome[changes.Length];
            Array.Fill(outcomes, CommitOutcome.Unknown(exception));
            return outcomes;
        }
    }

    private void KeepForLater(CommitBatch batch)
    {
        foreach (var envelope in batch.Envelopes)
        {
            envelope.MarkUnknown();
        }

        var wait = batch.Pace.Next();
        _runtime.Metrics.CommitFailed("unknown");
        Log.CommitUnknown(_runtime.Logger, batch.Mailbox.TreeId, wait, batch.Outcome.Cause);
        lock (_gate)
        {
            _unknown.Add(batch);
            _alarm.Set(wait);
        }
    }

    private void TryAgain()
    {
        List<CommitBatch> again;
        lock (_gate)
        {
            (again, _unknown) = (_unknown, []);
        }

        foreach (var batch in again)
        {
            Submit(batch);
        }
    }
}
