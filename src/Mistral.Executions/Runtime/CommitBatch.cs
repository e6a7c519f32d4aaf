using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>The decisions of one tree that become durable together. Used again for later ones.</summary>
internal sealed class CommitBatch(TreeMailbox mailbox)
{
    private ChangeSet? _changes;

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
    public bool Seal(string treeId, string engineId, long epoch)
    {
        Written = _changes is { IsEmpty: false } ? _changes.ToChanges(treeId, engineId, epoch) : null;
        return Written is not null;
    }

    public void Clear()
    {
        _changes = null;
        Envelopes.Clear();
        Effects.Clear();
        Tree = null;
        Written = null;
        Outcome = default;
        Pace = default;
    }
}
