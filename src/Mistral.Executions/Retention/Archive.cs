using System.Runtime.CompilerServices;

namespace Mistral.Executions.Retention;

/// <summary>The file to which executions are copied before they are deleted.</summary>
internal sealed class Archive : IAsyncDisposable
{
    private const int RecordsInOneCommit = 1000;

    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(5);

    private readonly IExecutionStore _source;
    private readonly SqliteExecutionStore _archive;
    private readonly string _engineId;
    private readonly TimeProvider _time;
    private DateTimeOffset _renewAt = DateTimeOffset.MinValue;

    private Archive(IExecutionStore source, SqliteExecutionStore archive, string engineId, TimeProvider time) =>
        (_source, _archive, _engineId, _time) = (source, archive, engineId, time);

    public static async ValueTask<Archive> OpenAsync(IExecutionStore source, string path, string engineId, TimeProvider time, CancellationToken cancellationToken)
    {
        // What is unreadable where it comes from is so where it goes.
        var archive = new SqliteExecutionStore(new SqliteStoreOptions { Path = path, Protector = (source as SqliteExecutionStore)?.Protector });
        await archive.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new(source, archive, engineId, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _archive.ReleaseLeaseAsync(_engineId, CancellationToken.None).ConfigureAwait(false);
        await _archive.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Copies a tree. It is durable in the archive when this returns.</summary>
    /// <exception cref="StoreException">It cannot be copied.</exception>
    public async ValueTask AddAsync(IExecution root, CancellationToken cancellationToken)
    {
        await KeepLeaseAsync(cancellationToken).ConfigureAwait(false);

        // An earlier copy was interrupted, or the execution was run again after it.
        await _archive.DeleteTreeAsync(root.Id, cancellationToken).ConfigureAwait(false);
        var records = new List<IExecution> { root };
        var isNewTree = true;
        await foreach (var record in BelowAsync(root, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
            if (records.Count == RecordsInOneCommit)
            {
                await WriteAsync(root.Id, records, isNewTree, [], cancellationToken).ConfigureAwait(false);
                records.Clear();
                isNewTree = false;
            }
        }

        var history = await _source.ReadHistoryAsync(root.Id, cancellationToken).ConfigureAwait(false);
        await WriteAsync(root.Id, records, isNewTree, history, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask KeepLeaseAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now < _renewAt)
        {
            return;
        }

        _renewAt = now + (LeaseDuration / 2);
        var renewal = await _archive.RenewLeaseAsync(new(_engineId, now + LeaseDuration), now, cancellationToken).ConfigureAwait(false);
        if (!renewal.IsHeld)
        {
            throw new StoreException(CommitRefusal.NotOwner, "An engine was opened on the archive and has taken it over. The next purge goes on.");
        }
    }

    private async IAsyncEnumerable<IExecution> BelowAsync(IExecution root, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (root is not WorkflowExecution)
        {
            yield break;
        }

        var query = new ExecutionQuery { RootExecutionId = root.Id, PageSize = ExecutionQuery.MaximumPageSize };
        await foreach (var workflow in EveryAsync(_source.QueryWorkflowsAsync, query, cancellationToken).ConfigureAwait(false))
        {
            if (workflow.Id != root.Id)
            {
                yield return workflow;
            }
        }

        await foreach (var task in EveryAsync(_source.QueryTasksAsync, query, cancellationToken).ConfigureAwait(false))
        {
            yield return task;
        }

        await foreach (var action in EveryAsync(_source.QueryActionsAsync, query, cancellationToken).ConfigureAwait(false))
        {
            yield return action;
        }
    }

    private static async IAsyncEnumerable<T> EveryAsync<T>(
        Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read,
        ExecutionQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
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

    private async ValueTask WriteAsync(string treeId, List<IExecution> records, bool isNewTree, IReadOnlyList<HistoryEntry> history, CancellationToken cancellationToken)
    {
        var workflows = records.OfType<WorkflowExecution>().ToList();
        var definitions = new List<StoredDefinition>();
        foreach (var hash in workflows.Select(w => w.DefinitionHash).Distinct(StringComparer.Ordinal))
        {
            if (await _source.ReadDefinitionAsync(hash, cancellationToken).ConfigureAwait(false) is { } definition)
            {
                definitions.Add(definition);
            }
        }

        var changes = new ExecutionChanges
        {
            TreeId = treeId,
            OwnerId = _engineId,
            Epoch = 1,
            IsNewTree = isNewTree,
            NewWorkflows = workflows,
            NewTasks = [.. records.OfType<TaskExecution>()],
            NewActions = [.. records.OfType<ActionExecution>()],
            Definitions = definitions,
            History = history,
        };
        var outcome = (await _archive.CommitAsync([changes], cancellationToken).ConfigureAwait(false))[0];
        if (outcome.Result != CommitResult.Committed)
        {
            throw new StoreException(outcome.Refusal, $"The execution '{treeId}' cannot be archived ({outcome.Refusal}), so it stays.", outcome.Cause);
        }
    }
}
