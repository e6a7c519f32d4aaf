namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>
/// A store whose engine dies after every commit that moves an execution: what that engine writes afterwards comes to
/// nothing, as if the process were gone.
/// </summary>
internal sealed class CrashingStore(IExecutionStore inner) : IExecutionStore
{
    private readonly HashSet<string> _engines = new(StringComparer.Ordinal);
    private bool _isOpen;

    public bool HasCrashed { get; private set; }

    /// <summary>Another process takes the place of the dead one, whose leases have ended with it.</summary>
    public async Task ReviveAsync()
    {
        foreach (var engineId in _engines)
        {
            await inner.ReleaseLeaseAsync(engineId, CancellationToken.None);
        }

        _engines.Clear();
        HasCrashed = false;
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await inner.OpenAsync(cancellationToken);
            _isOpen = true;
        }
    }

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        if (HasCrashed)
        {
            return [.. group.Select(_ => CommitOutcome.Refused(CommitRefusal.NotOwner))];
        }

        var outcomes = await inner.CommitAsync(group, cancellationToken);
        HasCrashed |= group.Zip(outcomes).Any(c => c.Second.Result == CommitResult.Committed && Moves(c.First));
        return outcomes;
    }

    private static bool Moves(ExecutionChanges changes) =>
        changes.NewWorkflows.Count + changes.Workflows.Count + changes.NewTasks.Count + changes.Tasks.Count + changes.NewActions.Count + changes.Actions.Count > 0;

    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _engines.Add(lease.EngineId);
        return inner.RenewLeaseAsync(lease, now, cancellationToken);
    }

    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) => inner.ReadTreeAsync(treeId, cancellationToken);

    public Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.ClaimTreeAsync(treeId, engineId, now, cancellationToken);

    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) => inner.FindTreeAsync(executionId, cancellationToken);

    public Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(engineId, cancellationToken);

    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken);

    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) => inner.ReadDefinitionAsync(hash, cancellationToken);

    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => inner.ReadWorkflowAsync(id, cancellationToken);

    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) => inner.ReadTaskAsync(id, cancellationToken);

    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) => inner.ReadActionAsync(id, cancellationToken);

    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryWorkflowsAsync(query, cancellationToken);

    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryTasksAsync(query, cancellationToken);

    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryActionsAsync(query, cancellationToken);

    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) => inner.ReadHistoryAsync(executionId, cancellationToken);

    public Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) => inner.DeleteTreeAsync(treeId, cancellationToken);

    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken);

    public Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => inner.ReclaimSpaceAsync(cancellationToken);

    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) => inner.SendRequestAsync(request, cancellationToken);

    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => inner.ReadRequestAsync(id, cancellationToken);

    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken);

    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) => inner.AnswerRequestAsync(answer, cancellationToken);

    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) => inner.WriteEnvironmentAsync(environment, cancellationToken);

    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) => inner.ReadEnvironmentAsync(name, cancellationToken);

    public Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) => inner.ReadEnvironmentsAsync(cancellationToken);

    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) => inner.DeleteEnvironmentAsync(name, cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) => inner.ReadTimersOfTreeAsync(treeId, cancellationToken);

    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) => inner.ReadOwnerAsync(treeId, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
