using System.Security.Cryptography;
using Mistral.Executions.Retention;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <summary>Retention of a store on which this process has no engine.</summary>
public static class ExecutionStoreRetention
{
    /// <summary>
    /// Deletes executions that have ended and that a policy no longer keeps, as <see cref="ExecutionEngine.PurgeAsync"/> does, of
    /// a store on which this process has no engine. Each tree is taken over before it is deleted; those of living engines
    /// are left to them, or, where an inbox is given, these are asked to delete them.
    /// </summary>
    /// <param name="store">The store, open for writing.</param>
    /// <param name="policy">What is kept.</param>
    /// <param name="inbox">Where given, living engines are asked to delete what they own, unless there is an archive or a limit in bytes: these cannot be kept from here.</param>
    /// <param name="time">The clock; <see cref="TimeProvider.System"/> when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the purge between two executions; what is deleted by then stays deleted.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The policy has no limit, or one that cannot be kept.</exception>
    /// <exception cref="StoreException">The store or the archive cannot be written.</exception>
    public static async Task<PurgeResult> PurgeAsync(
        this IExecutionStore store, RetentionPolicy policy, ExecutionInbox? inbox = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Check();
        time ??= TimeProvider.System;
        var purger = new Purger(store, time);
        var purge = new Purge(store, policy, purger.Id, time, purger.DeleteAsync)
        {
            HandOver = inbox is null || policy.ArchivePath is not null || policy.MaximumBytes is not null
                ? null
                : async (treeId, token) => await inbox.SendAsync(InboxVerb.Delete, treeId, cancellationToken: token).ConfigureAwait(false),
        };
        try
        {
            await using (purge.ConfigureAwait(false))
            {
                return await purge.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await purger.ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Owns the trees while they are deleted, as an engine would.</summary>
    private sealed class Purger(IExecutionStore store, TimeProvider time)
    {
        private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

        private DateTimeOffset? _renewAt;

        public string Id { get; } = new OrderedIdSource(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))).NewId(time.GetUtcNow());

        public async ValueTask<PurgeOutcome> DeleteAsync(IExecution root, CancellationToken cancellationToken)
        {
            await KeepLeaseAsync(cancellationToken).ConfigureAwait(false);
            var claim = await store.ClaimTreeAsync(root.Id, Id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (!claim.Claimed)
            {
                return claim.Exists ? PurgeOutcome.OwnedElsewhere : PurgeOutcome.Kept;
            }

            // From here on nobody changes it.
            var tree = await store.ReadTreeAsync(root.Id, cancellationToken).ConfigureAwait(false);
            var isAsRead = tree is not null
                && tree.Workflows.Concat<IExecution>(tree.Tasks).Concat(tree.Actions).All(e => e.State.IsCompleted())
                && Purge.IsUnchanged(tree.Workflows.Concat<IExecution>(tree.Actions).First(e => e.Id == root.Id), root);
            return isAsRead && await store.DeleteTreeAsync(root.Id, cancellationToken).ConfigureAwait(false) ? PurgeOutcome.Deleted : PurgeOutcome.Kept;
        }

        public Task ReleaseAsync() => _renewAt is null ? Task.CompletedTask : store.ReleaseLeaseAsync(Id, CancellationToken.None);

        private async ValueTask KeepLeaseAsync(CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            if (_renewAt is null || now >= _renewAt)
            {
                _renewAt = now + (LeaseDuration / 2);
                await store.RenewLeaseAsync(new(Id, now + LeaseDuration), now, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
