using Mistral.Executions.Simulation.Checks;
using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Faults;

/// <summary>
/// The store as one process reaches it: every call takes its turns and its time, and fails as the plan says. What a process
/// that dies has not written by then it never writes.
/// </summary>
internal sealed class FaultyStore(CommitAudit store, SimulatedProcess process, ProcessClock clock, FaultPlan plan) : IExecutionStore
{
    private static readonly IOException Cause = new("The disk does not answer.");

    public Task OpenAsync(CancellationToken cancellationToken) => Write(() => store.Inner.OpenAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        var fault = plan.NextCommit(clock.GetUtcNow());
        IReadOnlyList<CommitOutcome> outcomes;
        switch (fault)
        {
            case CommitFault.Busy:
                outcomes = Refuse(group, CommitRefusal.Busy);
                break;
            case CommitFault.Full:
                outcomes = Refuse(group, CommitRefusal.Full);
                break;
            case CommitFault.Failed:
                outcomes = Refuse(group, CommitRefusal.Failed);
                break;
            case CommitFault.OneFailed:
                outcomes = [.. Refuse([group[0]], CommitRefusal.Failed), .. await store.CommitAsync(process, [.. group.Skip(1)])];
                break;
            case CommitFault.UnknownBefore:
                outcomes = [.. group.Select(_ => CommitOutcome.Unknown(Cause))];
                break;
            case CommitFault.UnknownAfter:
                await store.CommitAsync(process, group);
                outcomes = [.. group.Select(_ => CommitOutcome.Unknown(Cause))];
                break;
            case CommitFault.ThrowsBefore:
                throw Cause;
            case CommitFault.ThrowsAfter:
                await store.CommitAsync(process, group);
                await process.NextTurn();
                throw Cause;
            default:
                outcomes = await store.CommitAsync(process, group);
                break;
        }

        await AfterAsync();
        return outcomes;
    }

    public Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadTreeAsync(treeId, cancellationToken), cancellationToken);

    public Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Write(() => store.ClaimAsync(process, treeId, engineId, now), cancellationToken);

    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) =>
        Read(() => store.Inner.FindTreeAsync(executionId, cancellationToken), cancellationToken);

    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        Write(() => store.RenewAsync(process, lease, now), cancellationToken);

    public Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken) =>
        Write(() => store.Inner.ReleaseLeaseAsync(engineId, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadTimersAsync(engineId, now, after, limit, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadTimersOfTreeAsync(treeId, cancellationToken), cancellationToken);

    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadOwnerAsync(treeId, cancellationToken), cancellationToken);

    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadDefinitionAsync(hash, cancellationToken), cancellationToken);

    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadWorkflowAsync(id, cancellationToken), cancellationToken);

    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadTaskAsync(id, cancellationToken), cancellationToken);

    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadActionAsync(id, cancellationToken), cancellationToken);

    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Read(() => store.Inner.QueryWorkflowsAsync(query, cancellationToken), cancellationToken);

    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Read(() => store.Inner.QueryTasksAsync(query, cancellationToken), cancellationToken);

    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Read(() => store.Inner.QueryActionsAsync(query, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadHistoryAsync(executionId, cancellationToken), cancellationToken);

    public Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Write(() => store.DeleteAsync(process, treeId), cancellationToken);

    public Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadEndedTreesAsync(kind, after, limit, cancellationToken), cancellationToken);

    public Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken) =>
        Write(() => store.Inner.ReclaimSpaceAsync(cancellationToken), cancellationToken);

    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken) =>
        Write(() => store.Inner.SendRequestAsync(request, cancellationToken), cancellationToken);

    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadRequestAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadRequestsAsync(engineId, now, after, limit, cancellationToken), cancellationToken);

    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken) =>
        Write(() => store.Inner.AnswerRequestAsync(answer, cancellationToken), cancellationToken);

    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken) =>
        Write(() => store.Inner.WriteEnvironmentAsync(environment, cancellationToken), cancellationToken);

    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadEnvironmentAsync(name, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken) =>
        Read(() => store.Inner.ReadEnvironmentsAsync(cancellationToken), cancellationToken);

    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        Write(() => store.Inner.DeleteEnvironmentAsync(name, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CommitOutcome[] Refuse(IReadOnlyList<ExecutionChanges> group, CommitRefusal refusal) =>
        [.. group.Select(_ => CommitOutcome.Refused(refusal, Cause))];

    private async Task<T> Read<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        plan.MayFail(clock.GetUtcNow(), writes: false);
        var answer = await call();

        // What was read may be old by the time it arrives.
        await AfterAsync();
        return answer;
    }

    private async Task<T> Write<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await BeforeAsync(cancellationToken);
        plan.MayFail(clock.GetUtcNow(), writes: true);
        var answer = await call();
        plan.MayFail(clock.GetUtcNow(), writes: true);
        await AfterAsync();
        return answer;
    }

    private Task<bool> Write(Func<Task> call, CancellationToken cancellationToken) => Write(
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    private async Task BeforeAsync(CancellationToken cancellationToken)
    {
        await process.NextTurn();
        await AfterAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task AfterAsync()
    {
        if (plan.NextDelay() is { Ticks: > 0 } delay)
        {
            await Task.Delay(delay, clock, CancellationToken.None);
        }

        await process.NextTurn();
    }
}
