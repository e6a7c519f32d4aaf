using System.Security.Cryptography;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <summary>
/// Asks for a change of executions that a process does not own itself: the request is handed through the store to the engine
/// that has the tree. A living engine takes it with the next renewal of its lease, so within a third of
/// <see cref="ExecutionEngineOptions.LeaseDuration"/>; where none lives, the next one that opens the store does.
/// </summary>
/// <param name="store">The store, open.</param>
/// <param name="time">The clock; <see cref="TimeProvider.System"/> when <see langword="null"/>.</param>
public sealed class ExecutionInbox(IExecutionStore store, TimeProvider? time = null)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly OrderedIdSource _ids = new(new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Sends a request.</summary>
    /// <param name="verb">What to do.</param>
    /// <param name="executionId">The workflow execution, or the task execution of a rerun or skip.</param>
    /// <param name="reason">Why: of a pause and a cancellation.</param>
    /// <param name="reset">Whether a task that runs again throws all its results away; when not, only its failed items run again.</param>
    /// <param name="environment">Merged into the environment of the workflow execution, when given: of a resume, a rerun and a skip.</param>
    /// <param name="cancellationToken">Gives the sending up.</param>
    /// <returns>The request, once it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such execution.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public async Task<InboxRequest> SendAsync(
        InboxVerb verb, string executionId, string? reason = null, bool reset = true, JsonMap? environment = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionId);
        var kind = verb is InboxVerb.RerunTask or InboxVerb.SkipTask ? ExecutionKind.Task : ExecutionKind.Workflow;
        var treeId = await store.FindTreeAsync(executionId, cancellationToken).ConfigureAwait(false)
            ?? throw new ExecutionNotFoundException(kind, executionId);
        var now = _time.GetUtcNow();
        var request = new InboxRequest
        {
            Id = _ids.NewId(now),
            TreeId = treeId,
            ExecutionId = executionId,
            Verb = verb,
            Reason = reason,
            Reset = reset,
            Environment = environment,
            SentAt = now,
        };
        await store.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>Waits for the answer to a request.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The answer, or <see langword="null"/> when there was none in that time: the request stays, and is taken later.</returns>
    public async Task<InboxAnswer?> WaitAsync(string requestId, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var until = _time.GetUtcNow() + timeout;
        while (true)
        {
            if ((await store.ReadRequestAsync(requestId, cancellationToken).ConfigureAwait(false))?.Answer is { } answer)
            {
                return answer;
            }

            if (_time.GetUtcNow() >= until)
            {
                return null;
            }

            await Task.Delay(Look, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
