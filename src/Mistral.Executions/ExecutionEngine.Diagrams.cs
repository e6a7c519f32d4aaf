namespace Mistral.Executions;

/// <content>Pictures of executions.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Draws a workflow execution and what is below it, as it is now: live or ended.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="format">What it is drawn as.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The text of the diagram.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="DefinitionMismatchException">The definition that it goes on with cannot be read.</exception>
    public async Task<string> GetDiagramAsync(string id, DiagramFormat format = DiagramFormat.Mermaid, CancellationToken cancellationToken = default)
    {
        var workflow = await GetWorkflowAsync(id, cancellationToken).ConfigureAwait(false);
        var query = new ExecutionQuery { RootExecutionId = workflow.RootExecutionId, PageSize = ExecutionQuery.MaximumPageSize };
        var workflows = await AllAsync(QueryWorkflowsAsync(query, cancellationToken)).ConfigureAwait(false);
        var tasks = await AllAsync(QueryTasksAsync(query, cancellationToken)).ConfigureAwait(false);
        List<ActionExecution> actions = format == DiagramFormat.Timeline ? await AllAsync(QueryActionsAsync(query, cancellationToken)).ConfigureAwait(false) : [];
        var diagram = new ExecutionDiagram
        {
            Workflow = workflow,
            Workflows = workflows,
            Tasks = tasks,
            Actions = actions,
            Definitions = await DefinitionsAsync(workflows.Append(workflow).Select(w => w.DefinitionHash)).ConfigureAwait(false),
        };
        return format switch
        {
            DiagramFormat.Mermaid => diagram.ToMermaid(),
            DiagramFormat.Dot => diagram.ToDot(),
            DiagramFormat.Timeline => diagram.ToTimeline(_runtime.Time.GetUtcNow()),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> executions)
    {
        var all = new List<T>();
        await foreach (var execution in executions.ConfigureAwait(false))
        {
            all.Add(execution);
        }

        return all;
    }

    private async ValueTask<Dictionary<string, WorkflowDefinition>> DefinitionsAsync(IEnumerable<string> hashes)
    {
        var definitions = new Dictionary<string, WorkflowDefinition>(StringComparer.Ordinal);
        foreach (var hash in hashes.Distinct(StringComparer.Ordinal))
        {
            var read = await _runtime.Catalog.PrepareAsync([hash]).ConfigureAwait(false);
            definitions[hash] = read.Count > 0 ? read[0].Definition : _runtime.Catalog.FindWorkflowByHash(hash)!;
        }

        return definitions;
    }
}
