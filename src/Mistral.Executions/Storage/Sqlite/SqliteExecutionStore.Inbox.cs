namespace Mistral.Executions;

/// <content>What other processes ask for.</content>
public sealed partial class SqliteExecutionStore
{
    /// <inheritdoc/>
    public Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(connection => _inbox.Send(connection, request), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) =>
        ReadFirstAsync(SqliteInbox.ById, id, _inbox.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Readers.ReadAsync<IReadOnlyList<InboxRequest>>(
            reader => reader.All(
                SqliteInbox.All,
                _inbox.Read,
                ("@id", SqliteText.ToParameter(engineId)),
                ("@now", now.UtcTicks),
                ("@after", SqliteText.ToParameter(after)),
                ("@limit", limit)),
            cancellationToken);

    /// <inheritdoc/>
    public Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return WriteAsync(connection => _inbox.Answer(connection, answer), cancellationToken);
    }
}
