using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>The decisions of one tree that become durable together. Used again for later ones.</summary>
internal sealed class CommitBatch(TreeMailbox mailbox)
{
    private ChangeSet? _changes;
    private bool _hasRequests;

    public TreeMailbox Mailbox { get; } = mailbox;

    /// <summary>The messages that were decided upon, in order.</summary>
    public List<Envelope> Envelopes { get; } = [];

    /// <summary>What is to be done once it is durable, in order.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>The tree after the last decision.</summary>
    public ExecutionTree? Tree { get; private set; }

    /// <summary>What is written, the same however often it is given to the store; <see langword="null"/> when nothing changed.</summary>
    public ExecutionChanges? Written { get; private set; }

    /// <summary>What became of it.</summary>
    public CommitOutcome Outcome { get; set; }

    /// <summary>How long to wait before it is given to the store again, when its outcome is unknown.</summary>
    public RetryPace Pace;

    public bool IsEmpty => Envelopes.Count == 0;

    public void Add(Envelope envelope, ExecutionTree tree, ChangeSet? changes)
    {
        Envelopes.Add(envelope);
        _hasRequests |= envelope.Request is not null;
        Tree = tree;
        if (changes is null)
        {
            return;
        }

        if (_changes is null)
        {
            _changes = changes;
        }
        else
        {
            _changes.Add(changes);
        }
    }

    /// <summary>Makes what is written. False when nothing changed.</summary>
    public bool Seal(string treeId, string engineId, long epoch, TimeProvider time)
    {
        Written = _changes is { IsEmpty: false } ? _changes.ToChanges(treeId, engineId, epoch) : null;
        if (Written is not null && _hasRequests)
        {
            Written = Written with { Answers = AnswersAt(time.GetUtcNow()) };
        }

        return Written is not null;
    }

    public void Clear()
    {
        _changes = null;
        _hasRequests = false;
        Envelopes.Clear();
        Effects.Clear();
        Tree = null;
        Written = null;
        Outcome = default;
        Pace = default;
    }

    // Done and answered in one commit: a request is never carried out twice.
    private List<InboxAnswer> AnswersAt(DateTimeOffset now)
    {
        var answers = new List<InboxAnswer>();
        foreach (var envelope in Envelopes)
        {
            if (envelope is { Request: { } request, Refusal: null })
            {
                envelope.IsAnswered = true;
                answers.Add(new(request.Id, IsDone: true, null, now));
            }
        }

        return answers;
    }
}
