using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>
/// All messages of one tree, one at a time. It holds the durable tree and the one ahead of it; while a commit is under way
/// it goes on deciding into the next.
/// </summary>
/// <remarks>Only what the gate guards is touched by other threads; everything else belongs to the one run that is active.</remarks>
internal sealed partial class TreeMailbox(EngineRuntime runtime, string treeId) : RuntimeWork(runtime.Tracker)
{
    /// <summary>How many decisions one commit can hold.</summary>
    public const int LargestBatch = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Envelope> _incoming = new();
    private CommitBatch? _settled;
    private bool _active;
    private bool _closed;

    // Messages that go before those that come in: results of inline actions, and what is decided upon again.
    private readonly Queue<Envelope> _first = new();
    private int _inARow;
    private ExecutionTree? _durable;
    private ExecutionTree? _ahead;
    private long _epoch;
    private CommitBatch? _building;
    private CommitBatch? _inFlight;
    private CommitBatch? _spare;
    private Envelope? _parked;

    public string TreeId { get; } = treeId;

    /// <summary>The durable tree, when it is in memory.</summary>
    public ExecutionTree? Durable => Volatile.Read(ref _durable);

    /// <summary>Whether the directory has it in its list of those that rest, and whether it was used since.</summary>
    public bool IsListed { get; set; }

    public bool WasUsed { get; set; }

    /// <summary>Puts a message in. False when the mailbox has left memory: a new one is to be made.</summary>
    public bool TryPost(Envelope envelope)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _incoming.Enqueue(envelope);
            if (_active)
            {
                return true;
            }

            _active = true;
        }

        Schedule();
        return true;
    }

    /// <summary>Called by the pipeline when the outcome of the batch in flight is known.</summary>
    public void Settle(CommitBatch batch)
    {
        lock (_gate)
        {
            _settled = batch;
            if (_active)
            {
                return;
            }

            _active = true;
        }

        Schedule();
    }

    /// <summary>Wakes it, when something it looks at by itself has changed.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_active || _closed)
            {
                return;
            }

            _active = true;
        }

        Schedule();
    }

    /// <summary>Takes it out of use, unless it has something to do.</summary>
    public bool TryClose()
    {
        lock (_gate)
        {
            _closed = !_active && MayLeave();
        }

        if (_closed)
        {
            _holdAlarm?.Dispose();
            runtime.Traces.Leave(TreeId);
        }

        return _closed;
    }

    protected override async ValueTask RunAsync()
    {
        do
        {
            while (true)
            {
                if (TakeSettled() is { } settled)
                {
                    Conclude(settled);
                }

                if (runtime.StopReason is { } reason)
                {
                    Abandon(reason);
                    break;
                }

                ReleaseHeld();
                if (_parked is not null)
                {
                    if (_inFlight is null && _building is null)
                    {
                        await AnswerAsync().ConfigureAwait(false);
                        continue;
                    }
                }
                else if ((_building is null || _building.Envelopes.Count < _largest) && TakeNext() is { } next)
                {
                    await HandleAsync(next).ConfigureAwait(false);
                    continue;
                }

                if (_inFlight is null && _building is not null)
                {
                    Submit();
                    continue;
                }

                break;
            }
        }
        while (!TryRest());
    }

    private CommitBatch? TakeSettled()
    {
        if (_inFlight is null)
        {
            return null;
        }

        lock (_gate)
        {
            var settled = _settled;
            _settled = null;
            return settled;
        }
    }

    private Envelope? TakeNext()
    {
        if (_reload && (_inFlight is not null || _building is not null))
        {
            return null;
        }

        // Inline actions can go on without end: now and then somebody else has a turn, who may stop them.
        if (_first.Count > 0 && _inARow < LargestBatch)
        {
            _inARow++;
            return _first.Dequeue();
        }

        _inARow = 0;
        lock (_gate)
        {
            if (_incoming.TryDequeue(out var next))
            {
                return next;
            }
        }

        return _first.TryDequeue(out var own) ? own : null;
    }

    // What keeps it from resting is only what the next run can act upon; the rest wakes it when it happens.
    private bool TryRest()
    {
        bool mayLeave;
        lock (_gate)
        {
            var canDecide = _parked is null && (!_reload || (_inFlight is null && _building is null)) && (_building is null || _building.Envelopes.Count < _largest);
            if (_settled is not null || (_incoming.Count > 0 && (canDecide || runtime.StopReason is not null)))
            {
                return false;
            }

            _active = false;
            mayLeave = MayLeave();
        }

        if (mayLeave)
        {
            runtime.Trees.Rest(this);
        }

        return true;
    }

    private bool MayLeave() =>
        _incoming.Count == 0 && _first.Count == 0 && _held is null && _parked is null && _inFlight is null && _building is null
        && (_ahead is null || !_ahead.HasOpenBodies || runtime.StopReason is not null);
}
