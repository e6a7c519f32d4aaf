using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions;

/// <summary>A workflow execution that was started.</summary>
public sealed class ExecutionHandle
{
    private readonly ExecutionEngine _engine;

    internal ExecutionHandle(ExecutionEngine engine, string id, bool isNew) => (_engine, Id, IsNew) = (engine, id, isNew);

    /// <summary>The id of the execution.</summary>
    public string Id { get; }

    /// <summary>Whether this call started it; <see langword="false"/> when an execution of that id was there already.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the execution as it is now.</summary>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The record.</returns>
    public Task<WorkflowExecution> GetAsync(CancellationToken cancellationToken = default) => _engine.GetWorkflowAsync(Id, cancellationToken);

    /// <inheritdoc cref="ExecutionEngine.WaitAsync(string, CancellationToken)"/>
    public Task<WorkflowExecution> WaitAsync(CancellationToken cancellationToken = default) => _engine.WaitAsync(Id, cancellationToken);

    /// <inheritdoc cref="ExecutionEngine.WaitForOutputAsync(string, CancellationToken)"/>
    public Task<JsonMap> WaitForOutputAsync(CancellationToken cancellationToken = default) => _engine.WaitForOutputAsync(Id, cancellationToken);

    /// <inheritdoc cref="ExecutionEngine.WaitForOutputAsync{T}(string, CancellationToken)"/>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public Task<T> WaitForOutputAsync<T>(CancellationToken cancellationToken = default) => _engine.WaitForOutputAsync<T>(Id, cancellationToken);
}
