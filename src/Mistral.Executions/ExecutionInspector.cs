using Mistral.Executions.Decisions;
using Mistral.Executions.Explanations;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <summary>
/// Looks at executions without an engine: it only reads, takes no lease, and can stand beside engines of other processes. What it
/// sees is durable. It needs no actions, and of workflows only what reads their definitions.
/// </summary>
public sealed class ExecutionInspector : IAsyncDisposable
{
    private const int AttemptsAtATree = 3;

    private readonly DefinitionCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly string _engineId;
    private readonly bool _ownsStore;
    private readonly Func<string, ExecutionFacts.Turn?> _turnOf;

    internal ExecutionInspector(
        IExecutionStore store, DefinitionCatalog catalog, TimeProvider time, string engineId, bool ownsStore, Func<string, ExecutionFacts.Turn?>? turnOf = null) =>
        (Store, _catalog, _time, _engineId, _ownsStore, _turnOf) = (store, catalog, time, engineId, ownsStore, turnOf ?? (_ => null));

    /// <summary>The store, for all that it can be asked. A file was opened for reading only.</summary>
    public IExecutionStore Store { get; }

    /// <summary>Opens a store for reading.</summary>
    /// <param name="options">Where executions live, and what reads their definitions. Of a file nothing is made or changed; a store of the host's must be open.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>The inspector.</returns>
    /// <exception cref="StoreException">There is no such file, or it is no store that this library reads.</exception>
    public static async Task<ExecutionInspector> OpenAsync(ExecutionEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = options.Store ?? new SqliteExecutionStore(new SqliteStoreOptions { Path = options.Path!, ReadOnly = true, Protector = options.Protector });
        if (options.Store is null)
        {
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        var catalog = new DefinitionCatalog(store, options.Actions.With(options.AdHocActions), options.Workflows, options.DefinitionReaders, options.Template, options.SecretNames);
        return new(store, catalog, options.Time, engineId: "", ownsStore: options.Store is null);
    }

    /// <summary>Says why an execution of any kind is where it is, as <see cref="ExecutionEngine.ExplainAsync"/> does.</summary>
    /// <param name="id">The workflow, task or action execution.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The reason, with what it comes from; <see cref="Explanation.ToString"/> is for people.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such execution.</exception>
    public async Task<Explanation> ExplainAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var reader = new FactsReader(Store, DefinitionForAsync, _turnOf);
        var (execution, facts) = await reader.ReadAsync(id, _engineId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);
        return new Explainer(facts).Explain(execution);
    }

    /// <summary>Draws a workflow execution and what is below it, as <see cref="ExecutionEngine.GetDiagramAsync"/> does.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="format">What it is drawn as.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The text of the diagram.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="DefinitionMismatchException">The definition that it goes on with cannot be read.</exception>
    public async Task<string> GetDiagramAsync(string id, DiagramFormat format = DiagramFormat.Mermaid, CancellationToken cancellationToken = default)
    {
        var workflow = await Store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);
        var query = new ExecutionQuery { RootExecutionId = workflow.RootExecutionId, PageSize = ExecutionQuery.MaximumPageSize };
        var workflows = await AllAsync(Store.QueryWorkflowsAsync, query, cancellationToken).ConfigureAwait(false);
        var diagram = new ExecutionDiagram
        {
            Workflow = workflow,
            Workflows = workflows,
            Tasks = await AllAsync(Store.QueryTasksAsync, query, cancellationToken).ConfigureAwait(false),
            Actions = format == DiagramFormat.Timeline ? await AllAsync(Store.QueryActionsAsync, query, cancellationToken).ConfigureAwait(false) : [],
            Definitions = await DefinitionsAsync(workflows.Append(workflow).Select(w => w.DefinitionHash)).ConfigureAwait(false),
        };
        return format switch
        {
            DiagramFormat.Mermaid => diagram.ToMermaid(),
            DiagramFormat.Dot => diagram.ToDot(),
            DiagramFormat.Timeline => diagram.ToTimeline(_time.GetUtcNow()),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    /// <summary>Looks whether all that must hold of a tree does hold: counters, joins, items, and who belongs to whom.</summary>
    /// <param name="treeId">The execution at the top of the tree.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>What does not hold, a sentence each; empty when all is right, and when there is no such tree.</returns>
    /// <exception cref="DefinitionMismatchException">A definition that the tree goes on with cannot be read.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(string treeId, CancellationToken cancellationToken = default)
    {
        // An engine can write between two readings: only what is found again and again is wrong.
        List<string> violations = [];
        for (var attempt = 0; attempt < AttemptsAtATree; attempt++)
        {
            if (await Store.ReadTreeAsync(treeId, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return [];
            }

            await _catalog.PrepareAsync(ExecutionTree.DefinitionHashes(stored)).ConfigureAwait(false);
            var latest = new Dictionary<string, IReadOnlyList<TaskExecution>>(StringComparer.Ordinal);
            foreach (var (workflowExecutionId, names) in ExecutionTree.TasksToRead(stored, _catalog))
            {
                latest[workflowExecutionId] = await Store.ReadLatestTasksAsync(workflowExecutionId, names, cancellationToken).ConfigureAwait(false);
            }

            var found = TreeInvariants.Violations(ExecutionTree.Load(treeId, stored, latest, _catalog));
            violations = attempt == 0 ? [.. found] : [.. found.Intersect(violations, StringComparer.Ordinal)];
            if (violations.Count == 0)
            {
                break;
            }
        }

        return violations;
    }

    /// <summary>Closes the file, when it was opened here.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public ValueTask DisposeAsync() => _ownsStore ? Store.DisposeAsync() : ValueTask.CompletedTask;

    private async ValueTask<ExecutionFacts.KnownDefinition> DefinitionForAsync(string hash)
    {
        try
        {
            // What was made in C# is with the host: only the engine that has it can tell whether it fits.
            var read = await _catalog.PrepareAsync([hash]).ConfigureAwait(false);
            var mismatch = read.FirstOrDefault(d => d.Mismatch is not null)?.Mismatch;
            return new(_catalog.FindWorkflowByHash(hash), _engineId.Length == 0 ? null : mismatch?.Message);
        }
        catch (DefinitionMismatchException exception)
        {
            return new(null, exception.Message);
        }
    }

    private async ValueTask<Dictionary<string, WorkflowDefinition>> DefinitionsAsync(IEnumerable<string> hashes)
    {
        var definitions = new Dictionary<string, WorkflowDefinition>(StringComparer.Ordinal);
        foreach (var hash in hashes.Distinct(StringComparer.Ordinal))
        {
            var read = await _catalog.PrepareAsync([hash]).ConfigureAwait(false);
            definitions[hash] = read.Count > 0 ? read[0].Definition : _catalog.FindWorkflowByHash(hash)!;
        }

        return definitions;
    }

    private static async ValueTask<List<T>> AllAsync<T>(Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read, ExecutionQuery query, CancellationToken cancellationToken)
        where T : IExecution
    {
        var all = new List<T>();
        for (ExecutionQuery? next = query; next is not null;)
        {
            var page = await read(next, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Items);
            next = page.Next is null ? null : next with { After = page.Next };
        }

        return all;
    }
}
