using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <content>Actions that stand alone, and results from outside.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Starts an action that stands alone. When this returns, its execution is durable.</summary>
    /// <param name="action">The name of the action.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Gives the start up while nothing was decided yet.</param>
    /// <returns>The id of the action execution.</returns>
    /// <exception cref="DefinitionNotFoundException">There is no such action.</exception>
    /// <exception cref="InputException">The input does not fit the action.</exception>
    /// <exception cref="ExecutionConflictException">There is an execution with that id, of another action or with another input.</exception>
    /// <exception cref="StoreException">The store did not take it. Nothing was changed.</exception>
    public async Task<string> StartActionAsync(string action, JsonMap? input = null, ActionStartOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        options ??= new();
        input ??= JsonMap.Empty;
        if (_runtime.Catalog.FindAction(action, options.Namespace) is null)
        {
            throw new DefinitionNotFoundException(ExecutionKind.Action, action, options.Namespace);
        }

        var id = options.Id is null ? NewId() : CheckedId(options.Id);
        try
        {
            await _runtime.SendAsync(id, new Message.StartAction(id, action, options.Namespace, input, options.Target), cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionExistsException)
        {
            var existing = await _runtime.Store.ReadActionAsync(id, cancellationToken).ConfigureAwait(false);
            if (existing is null || existing.TaskExecutionId is not null || existing.Name != action || !existing.Input.Equals(input))
            {
                throw new ExecutionConflictException(id, existing is null ? "it is no action execution." : $"it runs the action '{existing.Name}', or has another input.");
            }
        }

        return id;
    }

    /// <inheritdoc cref="StartActionAsync(string, JsonMap?, ActionStartOptions?, CancellationToken)"/>
    /// <exception cref="JsonException">The input cannot be written as JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<string> StartActionAsync(string action, object input, ActionStartOptions? options = null, CancellationToken cancellationToken = default) =>
        StartActionAsync(action, ObjectOf(input), options, cancellationToken);

    /// <summary>Runs an action that stands alone and waits for its end.</summary>
    /// <param name="action">The name of the action.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Ends the wait; the action goes on.</param>
    /// <returns>The record as it ended, in whatever state; its <see cref="ActionExecution.Output"/> has the result.</returns>
    /// <exception cref="DefinitionNotFoundException">There is no such action.</exception>
    /// <exception cref="InputException">The input does not fit the action.</exception>
    /// <exception cref="ExecutionConflictException">There is an execution with that id, of another action or with another input.</exception>
    public async Task<ActionExecution> RunActionAsync(string action, JsonMap? input = null, ActionStartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var id = await StartActionAsync(action, input, options, cancellationToken).ConfigureAwait(false);
        return await WaitForActionAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunActionAsync(string, JsonMap?, ActionStartOptions?, CancellationToken)"/>
    /// <exception cref="JsonException">The input cannot be written as JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<ActionExecution> RunActionAsync(string action, object input, ActionStartOptions? options = null, CancellationToken cancellationToken = default) =>
        RunActionAsync(action, ObjectOf(input), options, cancellationToken);

    /// <summary>Waits for the end of an action execution. The end is durable when this returns.</summary>
    /// <param name="id">The action execution.</param>
    /// <param name="cancellationToken">Ends the wait; the action goes on.</param>
    /// <returns>The record as it ended, in whatever state.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such action execution.</exception>
    /// <exception cref="EngineClosedException">The engine was closed meanwhile.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over meanwhile.</exception>
    public async Task<ActionExecution> WaitForActionAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await _runtime.WaitAsync(id, cancellationToken).ConfigureAwait(false) as ActionExecution
            ?? throw new ExecutionNotFoundException(ExecutionKind.Action, id);
    }

    /// <summary>Gives the result of an outside action. It is accepted once, and durable when this returns.</summary>
    /// <param name="id">The action execution.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when the result is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such action execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It has a result already.</exception>
    /// <exception cref="InputException">The result is larger than <see cref="ExecutionEngineOptions.MaximumPayloadBytes"/>, or no JSON.</exception>
    /// <exception cref="StoreException">The store did not take it. Nothing was changed.</exception>
    public Task CompleteActionAsync(string id, ActionResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (JsonSize.Fault(result.Value, _runtime.Limits.PayloadBytes) is { } fault)
        {
            throw new InputException($"The result {fault}. Keep the data elsewhere and give where they are.");
        }

        return SendAsync(ExecutionKind.Action, id, new Message.CompleteAction(id, result), cancellationToken);
    }

    /// <summary>
    /// Says that an outside action goes on: where it was registered with <see cref="ActionOptions.Heartbeat"/>, its time
    /// begins anew. Durable when this returns, and nothing is written but the moment at which the next sign is due.
    /// </summary>
    /// <param name="id">The action execution.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such action execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It has ended: whoever works on it can stop.</exception>
    /// <exception cref="InputException">It is no outside action.</exception>
    public Task HeartbeatAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Action, id, new Message.Heartbeat(id), cancellationToken);

    /// <summary>Pauses or resumes one outside action.</summary>
    /// <param name="id">The action execution.</param>
    /// <param name="state">PAUSED or RUNNING.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such action execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot get into that state.</exception>
    public Task UpdateActionAsync(string id, ExecutionState state, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Action, id, new Message.UpdateAction(id, state), cancellationToken);
}
