using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>The parts of an engine, put together, and what happens when something is durable.</summary>
internal sealed partial class EngineRuntime
{
    private readonly DecisionLimits _limits;
    private readonly AdmissionGate _calls;
    private readonly bool _ownsStore;
    private readonly IDisposable? _shared;
    private readonly Lock _closeGate = new();
    private Task? _closing;
    private volatile ExecutionException? _stopReason;
    private volatile ExecutionException? _closedReason;

    public EngineRuntime(EngineSettings settings)
    {
        Tracker = new(settings.Scheduler) { Break = Break };
        Store = settings.Store;
        Time = settings.Time;
        Ids = settings.Ids;
        Logger = settings.Loggers.CreateLogger("Mistral.Executions");
        EngineId = Ids.NewId(Time.GetUtcNow());
        Catalog = settings.Catalog;
        Lookups = new(Store);
        Pipeline = new(this);
        Timers = new(this, settings.TimerWindow);
        Lease = new(this, settings.LeaseDuration);
        Recovery = new(this);
        Inbox = new(this);
        Retention = settings.Retention is null ? null : new(this, settings.Retention);
        Trees = new(this, settings.TreesAtRest);
        Waiters = new(Tracker);
        Watchers = new(Tracker);
        Traces = new(Time);
        var runner = new ActionRunner(settings.Services?.GetService<IServiceScopeFactory>(), settings.Loggers, Metrics, Time, settings.Scheduler.Bodies, settings.Limits.PayloadBytes);
        Actions = new(this, runner, settings.ParallelActions, settings.ParallelActionsByTarget);
        _limits = settings.Limits;
        _calls = new(settings.PendingCalls, Tracker);
        (_ownsStore, _shared) = (settings.OwnsStore, settings.Shared);
        ObserveQueues();
    }

    public WorkTracker Tracker { get; }

    public IExecutionStore Store { get; }

    public TimeProvider Time { get; }

    public IIdSource Ids { get; }

    public ILogger Logger { get; }

    public string EngineId { get; }

    public DefinitionCatalog Catalog { get; }

    public LookupReader Lookups { get; }

    public CommitPipeline Pipeline { get; }

    public ActionDispatcher Actions { get; }

    public TimerQueue Timers { get; }

    public LeaseKeeper Lease { get; }

    public RecoverySweep Recovery { get; }

    public InboxReader Inbox { get; }

    /// <summary>Purges once in a while; <see langword="null"/> when the host wants everything kept.</summary>
    public RetentionWork? Retention { get; }

    public TreeDirectory Trees { get; }

    public ExecutionWaiters Waiters { get; }

    public ExecutionWatchers Watchers { get; }

    public ExecutionTraces Traces { get; }

    public EngineMetrics Metrics { get; } = new();

    /// <summary>What the engine does not let pass.</summary>
    public DecisionLimits Limits => _limits;

    /// <summary>Why the engine acts no more; <see langword="null"/> while it does.</summary>
    public ExecutionException? StopReason => _stopReason;

    /// <summary>Opens the store, writes the lease, and begins to look for what a dead engine left.</summary>
    /// <param name="opening">The opening of the store, which is under way.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    public async Task OpenAsync(Task opening, CancellationToken cancellationToken)
    {
        try
        {
            await opening.ConfigureAwait(false);
            await Lease.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CloseStoreAsync().ConfigureAwait(false);
            throw;
        }

        Recovery.Start();
        Timers.Wake();
        Log.EngineOpened(Logger, EngineId, Store.GetType().Name);
    }

    /// <summary>What a decision may use.</summary>
    public DecisionInput InputOf(Envelope envelope)
    {
        var input = new DecisionInput { Now = Time.GetUtcNow(), Ids = Ids, Catalog = Catalog, Limits = _limits };
        if (envelope.Answers is null)
        {
            return input;
        }

        var ids = envelope.Ids ??= new(Ids);
        ids.Rewind();
        return input with { Answers = envelope.Answers, Ids = ids };
    }

