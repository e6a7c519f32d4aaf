using Mistral.Executions.Explanations;

namespace Mistral.Executions;

/// <content>Why executions are where they are, and pictures of them.</content>
public sealed partial class ExecutionEngine
{
    private ExecutionInspector Inspector => new(OpenStore, _runtime.Catalog, _runtime.Time, Id, ownsStore: false, TurnOf);

    /// <summary>
    /// Says why an execution of any kind is where it is: what it waits for, until when, who holds it; of one that failed,
    /// what came first. It only reads: nothing is claimed, loaded or held up.
    /// </summary>
    /// <param name="id">The workflow, task or action execution.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The reason, with what it comes from; <see cref="Explanation.ToString"/> is for people.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such execution.</exception>
    public Task<Explanation> ExplainAsync(string id, CancellationToken cancellationToken = default) => Inspector.ExplainAsync(id, cancellationToken);

    /// <summary>Draws a workflow execution and what is below it, as it is now: live or ended.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="format">What it is drawn as.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The text of the diagram.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="DefinitionMismatchException">The definition that it goes on with cannot be read.</exception>
    public Task<string> GetDiagramAsync(string id, DiagramFormat format = DiagramFormat.Mermaid, CancellationToken cancellationToken = default) =>
        Inspector.GetDiagramAsync(id, format, cancellationToken);

    private ExecutionFacts.Turn? TurnOf(string actionExecutionId) =>
        _runtime.Actions.FindWaiting(actionExecutionId) is var (queue, before) ? new(queue.Target, queue.Limit, before) : null;
}
