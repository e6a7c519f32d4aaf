namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>A store that counts commits and everything else it is asked.</summary>
internal sealed class CountingStore(IExecutionStore inner) : IExecutionStore
{
    private long _commits;
    private long _renewals;
    private long _others;

    public long Commits => Interlocked.Read(ref _commits);

    public long Renewals => Interlocked.Read(ref _renewals);

    /// <summary>Calls that are neither commits nor renewals of the lease.</summary>
    public long Others => Interlocked.Read(ref _others);

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _commits);
        return inner.CommitAsync(group, cancellationToken);
    }

    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _renewals);
        return inner.RenewLeaseAsync(lease, now, cancellationToken);
    }

    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.ReadTreeAsync(treeId, cancellationToken));

    public Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Counted(inner.ClaimTreeAsync(treeId, engineId, now, cancellationToken));

    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) => Counted(inner.FindTreeAsync(executionId, cancellationToken));

    public Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(engineId, cancellationToken);

    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken));

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken));

    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) => Counted(inner.ReadDefinitionAsync(hash, cancellationToken));

    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadWorkflowAsync(id, cancellationToken));

    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadTaskAsync(id, cancellationToken));

    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadActionAsync(id, cancellationToken));

    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Counted(inner.QueryWorkflowsAsync(query, cancellationToken));

    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Counted(inner.QueryTasksAsync(query, cancellationToken));

    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Counted(inner.QueryActionsAsync(query, cancellationToken));

    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Counted(inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken));

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Counted(inner.ReadHistoryAsync(executionId, cancellationToken));

    public Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.DeleteTreeAsync(treeId, cancellationToken));

    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken));

    public Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => Counted(inner.ReclaimSpaceAsync(cancellationToken));

    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) => inner.SendRequestAsync(request, cancellationToken);

    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadRequestAsync(id, cancellationToken));

    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken));

    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) => inner.AnswerRequestAsync(answer, cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Counted(inner.ReadTimersOfTreeAsync(treeId, cancellationToken));

    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.ReadOwnerAsync(treeId, cancellationToken));

    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) => inner.WriteEnvironmentAsync(environment, cancellationToken);

    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) => Counted(inner.ReadEnvironmentAsync(name, cancellationToken));

    public Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) => Counted(inner.ReadEnvironmentsAsync(cancellationToken));

    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) => Counted(inner.DeleteEnvironmentAsync(name, cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private Task<T> Counted<T>(Task<T> task)
    {
        Interlocked.Increment(ref _others);
        return task;
    }
}
