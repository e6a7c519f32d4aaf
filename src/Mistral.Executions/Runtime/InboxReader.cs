using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Carries out what other processes ask for. Started when a renewal of the lease says that there is something, so that an
/// engine that nobody asks looks for nothing.
/// </summary>
internal sealed class InboxReader(EngineRuntime runtime) : RuntimeWork(runtime.Tracker)
{
    private const int PageSize = 200;

    private int _isRunning;

    public void Start()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            Schedule();
        }
    }

    protected override async ValueTask RunAsync()
    {
        try
        {
            string? after = null;
            do
            {
                var page = await runtime.Store.ReadRequestsAsync(runtime.EngineId, runtime.Time.GetUtcNow(), after, PageSize, CancellationToken.None).ConfigureAwait(false);
                after = page.Count < PageSize ? null : page[^1].Id;

                // What is asked of one tree is done in order; trees do not wait for each other.
                await Task.WhenAll(page.GroupBy(r => r.TreeId, StringComparer.Ordinal).Select(CarryOutAsync)).ConfigureAwait(false);
            }
            while (after is not null && runtime.StopReason is null);
        }
        catch (Exception) when (runtime.StopReason is not null)
        {
            // Another engine, or this one when it is opened again, finds what is left.
        }
        catch (StoreException exception)
        {
            Log.InboxFailed(runtime.Logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private async Task CarryOutAsync(IEnumerable<InboxRequest> requests)
    {
        foreach (var request in requests)
        {
            await CarryOutAsync(request).ConfigureAwait(false);
        }
    }

    private async ValueTask CarryOutAsync(InboxRequest request)
    {
        var envelope = EnvelopeOf(request);
        try
        {
            await runtime.SendAsync(request.TreeId, envelope, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ExecutionException exception) when (exception is ExecutionOwnedElsewhereException or EngineClosedException or LeaseLostException or OutcomeUnknownException or StoreException)
        {
            // It stays in the inbox: for the engine that has the tree, or until the store can be written.
            Log.InboxFailed(runtime.Logger, exception);
            return;
        }
        catch (ExecutionNotFoundException) when (request.Verb == InboxVerb.Delete)
        {
            await AnswerAsync(request, null).ConfigureAwait(false);
            return;
        }
        catch (Exception exception) when (runtime.StopReason is null)
        {
            await AnswerAsync(request, exception.Message).ConfigureAwait(false);
            return;
        }

        if (!envelope.IsAnswered)
        {
            await AnswerAsync(request, null).ConfigureAwait(false);
        }

        Log.RequestDone(runtime.Logger, request.TreeId, request.Verb.ToString(), request.Id);
    }

    private Task AnswerAsync(InboxRequest request, string? refusal) =>
        runtime.Store.AnswerRequestAsync(new(request.Id, refusal is null, refusal, runtime.Time.GetUtcNow()), CancellationToken.None);

    private Envelope EnvelopeOf(InboxRequest request)
    {
        var id = request.ExecutionId;
        Message? message = request.Verb switch
        {
            InboxVerb.Pause => new Message.Pause(id, request.Reason),
            InboxVerb.Resume => new Message.Resume(id, request.Environment),
            InboxVerb.Cancel => new Message.Stop(id, ExecutionState.Cancelled, request.Reason),
            InboxVerb.RerunTask => new Message.Rerun(id, request.Reset, request.Environment),
            InboxVerb.SkipTask => new Message.Skip(id, request.Environment),
            _ => null,
        };
        return message is null ? Envelope.FromCaller(Tracker, EnvelopeKind.Delete) : Envelope.FromCaller(Tracker, message, request);
    }
}
