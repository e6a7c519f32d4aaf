using System.Collections.Concurrent;
using Mistral.Executions.Testing;

namespace Mistral.Executions.Tests.Engine;

/// <summary>A store that counts what it is asked, and fails as a test wants.</summary>
internal sealed class TestStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
{
    private readonly ConcurrentQueue<Func<IReadOnlyList<ExecutionChanges>, Task<IReadOnlyList<CommitOutcome>>>> _next = new();
    private readonly ConcurrentDictionary<string, LateAnswer> _late = new(StringComparer.Ordinal);

    public ConcurrentQueue<IReadOnlyList<ExecutionChanges>> Commits { get; } = new();

    public int TreesRead;

    public int TimersRead;

    public int Statements;

    public int Renewals;

    public bool FailRenewals { get; set; }

    /// <summary>How many readings of a tree fail from now on.</summary>
    public int TreeReadsToFail { get; set; }

    /// <summary>What the store says to every commit until it is put back to <see langword="null"/>.</summary>
    public CommitOutcome? Always { get; set; }

    /// <summary>Called after each commit that the store was given, before anybody hears of it.</summary>
    public Action<IReadOnlyList<ExecutionChanges>>? Committed { get; set; }

    /// <summary>Says so to the next commit, which is not written.</summary>
    public void FailNext(CommitOutcome outcome) => _next.Enqueue(group => Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => outcome)]));

    /// <summary>Writes the next commit, and says so nevertheless.</summary>
    public void WriteNextAndSay(CommitOutcome outcome) => _next.Enqueue(async group =>
    {
        await Inner.CommitAsync(group, default);
        return [.. group.Select(_ => outcome)];
    });

    /// <summary>Holds the next commit back until the task ends.</summary>
    public void HoldNext(Task until) => _next.Enqueue(async group =>
    {
        await until;
        return await Inner.CommitAsync(group, default);
    });

    /// <summary>Holds back what the next call of that member reads.</summary>
    public LateAnswer HoldAnswer(string member) => _late[member] = new();

    /// <summary>Throws at the next commit.</summary>
    public void ThrowNext(Exception exception) => _next.Enqueue(_ => throw exception);

    public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        OnCall(nameof(CommitAsync));
        Commits.Enqueue(group);
        if (_next.TryDequeue(out var next))
        {
            return await next(group);
        }

        if (Always is { } outcome)
        {
            return [.. group.Select(_ => outcome)];
        }

        var outcomes = await Inner.CommitAsync(group, cancellationToken);
        Committed?.Invoke(group);
        return outcomes;
    }

    public override Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken)
    {
        if (TreeReadsToFail == 0)
        {
            return base.ReadTreeAsync(treeId, cancellationToken);
        }

        TreeReadsToFail--;
        return Task.FromException<StoredTree?>(new StoreException(CommitRefusal.Failed, "The disk does not answer."));
    }

    public override Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        InTimeAsync(nameof(ReadTimersAsync), base.ReadTimersAsync(engineId, now, after, limit, cancellationToken));

    public override Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        InTimeAsync(nameof(ReadRecoverableActionsAsync), base.ReadRecoverableActionsAsync(engineId, now, after, limit, cancellationToken));

    public override Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        OnCall(nameof(RenewLeaseAsync));
        return FailRenewals
            ? Task.FromException<LeaseRenewal>(new StoreException(CommitRefusal.Busy, "Somebody holds the store."))
            : Inner.RenewLeaseAsync(lease, now, cancellationToken);
    }

    protected override void OnCall(string member)
    {
        switch (member)
        {
            case nameof(OpenAsync) or nameof(ReleaseLeaseAsync):
                return;
            case nameof(ReadTreeAsync):
                Interlocked.Increment(ref TreesRead);
                break;
            case nameof(ReadTimersAsync):
                Interlocked.Increment(ref TimersRead);
                break;
            case nameof(RenewLeaseAsync):
                Interlocked.Increment(ref Renewals);
                break;
        }

        Interlocked.Increment(ref Statements);
    }

    private async Task<T> InTimeAsync<T>(string member, Task<T> reading)
    {
        var answer = await reading;
        if (_late.TryRemove(member, out var late))
        {
            late.Read.SetResult();
            await late.Released.Task;
        }

        return answer;
    }

    /// <summary>An answer that arrives late.</summary>
    internal sealed class LateAnswer
    {
        /// <summary>Ends when it has been read.</summary>
        public TaskCompletionSource Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ending it lets the answer arrive.</summary>
        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
