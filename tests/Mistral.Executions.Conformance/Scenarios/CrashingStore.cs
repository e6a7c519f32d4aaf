using Mistral.Executions.Testing;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>
/// A store whose engine dies after every commit that moves an execution: what that engine writes afterwards comes to
/// nothing, as if the process were gone.
/// </summary>
internal sealed class CrashingStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
{
    private readonly HashSet<string> _engines = new(StringComparer.Ordinal);
    private bool _isOpen;

    public bool HasCrashed { get; private set; }

    /// <summary>Another process takes the place of the dead one, whose leases have ended with it.</summary>
    public async Task ReviveAsync()
    {
        foreach (var engineId in _engines)
        {
            await Inner.ReleaseLeaseAsync(engineId, CancellationToken.None);
        }

        _engines.Clear();
        HasCrashed = false;
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await Inner.OpenAsync(cancellationToken);
            _isOpen = true;
        }
    }

    public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        if (HasCrashed)
        {
            return [.. group.Select(_ => CommitOutcome.Refused(CommitRefusal.NotOwner))];
        }

        var outcomes = await Inner.CommitAsync(group, cancellationToken);
        HasCrashed |= group.Zip(outcomes).Any(c => c.Second.Result == CommitResult.Committed && Moves(c.First));
        return outcomes;
    }

    private static bool Moves(ExecutionChanges changes) =>
        changes.NewWorkflows.Count + changes.Workflows.Count + changes.NewTasks.Count + changes.Tasks.Count + changes.NewActions.Count + changes.Actions.Count > 0;

    public override Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _engines.Add(lease.EngineId);
        return Inner.RenewLeaseAsync(lease, now, cancellationToken);
    }
}
