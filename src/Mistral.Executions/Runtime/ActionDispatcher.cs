using System.Collections.Concurrent;
using System.Collections.Frozen;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>Starts the bodies of actions, truly in parallel, up to the limits of the host, and brings their results to the mailboxes.</summary>
internal sealed class ActionDispatcher
{
    private readonly EngineRuntime _runtime;
    private readonly ActionRunner _runner;
    private readonly ConcurrentDictionary<string, RunningAction> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RunningAction> _held = new();
    private readonly ActionQueue _queue;
    private readonly FrozenDictionary<string, ActionQueue> _queuesByTarget;
    private readonly Action<object?> _run;
    private volatile bool _stopped;

    public ActionDispatcher(EngineRuntime runtime, ActionRunner runner, int limit, IEnumerable<KeyValuePair<string, int>> limitsByTarget)
    {
        _runtime = runtime;
        _runner = runner;
        _run = action => _ = RunAsync((RunningAction)action!);
        _queue = new(null, limit, Begin, Remove);
        _queuesByTarget = limitsByTarget.ToFrozenDictionary(t => t.Key, t => new ActionQueue(t.Key, t.Value, Begin, Remove), StringComparer.Ordinal);
    }

    /// <summary>How many bodies run or wait for their turn.</summary>
    public int Count => _running.Count;

    /// <summary>How many bodies wait for their turn.</summary>
    public int Queued => _queue.Waiting + _queuesByTarget.Values.Sum(q => q.Waiting);

    /// <summary>The queue in which a body waits for its turn, and how many are before it; <see langword="null"/> when it does not wait.</summary>
    public (ActionQueue Queue, int Before)? FindWaiting(string actionExecutionId) =>
        _running.TryGetValue(actionExecutionId, out var action) && action.Queue.CountBefore(action) is { } before ? (action.Queue, before) : null;

    public ActionResult RunInline(Effect.RunInline effect) => _runner.RunInline(effect);

    /// <summary>Runs the body as soon as the limits allow. One that is under way already is not started twice.</summary>
    public void Start(string treeId, Effect.RunAction effect)
    {
        var queue = effect.Execution.Target is { } target && _queuesByTarget.TryGetValue(target, out var own) ? own : _queue;
        var action = new RunningAction(_runtime.Tracker, treeId, effect, queue, _runtime.Traces.ParentOf(treeId, effect.Execution));
        if (!_stopped && _running.TryAdd(effect.Execution.Id, action))
        {
            queue.Enter(action);
        }
    }

    /// <summary>Tells a body that its result is no longer wanted.</summary>
    public void Cancel(string actionExecutionId)
    {
        if (_running.TryGetValue(actionExecutionId, out var action))
        {
            action.Cancel();
        }
    }

    /// <summary>Tells all bodies of a tree that their results are no longer wanted.</summary>
    public void CancelTree(string treeId)
    {
        foreach (var action in _running.Values)
        {
            if (action.TreeId == treeId)
            {
                action.Cancel();
            }
        }
    }

    /// <summary>Starts no more bodies and tells those that run to stop.</summary>
    public void Stop()
    {
        _stopped = true;
        foreach (var action in _running.Values)
        {
            action.Cancel();
        }
    }

    /// <summary>The lease is held: bodies that waited to know it start now.</summary>
    public void BeginHeld()
    {
        for (var left = _held.Count; left > 0 && _held.TryDequeue(out var action); left--)
        {
            if (action.IsCancelled)
            {
                Remove(action);
                action.Queue.Leave();
            }
            else
            {
                Begin(action);
            }
        }
    }

    // An engine that slept past its lease must not start what another one may have taken over meanwhile.
    private void Begin(RunningAction action)
    {
        if (_runtime.Lease.HasRunOut)
        {
            _held.Enqueue(action);
            _runtime.Lease.Check();
        }
        else
        {
            action.StartedAt = _runtime.Time.GetUtcNow();
            _runtime.Tracker.Begin();
            _ = Task.Factory.StartNew(_run, action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _runtime.Tracker.Scheduler.Bodies);
        }
    }

    private async Task RunAsync(RunningAction action)
    {
        var tracker = _runtime.Tracker;
        try
        {
            var clock = _runtime.Time == TimeProvider.System ? null : new BodyClock(_runtime.Time, tracker);
            var run = await _runner.RunAsync(action.Effect, clock ?? _runtime.Time, action.Trace, action.Token).ConfigureAwait(false);
            clock?.Close();
            Deliver(action, run);
            action.Queue.Leave();
        }
        catch (Exception exception)
        {
            tracker.Break(exception);
        }
        finally
        {
            tracker.End();
        }
    }

    private void Deliver(RunningAction action, ActionRun run)
    {
        var execution = action.Effect.Execution;
        Remove(action);

        // A body that fails because it is told to stop does so in many ways; one that can be run again is.
        var isLost = _stopped && execution.IsSafeToRerun && run.Result?.State == ExecutionState.Error;
        if (run.Result is { } result && !isLost)
        {
            _runtime.Trees.Post(action.TreeId, Envelope.FromInside(_runtime.Tracker, new Message.CompleteAction(execution.Id, result, action.StartedAt)));
        }
    }

    private void Remove(RunningAction action)
    {
        _running.TryRemove(action.Effect.Execution.Id, out _);
        action.Dispose();
    }
}
