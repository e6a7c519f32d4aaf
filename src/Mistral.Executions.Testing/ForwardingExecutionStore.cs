namespace Mistral.Executions.Testing;

/// <summary>
/// A store that hands everything on to another one. A test derives from it and overrides what it wants to count, to hold
/// up or to let fail.
/// </summary>
/// <param name="inner">The store that does the work. It is disposed together with this one.</param>
public abstract class ForwardingExecutionStore(IExecutionStore inner) : IExecutionStore
{
    /// <summary>The store that does the work.</summary>
    protected IExecutionStore Inner => inner;

    /// <inheritdoc/>
    public virtual Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
        inner.CommitAsync(group, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) => inner.ReadTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.ClaimTreeAsync(treeId, engineId, now, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) => inner.FindTreeAsync(executionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.RenewLeaseAsync(lease, now, cancellationToken);

    /// <inheritdoc/>
    public virtual Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(engineId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
        string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        inner.ReadTimersOfTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) => inner.ReadOwnerAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) => inner.ReadDefinitionAsync(hash, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => inner.ReadWorkflowAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) => inner.ReadTaskAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) => inner.ReadActionAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryWorkflowsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryTasksAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        inner.QueryActionsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(
        string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(executionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) => inner.DeleteTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => inner.ReclaimSpaceAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) => inner.SendRequestAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => inner.ReadRequestAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) => inner.AnswerRequestAsync(answer, cancellationToken);

    /// <inheritdoc/>
    public virtual Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) =>
        inner.WriteEnvironmentAsync(environment, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) => inner.ReadEnvironmentAsync(name, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) => inner.ReadEnvironmentsAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) => inner.DeleteEnvironmentAsync(name, cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
