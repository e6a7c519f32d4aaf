using Mistral.Executions.Explanations;

namespace Mistral.Executions;

/// <content>Why executions are where they are.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>
    /// Says why an execution of any kind is where it is: what it waits for, until when, who holds it; of one that failed,
    /// what came first. It only reads: nothing is claimed, loaded or held up.
    /// </summary>
    /// <param name="id">The workflow, task or action execution.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The reason, with what it comes from; <see cref="Explanation.ToString"/> is for people.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such execution.</exception>
    public async Task<Explanation> ExplainAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var reader = new FactsReader(OpenStore, DefinitionForAsync);
        var (execution, facts) = await reader.ReadAsync(id, Id, _runtime.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);
        return new Explainer(facts).Explain(execution);
    }

    private async ValueTask<ExecutionFacts.KnownDefinition> DefinitionForAsync(string hash)
    {
        try
        {
            var read = await _runtime.Catalog.PrepareAsync([hash]).ConfigureAwait(false);
            return new(_runtime.Catalog.FindWorkflowByHash(hash), read.FirstOrDefault(d => d.Mismatch is not null)?.Mismatch?.Message);
        }
        catch (DefinitionMismatchException exception)
        {
            return new(null, exception.Message);
        }
    }
}
