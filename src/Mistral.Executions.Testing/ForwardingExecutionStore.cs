using System.Runtime.CompilerServices;

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

    /// <summary>Called whenever something is handed on, before it is. On the thread of the caller.</summary>
    /// <param name="member">The name of the member of <see cref="IExecutionStore"/>.</param>
    protected virtual void OnCall(string member)
    {
    }

    /// <inheritdoc/>
    public virtual Task OpenAsync(CancellationToken cancellationToken) => Called().OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
        Called().CommitAsync(group, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) => Called().ReadTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Called().ClaimTreeAsync(treeId, engineId, now, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) => Called().FindTreeAsync(executionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        Called().RenewLeaseAsync(lease, now, cancellationToken);

    /// <inheritdoc/>
    public virtual Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) => Called().ReleaseLeaseAsync(engineId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Called().ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
        string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        Called().ReadTimersAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Called().ReadTimersOfTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) => Called().ReadOwnerAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) => Called().ReadDefinitionAsync(hash, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => Called().ReadWorkflowAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) => Called().ReadTaskAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) => Called().ReadActionAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Called().QueryWorkflowsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Called().QueryTasksAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Called().QueryActionsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(
        string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Called().ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Called().ReadHistoryAsync(executionId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) => Called().DeleteTreeAsync(treeId, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Called().ReadEndedTreesAsync(kind, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => Called().ReclaimSpaceAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) => Called().SendRequestAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => Called().ReadRequestAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Called().ReadRequestsAsync(engineId, now, after, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) => Called().AnswerRequestAsync(answer, cancellationToken);

    /// <inheritdoc/>
    public virtual Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) =>
        Called().WriteEnvironmentAsync(environment, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) => Called().ReadEnvironmentAsync(name, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) => Called().ReadEnvironmentsAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) => Called().DeleteEnvironmentAsync(name, cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private IExecutionStore Called([CallerMemberName] string member = "")
    {
        OnCall(member);
        return inner;
    }
}
