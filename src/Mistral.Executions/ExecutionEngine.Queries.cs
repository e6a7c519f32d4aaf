using System.Runtime.CompilerServices;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <content>Looking at executions: what is read here is durable.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Reads one workflow execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<WorkflowExecution> GetWorkflowAsync(string id, CancellationToken cancellationToken = default) =>
        await OpenStore.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);

    /// <summary>Reads one task execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such task execution.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<TaskExecution> GetTaskAsync(string id, CancellationToken cancellationToken = default) =>
        await OpenStore.ReadTaskAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new ExecutionNotFoundException(ExecutionKind.Task, id);

    /// <summary>Reads one action execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such action execution.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<ActionExecution> GetActionAsync(string id, CancellationToken cancellationToken = default) =>
        await OpenStore.ReadActionAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new ExecutionNotFoundException(ExecutionKind.Action, id);

    /// <summary>Workflow executions that a query asks for, page by page as they are taken.</summary>
    /// <param name="query">What is wanted; all, when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, in the order of the query.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public IAsyncEnumerable<WorkflowExecution> QueryWorkflowsAsync(ExecutionQuery? query = null, CancellationToken cancellationToken = default) =>
        EveryPageAsync(OpenStore.QueryWorkflowsAsync, query ?? new(), cancellationToken);

    /// <summary>Task executions that a query asks for, page by page as they are taken.</summary>
    /// <param name="query">What is wanted; all, when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, in the order of the query.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public IAsyncEnumerable<TaskExecution> QueryTasksAsync(ExecutionQuery? query = null, CancellationToken cancellationToken = default) =>
        EveryPageAsync(OpenStore.QueryTasksAsync, query ?? new(), cancellationToken);

    /// <summary>Action executions that a query asks for, page by page as they are taken.</summary>
    /// <param name="query">What is wanted; all, when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, in the order of the query.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public IAsyncEnumerable<ActionExecution> QueryActionsAsync(ExecutionQuery? query = null, CancellationToken cancellationToken = default) =>
        EveryPageAsync(OpenStore.QueryActionsAsync, query ?? new(), cancellationToken);

    /// <summary>One page of workflow executions.</summary>
    /// <param name="query">What is wanted, and where the page before ended.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<ExecutionPage<WorkflowExecution>> QueryWorkflowPageAsync(ExecutionQuery query, CancellationToken cancellationToken = default) =>
        await OpenStore.QueryWorkflowsAsync(query, cancellationToken).ConfigureAwait(false);

    /// <summary>One page of task executions.</summary>
    /// <param name="query">What is wanted, and where the page before ended.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<ExecutionPage<TaskExecution>> QueryTaskPageAsync(ExecutionQuery query, CancellationToken cancellationToken = default) =>
        await OpenStore.QueryTasksAsync(query, cancellationToken).ConfigureAwait(false);

    /// <summary>One page of action executions.</summary>
    /// <param name="query">What is wanted, and where the page before ended.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<ExecutionPage<ActionExecution>> QueryActionPageAsync(ExecutionQuery query, CancellationToken cancellationToken = default) =>
        await OpenStore.QueryActionsAsync(query, cancellationToken).ConfigureAwait(false);

    /// <summary>What happened to an execution and to everything below it that the records do not show: verbs of operators, recoveries.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>The entries, in the order in which they happened.</returns>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    /// <exception cref="LeaseLostException">Another engine has taken over.</exception>
    public async Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string id, CancellationToken cancellationToken = default) =>
        await OpenStore.ReadHistoryAsync(id, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Changes as they become durable, in the order in which they happened in each tree, from the moment at which the
    /// enumeration begins. Of those that became durable together a watcher hears each record once, as it is after them: a
    /// parent before its children, and these in the order of their creation. A watcher never holds the engine up.
    /// </summary>
    /// <param name="watch">Which changes; all, when <see langword="null"/>.</param>
    /// <returns>The changes. The enumeration ends with an exception: <see cref="WatcherFellBehindException"/> when the watcher is too slow, <see cref="EngineClosedException"/> or <see cref="LeaseLostException"/> when the engine acts no more.</returns>
    public IAsyncEnumerable<ExecutionChange> WatchAsync(ExecutionWatch? watch = null) => new WatchedChanges(_runtime.Watchers, watch ?? new());

    // What a closed engine, or one that another has taken over from, would read may be gone or old.
    private IExecutionStore OpenStore
    {
        get
        {
            _runtime.ThrowWhenClosed();
            return _runtime.Store;
        }
    }

    private static async IAsyncEnumerable<T> EveryPageAsync<T>(
        Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read, ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IExecution
    {
        for (ExecutionQuery? next = query; next is not null;)
        {
            var page = await read(next, cancellationToken).ConfigureAwait(false);
            foreach (var execution in page.Items)
            {
                yield return execution;
            }

            next = page.Next is null ? null : next with { After = page.Next };
        }
    }
}