    /// <summary>Sends a message of a caller, and gives the tree as it is once what it led to is durable.</summary>
    public Task<ExecutionTree> SendAsync(string treeId, Message message, CancellationToken cancellationToken) =>
        SendAsync(treeId, Envelope.FromCaller(Tracker, message), cancellationToken);

    public async Task<ExecutionTree> SendAsync(string treeId, Envelope envelope, CancellationToken cancellationToken)
    {
        ThrowWhenClosed();
        await _calls.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowWhenClosed();
            Trees.Post(treeId, envelope);
            if (!cancellationToken.CanBeCanceled)
            {
                return await envelope.Outcome.ConfigureAwait(false);
            }

            var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Envelope)state!).Cancel(token), envelope);
            await using (registration.ConfigureAwait(false))
            {
                return await envelope.Outcome.ConfigureAwait(false);
            }
        }
        finally
        {
            _calls.Leave();
        }
    }

    /// <summary>Waits for the end of a workflow execution, or of an action execution that stands alone.</summary>
    public async Task<IExecution> WaitAsync(string executionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = Waiters.Add(executionId);
        try
        {
            var now = FindInMemory(executionId)
                ?? await ReadAsync(executionId, cancellationToken).ConfigureAwait(false)
                ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, executionId);
            if (now.State.IsCompleted())
            {
                return now;
            }

            var registration = cancellationToken.UnsafeRegister(static (state, token) => ((ExecutionWaiters.Waiter)state!).Cancel(token), waiter);
            await using (registration.ConfigureAwait(false))
            {
                return await waiter.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            Waiters.Remove(waiter);
        }
    }

    /// <summary>Reads a workflow or action execution.</summary>
    public async ValueTask<IExecution?> ReadAsync(string executionId, CancellationToken cancellationToken) =>
        await Store.ReadWorkflowAsync(executionId, cancellationToken).ConfigureAwait(false)
        ?? (IExecution?)await Store.ReadActionAsync(executionId, cancellationToken).ConfigureAwait(false);

    /// <summary>Called by a mailbox when a batch is durable: only now may anybody act upon it or hear of it.</summary>
    public void Durable(CommitBatch batch)
    {
        if (batch.Written is { } changes)
        {
            Traces.Follow(batch.Tree!, changes);
        }

        if (_stopReason is null)
        {
            foreach (var effect in batch.Effects)
            {
                // One that has ended within the batch is not begun.
                if (effect is Effect.RunAction run && batch.Tree!.FindAction(run.Execution.Id) is { } action && !action.State.IsCompleted())
                {
                    Actions.Start(batch.Mailbox.TreeId, run);
                }
            }
        }

        if (batch.Written is { } written)
        {
            Publish(written);
        }

        foreach (var envelope in batch.Envelopes)
        {
            envelope.Complete(batch.Tree!);
        }
    }

    /// <summary>Called by a mailbox when its tree is gone from the store: what was still open in it never comes.</summary>
    public void Deleted(ExecutionTree tree)
    {
        Timers.Remove([.. tree.TimerIds]);
        foreach (var action in tree.OpenActions)
        {
            Waiters.Fail(action.Id, new ExecutionNotFoundException(ExecutionKind.Action, action.Id));
        }
    }

    /// <summary>Another engine has taken over: this one acts no more.</summary>
    public void LoseLease()
    {
        Log.LeaseLost(Logger, EngineId, null);
        StopActing(new LeaseLostException(EngineId));
    }

    public void ThrowWhenClosed()
    {
        if ((_stopReason ?? _closedReason) is { } reason)
        {
            throw reason;
        }
    }

    /// <summary>Takes no more calls, tells running bodies to stop, lets what is under way become durable, and gives the lease up.</summary>
    public Task CloseAsync(TimeSpan deadline)
    {
        lock (_closeGate)
        {
            return _closing ??= CloseOnceAsync(deadline);
        }
    }

    /// <summary>Ends all acting at once and leaves the lease, as the death of the process does. For simulations and tests.</summary>
    public void Kill()
    {
        var killed = new EngineClosedException("The engine was killed.");
        _closedReason = killed;
        StopActing(killed);
        Lease.Stop();
        _ = Pipeline.StopAsync(killed);
    }

    private async Task CloseOnceAsync(TimeSpan deadline)
    {
        var closed = new EngineClosedException("The engine is closed. What is durable goes on when the store is opened again.");
        _closedReason = closed;
        Timers.Stop();
        var interrupted = Actions.Count;
        Actions.Stop();
        await IdleOrLateAsync(deadline).ConfigureAwait(false);
        StopActing(closed);
        Lease.Stop();
        await Pipeline.StopAsync(closed).ConfigureAwait(false);
        await ReleaseLeaseAsync().ConfigureAwait(false);
        await CloseStoreAsync().ConfigureAwait(false);
        Timers.Dispose();
        Lease.Dispose();
        Pipeline.Dispose();
        Metrics.Dispose();
        Log.EngineClosed(Logger, EngineId, interrupted);
    }

    private IExecution? FindInMemory(string executionId)
    {
        var tree = Trees.Find(executionId)?.Durable;
        return tree is { Exists: true } ? (IExecution?)tree.Root ?? tree.StandaloneAction : null;
    }

    private void Publish(ExecutionChanges written)
    {
        foreach (var timer in written.NewTimers)
        {
            Timers.Add(timer);
        }

        if (written.EndedTimers.Count > 0)
        {
            Timers.Remove(written.EndedTimers);
        }

        for (var place = 0; place < written.Actions.Count; place++)
        {
            var action = written.Actions[place];
            if (action.State.IsCompleted())
            {
                Actions.Cancel(action.Id);
                Waiters.Complete(action);
            }
        }

        CompleteEnded(written.Workflows);
        CompleteEnded(written.NewWorkflows);
        CompleteEnded(written.NewActions);
        Measure(written);
        Watchers.Tell(written);
    }

    private void CompleteEnded(IReadOnlyList<IExecution> executions)
    {
        for (var place = 0; place < executions.Count; place++)
        {
            var execution = executions[place];
            if (execution.State.IsCompleted())
            {
                Waiters.Complete(execution);
            }
        }
    }

    private void Break(Exception exception)
    {
        Log.EngineBroken(Logger, EngineId, exception);
        StopActing(new EngineClosedException("The engine met a fault of its own and acts no more. What is durable goes on when the store is opened again.", exception));
    }

    private void StopActing(ExecutionException reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is not null)
        {
            return;
        }

        Timers.Stop();
        Actions.Stop();
        Trees.WakeAll();
        Waiters.Close(reason);
        Watchers.Close(reason);
        Traces.Stop();
    }

    private async ValueTask IdleOrLateAsync(TimeSpan deadline)
    {
        var idle = Tracker.WhenIdleAsync();
        if (idle.IsCompleted || deadline <= TimeSpan.Zero)
        {
            return;
        }

        var late = new TaskCompletionSource();
        var alarm = Time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), late, deadline, Timeout.InfiniteTimeSpan);
        await using (alarm.ConfigureAwait(false))
        {
            await Task.WhenAny(idle, late.Task).ConfigureAwait(false);
        }
    }

    private async ValueTask ReleaseLeaseAsync()
    {
        try
        {
            await Store.ReleaseLeaseAsync(EngineId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            // It runs out by itself.
            Log.LeaseNotReleased(Logger, EngineId, exception);
        }
    }

    private ValueTask CloseStoreAsync()
    {
        _shared?.Dispose();
        return _ownsStore ? Store.DisposeAsync() : ValueTask.CompletedTask;
    }
}
