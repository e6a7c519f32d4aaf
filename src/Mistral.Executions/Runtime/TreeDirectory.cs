using System.Collections.Concurrent;

namespace Mistral.Executions.Runtime;

/// <summary>
/// The mailboxes of the trees that are in memory. One that has nothing to do stays for a while, the least used leaves first:
/// what waits for the clock or for something outside costs disk and no memory.
/// </summary>
internal sealed class TreeDirectory(EngineRuntime runtime, int mostAtRest)
{
    private readonly ConcurrentDictionary<string, TreeMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Queue<TreeMailbox> _atRest = new();

    /// <summary>How many trees are in memory.</summary>
    public int Count => _mailboxes.Count;

    public void Post(string treeId, Envelope envelope)
    {
        while (true)
        {
            var mailbox = _mailboxes.GetOrAdd(treeId, static (id, owner) => new TreeMailbox(owner, id), runtime);
            if (mailbox.TryPost(envelope))
            {
                return;
            }

            // It is just about to leave.
            _mailboxes.TryRemove(new(treeId, mailbox));
        }
    }

    public TreeMailbox? Find(string treeId) => _mailboxes.GetValueOrDefault(treeId);

    /// <summary>Called by a mailbox that has nothing to do.</summary>
    public void Rest(TreeMailbox mailbox)
    {
        if (mailbox.Durable is null)
        {
            Leave(mailbox);
            return;
        }

        lock (_gate)
        {
            mailbox.WasUsed = mailbox.IsListed;
            if (!mailbox.IsListed)
            {
                mailbox.IsListed = true;
                _atRest.Enqueue(mailbox);
            }

            // One that was used since it came into the list gets another turn.
            while (_atRest.Count > mostAtRest && _atRest.TryDequeue(out var oldest))
            {
                if (oldest.WasUsed)
                {
                    oldest.WasUsed = false;
                    _atRest.Enqueue(oldest);
                }
                else
                {
                    oldest.IsListed = false;
                    Leave(oldest);
                }
            }
        }
    }

    /// <summary>Lets every mailbox see that the engine acts no more.</summary>
    public void WakeAll()
    {
        foreach (var mailbox in _mailboxes.Values)
        {
            mailbox.Wake();
        }
    }

    private void Leave(TreeMailbox mailbox)
    {
        if (mailbox.TryClose())
        {
            _mailboxes.TryRemove(new(mailbox.TreeId, mailbox));
        }
    }
}
