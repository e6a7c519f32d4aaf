using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <content>From decisions to durable changes and what follows from them.</content>
internal sealed partial class TreeMailbox
{
    private ClockAlarm? _holdAlarm;
    private RetryPace _holdPace;
    private List<Envelope>? _held;
    private volatile bool _holdIsOver;

    // How many decisions the next commit can hold: one alone while it is looked for what the store cannot write.
    private int _largest = LargestBatch;

    private void Submit()
    {
        (_inFlight, _building) = (_building, null);
        if (_inFlight!.Seal(TreeId, runtime.EngineId, _epoch, runtime.Time))
        {
            runtime.Pipeline.Submit(_inFlight);
        }
        else
        {
            _inFlight.Outcome = CommitOutcome.Committed;
            Conclude(_inFlight);
        }
    }

    private void Conclude(CommitBatch batch)
    {
        _inFlight = null;
        if (batch.Outcome.Result == CommitResult.Committed)
        {
            Volatile.Write(ref _durable, batch.Tree);
            _isOurs = true;
            _holdPace.Reset();
            _largest = Math.Min(_largest * 2, LargestBatch);
            runtime.Durable(batch);
        }
        else
        {
            GoBack(batch);
        }

        batch.Clear();
        _spare = batch;
    }

    /// <summary>The store refused a batch: everything that is not durable is forgotten, as if it had not been decided.</summary>
    private void GoBack(CommitBatch batch)
    {
        var undone = batch.Envelopes.ToList();
        if (_building is not null)
        {
            undone.AddRange(_building.Envelopes);
            _building = null;
        }

        if (_parked is not null)
        {
            undone.Add(_parked);
            _parked = null;
        }

        _ahead = _durable;
        var isNew = _durable is { Exists: false };
        if (isNew)
        {
            Forget();
        }

        runtime.Metrics.CommitFailed(batch.Outcome.Refusal.ToString());
        Log.CommitRefused(runtime.Logger, TreeId, batch.Outcome.Refusal.ToString(), batch.Outcome.Cause);
        switch (batch.Outcome.Refusal)
        {
            case CommitRefusal.AlreadyExists:
                Forget();
                DecideAgainAfterExisting(undone);
                break;
            case CommitRefusal.NotOwner:
                Forget();
                _isOurs = false;
                runtime.Actions.CancelTree(TreeId);
                runtime.Lease.Check();
                AbandonAll(undone, isNew ? new LeaseLostException(runtime.EngineId) : new ExecutionOwnedElsewhereException(TreeId, null, null));
                break;
            case CommitRefusal.Invalid when undone is [{ HasCaller: false } one]:
                Fault(one, ExceptionOf(batch.Outcome));
                break;
            case CommitRefusal.Invalid when undone.Count > 1:
                DecideAgainOneByOne(undone);
                break;
            default:
                DecideAgainLater(undone, batch.Outcome);
                break;
        }
    }

    private void DecideAgainAfterExisting(List<Envelope> undone)
    {
        foreach (var envelope in undone)
        {
            if (envelope.Message is Message.StartWorkflow or Message.StartAction)
            {
                envelope.Fail(new ExecutionExistsException(TreeId));
            }
            else
            {
                envelope.TakeBack();
                _first.Enqueue(envelope);
            }
        }
    }

    private void DecideAgainLater(List<Envelope> undone, CommitOutcome outcome)
    {
        var exception = ExceptionOf(outcome);
        foreach (var envelope in undone)
        {
            if (envelope.HasCaller)
            {
                envelope.Fail(exception);
            }
            else
            {
                Hold(envelope, exception);
            }
        }
    }

    // One of them cannot be written: each shows by itself whether it is that one.
    private void DecideAgainOneByOne(List<Envelope> undone)
    {
        _largest = 1;
        foreach (var envelope in undone)
        {
            envelope.TakeBack();
            _first.Enqueue(envelope);
        }
    }

    private StoreException ExceptionOf(CommitOutcome outcome) =>
        outcome.Cause as StoreException
        ?? new(outcome.Refusal, $"The store refused the changes of execution '{TreeId}' ({outcome.Refusal}): {outcome.Cause?.Message ?? "it gave no reason"} Nothing was changed.", outcome.Cause);

    /// <summary>Keeps a message from inside until the store may have recovered: it must not be lost.</summary>
    private void Hold(Envelope envelope, StoreException exception)
    {
        if (envelope.Message is Message.Recover)
        {
            // What comes in meanwhile starts bodies that run: the tree is read and taken up again before it.
            runtime.Recovery.Remember(TreeId, _formerOwner);
            runtime.Lease.SweepAgain();
            _reload = true;
            return;
        }

        envelope.TakeBack();
        envelope.Answers = null;
        if (_held is null)
        {
            _held = [];
            _holdAlarm ??= new(runtime.Time, OnHoldOver);
            var wait = _holdPace.Next();
            Log.MessageHeld(runtime.Logger, TreeId, wait, exception);
            _holdAlarm.Set(wait);
        }

        _held.Add(envelope);
    }

    private void OnHoldOver()
    {
        _holdIsOver = true;
        Wake();
    }

    private void ReleaseHeld()
    {
        if (!_holdIsOver)
        {
            return;
        }

        _holdIsOver = false;
        foreach (var envelope in _held ?? [])
        {
            _first.Enqueue(envelope);
        }

        _held = null;
    }

    /// <summary>The engine acts no more: everybody who waits is told so.</summary>
    private void Abandon(ExecutionException reason)
    {
        var open = _first.ToList();
        _first.Clear();
        lock (_gate)
        {
            open.AddRange(_incoming);
            _incoming.Clear();
        }

        open.AddRange(_held ?? []);
        open.AddRange(_building?.Envelopes ?? []);
        if (_parked is not null)
        {
            open.Add(_parked);
        }

        _held = null;
        _building = null;
        _parked = null;
        _holdAlarm?.Dispose();
        AbandonAll(open, reason);
    }

    // Of one whose outcome was unknown before, it stays unknown whether it was written.
    private static void AbandonAll(List<Envelope> envelopes, ExecutionException reason)
    {
        foreach (var envelope in envelopes)
        {
            envelope.Abandon(reason);
        }
    }
}
