namespace Mistral.Executions;

/// <content>What other processes ask for.</content>
public sealed partial class InMemoryExecutionStore
{
    private static readonly TimeSpan AnswersAreKept = TimeSpan.FromDays(1);

    private readonly SortedDictionary<string, InboxRequest> _inbox = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Locked(
            () =>
            {
                var old = _inbox.Values.Where(r => r.Answer?.At < request.SentAt - AnswersAreKept).ToList();
                old.ForEach(r => _inbox.Remove(r.Id));
                return _inbox.TryAdd(request.Id, request);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) =>
        Locked(() => _inbox.GetValueOrDefault(id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<InboxRequest>>(
            () => [.. RequestsFor(engineId, now).Where(r => after is null || string.CompareOrdinal(r.Id, after) > 0).Take(limit)],
            cancellationToken);

    /// <inheritdoc/>
    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Locked(
            () =>
            {
                Answer(answer);
                return true;
            },
            cancellationToken);
    }

    private IEnumerable<InboxRequest> RequestsFor(string engineId, DateTimeOffset now) =>
        _inbox.Values.Where(r => r.Answer is null && (!_trees.TryGetValue(r.TreeId, out var tree) || IsFor(engineId, tree, now)));

    private void Answer(InboxAnswer answer)
    {
        if (_inbox.TryGetValue(answer.RequestId, out var request) && request.Answer is null)
        {
            _inbox[answer.RequestId] = request with { Answer = answer };
        }
    }
}
