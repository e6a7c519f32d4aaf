using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <content>Starting workflows and waiting for them.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Starts a workflow. When this returns, the execution is durable.</summary>
    /// <param name="workflow">The name of a registered workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Gives the start up while nothing was decided yet.</param>
    /// <returns>The execution.</returns>
    /// <exception cref="DefinitionNotFoundException">There is no such workflow.</exception>
    /// <exception cref="InputException">The input does not fit the workflow.</exception>
    /// <exception cref="ExecutionConflictException">There is an execution with that id, of another workflow or with another input.</exception>
    /// <exception cref="StoreException">The store did not take it. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">The call was cancelled while it cannot be told whether it took effect.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over. Nothing was changed.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    public Task<ExecutionHandle> StartAsync(string workflow, JsonMap? input = null, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        options ??= new();
        var definition = _runtime.Catalog.FindWorkflow(workflow, options.Namespace)
            ?? throw new DefinitionNotFoundException(ExecutionKind.Workflow, workflow, options.Namespace, _runtime.Catalog.WorkflowNames);
        return StartPinnedAsync(definition, input ?? JsonMap.Empty, options, cancellationToken);
    }

    /// <inheritdoc cref="StartAsync(string, JsonMap?, StartOptions?, CancellationToken)"/>
    /// <exception cref="JsonException">The input cannot be written as JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<ExecutionHandle> StartAsync(string workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(workflow, ObjectOf(input), options, cancellationToken);

    /// <summary>Starts a workflow that need not be registered by name. One made in C# must be registered to go on after a restart.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Gives the start up while nothing was decided yet.</param>
    /// <returns>The execution.</returns>
    /// <exception cref="InputException">The input does not fit the workflow.</exception>
    /// <exception cref="ExecutionConflictException">There is an execution with that id, of another workflow or with another input.</exception>
    /// <exception cref="StoreException">The store did not take it. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">The call was cancelled while it cannot be told whether it took effect.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over. Nothing was changed.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    public Task<ExecutionHandle> StartAsync(WorkflowDefinition workflow, JsonMap? input = null, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        _runtime.Catalog.Use(workflow);
        return StartPinnedAsync(workflow, input ?? JsonMap.Empty, options ?? new(), cancellationToken);
    }

    /// <inheritdoc cref="StartAsync(WorkflowDefinition, JsonMap?, StartOptions?, CancellationToken)"/>
    /// <exception cref="JsonException">The input cannot be written as JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<ExecutionHandle> StartAsync(WorkflowDefinition workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(workflow, ObjectOf(input), options, cancellationToken);

    /// <summary>Starts a workflow and waits for its output.</summary>
    /// <param name="workflow">The name of a registered workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Ends the wait; the execution goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="WorkflowFailedException">It did not end in SUCCESS.</exception>
    /// <exception cref="DefinitionNotFoundException">There is no such workflow.</exception>
    /// <exception cref="InputException">The input does not fit the workflow.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    public async Task<JsonMap> RunAsync(string workflow, JsonMap? input = null, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = await StartAsync(workflow, input, options, cancellationToken).ConfigureAwait(false);
        return await run.WaitForOutputAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync(string, JsonMap?, StartOptions?, CancellationToken)"/>
    /// <exception cref="JsonException">The input cannot be written as JSON.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<JsonMap> RunAsync(string workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(workflow, ObjectOf(input), options, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, JsonMap?, StartOptions?, CancellationToken)"/>
    /// <typeparam name="T">The output, read from JSON with names in snake_case.</typeparam>
    /// <exception cref="JsonException">The input cannot be written as JSON, or the output is not of that type.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public async Task<T> RunAsync<T>(string workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = await StartAsync(workflow, ObjectOf(input), options, cancellationToken).ConfigureAwait(false);
        return await run.WaitForOutputAsync<T>(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the end of a workflow execution. The end is durable when this returns.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="cancellationToken">Ends the wait; the execution goes on.</param>
    /// <returns>The record as it ended, in whatever state.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="EngineClosedException">The engine was closed meanwhile.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over meanwhile.</exception>
    public async Task<WorkflowExecution> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await _runtime.WaitAsync(id, cancellationToken).ConfigureAwait(false) as WorkflowExecution
            ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);
    }

    /// <summary>Waits for the output of a workflow execution.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="cancellationToken">Ends the wait; the execution goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="WorkflowFailedException">It did not end in SUCCESS.</exception>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="EngineClosedException">The engine was closed meanwhile.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over meanwhile.</exception>
    public async Task<JsonMap> WaitForOutputAsync(string id, CancellationToken cancellationToken = default)
    {
        var ended = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return ended.State == ExecutionState.Success ? ended.Output : throw new WorkflowFailedException(ended);
    }

    /// <inheritdoc cref="WaitForOutputAsync(string, CancellationToken)"/>
    /// <typeparam name="T">The output, read from JSON with names in snake_case.</typeparam>
    /// <exception cref="JsonException">The output is not of that type.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public async Task<T> WaitForOutputAsync<T>(string id, CancellationToken cancellationToken = default)
    {
        JsonData output = await WaitForOutputAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            return output.ToObject<T>()!;
        }
        catch (JsonException exception)
        {
            throw JsonConversion.Unfit<T>($"The output of the execution '{id}'", output, exception);
        }
    }

    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    private static JsonMap ObjectOf(object input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = JsonData.FromObject(input);
        return data.Kind == JsonKind.Object
            ? data.AsObject()
            : throw new InputException($"The input must be an object with the parameters as members, but is {data.Kind}.");
    }

    private async Task<ExecutionHandle> StartPinnedAsync(WorkflowDefinition definition, JsonMap input, StartOptions options, CancellationToken cancellationToken)
    {
        var id = options.Id is null ? NewId() : CheckedId(options.Id);
        using var call = Telemetry.StartCall(definition.Name, id);
        var parameters = WithTrace(await WithEnvironmentAsync(options, cancellationToken).ConfigureAwait(false));
        var message = new Message.StartWorkflow(definition, id, input, parameters, options.Description, options.Tags);
        try
        {
            await _runtime.SendAsync(id, message, cancellationToken).ConfigureAwait(false);
            return new(this, id, isNew: true);
        }
        catch (Exception exception) when (exception is ExecutionExistsException or ExecutionOwnedElsewhereException)
        {
            // It exists, here or at another engine: a start of the same is a success wherever it runs.
            await CheckSameAsync(definition, id, input, cancellationToken).ConfigureAwait(false);
            return new(this, id, isNew: false);
        }
    }

    // Kept with the execution, so that its spans belong to one trace over any restart; a host can give one of its own.
    private static JsonMap WithTrace(JsonMap parameters) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } && Telemetry.Source.HasListeners() && !parameters.ContainsKey(Telemetry.TraceParent)
            ? parameters.With(Telemetry.TraceParent, id)
            : parameters;

    private async ValueTask CheckSameAsync(WorkflowDefinition definition, string id, JsonMap input, CancellationToken cancellationToken)
    {
        var existing = await _runtime.Store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new ExecutionConflictException(id, "it is no workflow execution.");
        if (existing.Name != definition.Name || existing.Namespace != definition.Namespace)
        {
            throw new ExecutionConflictException(id, $"it runs the workflow '{existing.Name}'.");
        }

        // What the caller leaves out counts as the defaults that it was started with.
        var pinned = _runtime.Catalog.FindWorkflowByHash(existing.DefinitionHash) ?? definition;
        var defaults = pinned.Input
            .Where(p => p.Default is not null && !input.ContainsKey(p.Name))
            .Select(p => KeyValuePair.Create(p.Name, p.Default!.Value));
        if (!existing.Input.Equals(JsonMap.Create([.. input, .. defaults])))
        {
            throw new ExecutionConflictException(id, "it has another input.");
        }
    }
}
