using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <content>From a message to a decision.</content>
internal sealed partial class TreeMailbox
{
    /// <summary>How often a decision can ask for something that is not in memory.</summary>
    private const int MostLookups = 10_000;

    private bool _reload;

    private async ValueTask HandleAsync(Envelope envelope)
    {
        try
        {
            if (_reload)
            {
                _reload = false;
                Forget();
            }

            if (_ahead is { Exists: false } && envelope.Message is not (Message.StartWorkflow or Message.StartAction))
            {
                // A start that did not come about: what is in the store counts.
                _reload = true;
                _first.Enqueue(envelope);
            }
            else
            {
                if (_ahead is null)
                {
                    await LoadAsync(envelope).ConfigureAwait(false);
                }

                await DispatchAsync(envelope).ConfigureAwait(false);
            }
        }
        catch (StoreException exception) when (!envelope.HasCaller)
        {
            Hold(envelope, exception);
        }
        catch (ExecutionException exception)
        {
            envelope.Fail(exception);
        }
        catch (Exception) when (runtime.StopReason is { } reason)
        {
            envelope.Fail(reason);
        }
        catch (Exception exception)
        {
            Fault(envelope, exception);
        }
    }

    private ValueTask DispatchAsync(Envelope envelope)
    {
        // What loading led to comes first.
        if (_parked is not null)
        {
            _first.Enqueue(envelope);
            return ValueTask.CompletedTask;
        }

        switch (envelope.Kind)
        {
            case EnvelopeKind.Delete:
                return DeleteAsync(envelope);
            case EnvelopeKind.Load:
                Building().Add(envelope, _ahead!, null);
                break;
            default:
                Decide(envelope);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Decide(Envelope envelope)
    {
        var message = envelope.Message!;
        if (_ahead!.Exists && message is Message.StartWorkflow or Message.StartAction)
        {
            Refuse(envelope, new ExecutionExistsException(TreeId));
            return;
        }

        if (_unfit is not null && message is not (Message.Pause or Message.Stop))
        {
            Refuse(envelope, _unfit);
            return;
        }

        var decision = Decider.Decide(_ahead, message, runtime.InputOf(envelope));
        if (decision.Needs is { } needs)
        {
            if (envelope.Answers?.Count >= MostLookups)
            {
                throw new InvalidOperationException($"A decision needed more than {MostLookups} look-ups.");
            }

            envelope.Needs = needs;
            _parked = envelope;
        }
        else if (decision.Refusal is { } refusal)
        {
            Refuse(envelope, refusal);
        }
        else
        {
            Accept(envelope, decision);
        }
    }

    /// <summary>A parked decision: everything before it is durable, so the store knows what it asks for.</summary>
    private async ValueTask AnswerAsync()
    {
        var envelope = _parked!;
        _parked = null;
        try
        {
            var answer = await runtime.Lookups.AnswerAsync(envelope.Needs!).ConfigureAwait(false);
            (envelope.Answers ??= []).Add(envelope.Needs!, answer);
            Decide(envelope);
        }
        catch (StoreException exception) when (!envelope.HasCaller)
        {
            Hold(envelope, exception);
        }
        catch (ExecutionException exception)
        {
            envelope.Fail(exception);
        }
        catch (Exception exception)
        {
            Fault(envelope, exception);
        }
    }

    private void Accept(Envelope envelope, Decision decision)
    {
        if (!envelope.TryAccept())
        {
            return;
        }

        envelope.Answers = null;
        var batch = Building();
        batch.Add(envelope, decision.Tree, decision.Changes);
        _ahead = decision.Tree;
        for (var place = 0; place < decision.Effects.Count; place++)
        {
            var effect = decision.Effects[place];
            if (effect is Effect.RunInline inline)
            {
                var result = runtime.Actions.RunInline(inline);
                _first.Enqueue(Envelope.FromInside(Tracker, new Message.CompleteAction(inline.Execution.Id, result)));
            }
            else
            {
                batch.Effects.Add(effect);
            }
        }
    }

    // A wrong call is judged by the tree ahead, so it is told only when that is durable.
    private void Refuse(Envelope envelope, ExecutionException refusal)
    {
        if (!envelope.TryAccept())
        {
            return;
        }

        if (!envelope.HasCaller)
        {
            Log.MessageRefused(runtime.Logger, TreeId, envelope.Message!.GetType().Name, refusal.Message);
        }

        envelope.Answers = null;
        envelope.Refusal = refusal;
        Building().Add(envelope, _ahead!, null);
    }

    /// <summary>A decision failed as none should. The tree is read again; what is durable is not touched.</summary>
    private void Fault(Envelope envelope, Exception exception)
    {
        exception = Secrets.Of(runtime.Catalog, _ahead ?? _durable ?? ExecutionTree.Empty(TreeId), envelope.Message).Apply(exception);
        Log.DecisionFailed(runtime.Logger, TreeId, envelope.Message?.GetType().Name ?? envelope.Kind.ToString(), exception);
        _reload = true;
        envelope.Answers = null;
        if (envelope.HasCaller)
        {
            envelope.Fail(exception);
            return;
        }

        // Decided again first, from what is durable; then a result is turned into an error, then the execution is paused.
        var reason = $"The engine failed to decide upon a message: {exception.Message}";
        envelope.Faults++;
        switch (envelope.Message)
        {
            case var _ when envelope.Faults == 1:
                break;
            case Message.CompleteAction { ActionExecutionId: var id } when envelope.Faults == 2:
                envelope.Replace(new Message.CompleteAction(id, ActionResult.Error(reason)));
                break;
            case not Message.Pause when _durable?.Root is { } root:
                envelope.Replace(new Message.Pause(root.Id, reason));
                break;
            default:
                envelope.Fail(exception);
                return;
        }

        _first.Enqueue(envelope);
    }

    private CommitBatch Building()
    {
        if (_building is null)
        {
            (_building, _spare) = (_spare ?? new(this), null);
        }

        return _building;
    }
}
