using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>
/// One message on its way through a mailbox, with the caller that waits for it, when there is one. Scheduled, it lets
/// that caller go on.
/// </summary>
internal sealed class Envelope : CallerWork
{
    private enum Stage
    {
        Queued,
        Accepted,
        Unknown,
        Done,
    }

    private readonly TaskCompletionSource<ExecutionTree>? _caller;
    private readonly Action<Envelope>? _done;
    private Stage _stage;
    private CancellationToken _cancelled;
    private ExecutionTree? _tree;
    private Exception? _failure;

    private Envelope(WorkTracker tracker, EnvelopeKind kind, Message? message, TaskCompletionSource<ExecutionTree>? caller, Action<Envelope>? done)
        : base(tracker) => (Kind, Message, _caller, _done) = (kind, message, caller, done);

    public EnvelopeKind Kind { get; }

    /// <summary>The message; <see langword="null"/> when the kind says it all.</summary>
    public Message? Message { get; private set; }

    /// <summary>Whether somebody waits: then a failure is told and the rest is up to that caller. Else it is delivered again.</summary>
    public bool HasCaller => _caller is not null;

    /// <summary>The tree as it was made durable with this message.</summary>
    public Task<ExecutionTree> Outcome => _caller!.Task;

    /// <summary>What its decision asked for, and got.</summary>
    public Dictionary<Lookup, object?>? Answers { get; set; }

    /// <summary>The ids of the tries at its decision, from the second on.</summary>
    public RepeatableIdSource? Ids { get; set; }

    /// <summary>What its decision asks for now.</summary>
    public Lookup? Needs { get; set; }

    /// <summary>A wrong call: what the caller is told once all that was decided before is durable.</summary>
    public ExecutionException? Refusal { get; set; }

    /// <summary>How often it made a decision fail in a way that no message should.</summary>
    public int Faults { get; set; }

    /// <summary>The request of another process that it carries out, when it does.</summary>
    public InboxRequest? Request { get; private init; }

    /// <summary>Whether the answer to that request stands in the commit of its decision.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Of a deletion: the tree is as the caller saw it, so that it may go. <see langword="null"/> when that does not matter.</summary>
    public Func<ExecutionTree, bool>? MayDelete { get; private init; }

    public static Envelope FromCaller(WorkTracker tracker, Message message, InboxRequest? request = null) =>
        new(tracker, EnvelopeKind.Message, message, new(), null) { Request = request };

    public static Envelope FromCaller(WorkTracker tracker, Func<ExecutionTree, bool> mayDelete) =>
        new(tracker, EnvelopeKind.Delete, null, new(), null) { MayDelete = mayDelete };

    public static Envelope FromCaller(WorkTracker tracker, EnvelopeKind kind) => new(tracker, kind, null, new(), null);

    /// <param name="tracker">Counts what is under way.</param>
    /// <param name="message">The message.</param>
    /// <param name="done">Called when nothing more will become of it.</param>
    public static Envelope FromInside(WorkTracker tracker, Message message, Action<Envelope>? done = null) => new(tracker, EnvelopeKind.Message, message, null, done);

    /// <summary>Puts another message in the place of one that cannot be decided upon.</summary>
    public void Replace(Message message) => Message = message;

    /// <summary>Whether its decision counts: not when its caller no longer waits.</summary>
    public bool TryAccept()
    {
        if (_caller is null)
        {
            return true;
        }

        lock (_caller)
        {
            if (_stage != Stage.Queued)
            {
                return false;
            }

            _stage = Stage.Accepted;
            return true;
        }
    }

    /// <summary>Takes back that its decision counts: it will be decided upon again.</summary>
    public void TakeBack()
    {
        Refusal = null;
        IsAnswered = false;
        if (_caller is null)
        {
            return;
        }

        lock (_caller)
        {
            if (_stage is Stage.Accepted or Stage.Unknown)
            {
                _stage = Stage.Queued;
                CancelWhenAsked();
            }
        }
    }

    /// <summary>It cannot be told whether its changes are there.</summary>
    public void MarkUnknown()
    {
        if (_caller is null)
        {
            return;
        }

        lock (_caller)
        {
            if (_stage == Stage.Accepted)
            {
                _stage = Stage.Unknown;
                CancelWhenAsked();
            }
        }
    }

    public void Complete(ExecutionTree tree)
    {
        if (Refusal is not null)
        {
            End(null, Refusal);
        }
        else
        {
            End(tree, null);
        }
    }

    public void Fail(Exception failure) => End(null, failure);

    /// <summary>Ends it without an outcome: somebody who waits learns that it is not known.</summary>
    public void Abandon(Exception reason) => End(null, _stage == Stage.Unknown ? new OutcomeUnknownException(reason) : reason);

    /// <summary>
    /// The caller's wish to wait no longer. Heard while nothing was decided yet, or while it cannot be known what became of
    /// it; else the answer is near, and a call that is said to be cancelled must not have changed anything.
    /// </summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        lock (_caller!)
        {
            _cancelled = cancellationToken;
            CancelWhenAsked();
        }
    }

    protected override void Release()
    {
        if (_failure is null)
        {
            _caller!.TrySetResult(_tree!);
        }
        else if (_failure is OperationCanceledException)
        {
            _caller!.TrySetCanceled(_cancelled);
        }
        else
        {
            _caller!.TrySetException(_failure);
        }
    }

    private void CancelWhenAsked()
    {
        if (!_cancelled.IsCancellationRequested)
        {
            return;
        }

        if (_stage == Stage.Queued)
        {
            End(null, new OperationCanceledException(_cancelled));
        }
        else if (_stage == Stage.Unknown)
        {
            End(null, new OutcomeUnknownException(null));
        }
    }

    private void End(ExecutionTree? tree, Exception? failure)
    {
        if (_caller is null)
        {
            _done?.Invoke(this);
            return;
        }

        lock (_caller)
        {
            if (_stage == Stage.Done)
            {
                return;
            }

            _stage = Stage.Done;
            _tree = tree;
            _failure = failure;
        }

        Schedule();
    }
}
