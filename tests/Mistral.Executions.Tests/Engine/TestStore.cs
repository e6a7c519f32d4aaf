using System.Collections.Concurrent;

namespace Mistral.Executions.Tests.Engine;

/// <summary>A store that counts what it is asked, and fails as a test wants.</summary>
internal sealed class TestStore(IExecutionStore inner) : IExecutionStore
{
    private readonly ConcurrentQueue<Func<IReadOnlyList<ExecutionChanges>, Task<IReadOnlyList<CommitOutcome>>>> _next = new();

    public ConcurrentQueue<IReadOnlyList<ExecutionChanges>> Commits { get; } = new();

    public int TreesRead;

    public int TimersRead;

    public int Statements;

    public int Renewals;

    public bool FailRenewals { get; set; }

    /// <summary>What the store says to every commit until it is put back to <see langword="null"/>.</summary>
    public CommitOutcome? Always { get; set; }

    /// <summary>Called after each commit that the store was given, before anybody hears of it.</summary>
    public Action<IReadOnlyList<ExecutionChanges>>? Committed { get; set; }

    /// <summary>Says so to the next commit, which is not written.</summary>
    public void FailNext(CommitOutcome outcome) => _next.Enqueue(group => Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => outcome)]));

    /// <summary>Writes the next commit, and says so nevertheless.</summary>
    public void WriteNextAndSay(CommitOutcome outcome) => _next.Enqueue(async group =>
    {
        await inner.CommitAsync(group, default);
        return [.. group.Select(_ => outcome)];
    });

    /// <summary>Holds the next commit back until the task ends.</summary>
    public void HoldNext(Task until) => _next.Enqueue(async group =>
    {
        await until;
        return await inner.CommitAsync(group, default);
    });

    /// <summary>Throws at the next commit.</summary>
    public void ThrowNext(Exception exception) => _next.Enqueue(_ => throw exception);

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Statements);
        Commits.Enqueue(group);
        if (_next.TryDequeue(out var next))
        {
            return await next(group);
        }

        if (Always is { } outcome)
        {
            return [.. group.Select(_ => outcome)];
        }

        var outcomes = await inner.CommitAsync(group, cancellationToken);
        Committed?.Invoke(group);
        return outcomes;
    }

    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref TreesRead);
        return Counted(inner.ReadTreeAsync(treeId, cancellationToken));
    }

    public Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Counted(inner.ClaimTreeAsync(treeId, engineId, now, cancellationToken));

    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) => Counted(inner.FindTreeAsync(executionId, cancellationToken));

    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Renewals);
        return FailRenewals
            ? Task.FromException<LeaseRenewal>(new StoreException(CommitRefusal.Busy, "Somebody holds the store."))
            : Counted(inner.RenewLeaseAsync(lease, now, cancellationToken));
    }

    public Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(engineId, cancellationToken);

    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken));

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref TimersRead);
        return Counted(inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken));
    }

    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) => Counted(inner.ReadDefinitionAsync(hash, cancellationToken));

    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadWorkflowAsync(id, cancellationToken));

    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadTaskAsync(id, cancellationToken));

    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadActionAsync(id, cancellationToken));

    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) => Counted(inner.QueryWorkflowsAsync(query, cancellationToken));

    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) => Counted(inner.QueryTasksAsync(query, cancellationToken));

    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) => Counted(inner.QueryActionsAsync(query, cancellationToken));

    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Counted(inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken));

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) => Counted(inner.ReadHistoryAsync(executionId, cancellationToken));

    public Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.DeleteTreeAsync(treeId, cancellationToken));

    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken));

    public Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) => Counted(inner.ReclaimSpaceAsync(cancellationToken));

    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) => inner.SendRequestAsync(request, cancellationToken);

    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => Counted(inner.ReadRequestAsync(id, cancellationToken));

    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Counted(inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken));

    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) => inner.AnswerRequestAsync(answer, cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.ReadTimersOfTreeAsync(treeId, cancellationToken));

    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) => Counted(inner.ReadOwnerAsync(treeId, cancellationToken));

    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) => inner.WriteEnvironmentAsync(environment, cancellationToken);

    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) => Counted(inner.ReadEnvironmentAsync(name, cancellationToken));

    public Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) => Counted(inner.ReadEnvironmentsAsync(cancellationToken));

    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) => Counted(inner.DeleteEnvironmentAsync(name, cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private Task<T> Counted<T>(Task<T> task)
    {
        Interlocked.Increment(ref Statements);
        return task;
    }
}
