namespace Mistral.Executions.Simulation.Bugs;

/// <summary>A store that hands everything on, for others to change a little of it.</summary>
internal class PassingStore(IExecutionStore inner) : IExecutionStore
{
    public virtual Task OpenAsync(CancellationToken cancellationToken) =>
        inner.OpenAsync(cancellationToken);

    public virtual Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
        inner.CommitAsync(group, cancellationToken);

    public virtual Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) =>
        inner.ReadTreeAsync(treeId, cancellationToken);

    public virtual Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.ClaimTreeAsync(treeId, engineId, now, cancellationToken);

    public virtual Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) =>
        inner.FindTreeAsync(executionId, cancellationToken);

    public virtual Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.RenewLeaseAsync(lease, now, cancellationToken);

    public virtual Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) =>
        inner.ReleaseLeaseAsync(engineId, cancellationToken);

    public virtual Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken);

    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken);

    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        inner.ReadTimersOfTreeAsync(treeId, cancellationToken);

    public virtual Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) =>
        inner.ReadOwnerAsync(treeId, cancellationToken);

    public virtual Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) =>
        inner.ReadDefinitionAsync(hash, cancellationToken);

    public virtual Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
        inner.ReadWorkflowAsync(id, cancellationToken);

    public virtual Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
        inner.ReadTaskAsync(id, cancellationToken);

    public virtual Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
        inner.ReadActionAsync(id, cancellationToken);

    public virtual Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryWorkflowsAsync(query, cancellationToken);

    public virtual Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryTasksAsync(query, cancellationToken);

    public virtual Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryActionsAsync(query, cancellationToken);

    public virtual Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken);

    public virtual Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(executionId, cancellationToken);

    public virtual Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) =>
        inner.DeleteTreeAsync(treeId, cancellationToken);

    public virtual Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken);

    public virtual Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) =>
        inner.ReclaimSpaceAsync(cancellationToken);

    public virtual Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) =>
        inner.SendRequestAsync(request, cancellationToken);

    public virtual Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) =>
        inner.ReadRequestAsync(id, cancellationToken);

    public virtual Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken);

    public virtual Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) =>
        inner.AnswerRequestAsync(answer, cancellationToken);

    public virtual Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) =>
        inner.WriteEnvironmentAsync(environment, cancellationToken);

    public virtual Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadEnvironmentAsync(name, cancellationToken);

    public virtual Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) =>
        inner.ReadEnvironmentsAsync(cancellationToken);

    public virtual Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteEnvironmentAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
