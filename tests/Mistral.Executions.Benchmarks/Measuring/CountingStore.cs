using Mistral.Executions.Testing;

namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>A store that counts commits and everything else it is asked.</summary>
internal sealed class CountingStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
{
    private long _commits;
    private long _renewals;
    private long _others;

    public long Commits => Interlocked.Read(ref _commits);

    public long Renewals => Interlocked.Read(ref _renewals);

    /// <summary>Calls that are neither commits nor renewals of the lease.</summary>
    public long Others => Interlocked.Read(ref _others);

    protected override void OnCall(string member)
    {
        switch (member)
        {
            case nameof(OpenAsync) or nameof(ReleaseLeaseAsync):
                break;
            case nameof(CommitAsync):
                Interlocked.Increment(ref _commits);
                break;
            case nameof(RenewLeaseAsync):
                Interlocked.Increment(ref _renewals);
                break;
            default:
                Interlocked.Increment(ref _others);
                break;
        }
    }
}
