namespace Mistral.Executions.Explanations;

/// <summary>
/// Reads what an explanation needs from the store. It claims nothing and asks no tree: what it sees is what was durable
/// when it looked, row by row, and no more than a person can read.
/// </summary>
internal sealed class FactsReader(
    IExecutionStore store, Func<string, ValueTask<ExecutionFacts.KnownDefinition>> definitionOf, Func<string, ExecutionFacts.Turn?> turnOf)
{
    private const int MostBelowOne = 20;
    private const int MostInAll = 500;

    private static readonly ExecutionState[] Open =
        [ExecutionState.Idle, ExecutionState.Waiting, ExecutionState.Running, ExecutionState.RunningDelayed, ExecutionState.Paused];

    private static readonly ExecutionState[] Failed = [ExecutionState.Error, ExecutionState.Cancelled];

    /// <summary>Reads an execution with what is above and below it.</summary>
    /// <returns>The facts, or <see langword="null"/> when there is no such execution.</returns>
    public async ValueTask<(IExecution Execution, ExecutionFacts Facts)?> ReadAsync(string id, string engineId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var execution = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        var treeId = execution?.RootExecutionId ?? id;
        if (execution is null || await store.ReadOwnerAsync(treeId, cancellationToken).ConfigureAwait(false) is not { } owner)
        {
            return null;
        }

        var timers = await store.ReadTimersOfTreeAsync(treeId, cancellationToken).ConfigureAwait(false);
        var history = await store.ReadHistoryAsync(treeId, cancellationToken).ConfigureAwait(false);
        var facts = new ExecutionFacts
        {
            Now = now,
            EngineId = engineId,
            Owner = owner,
            TurnOf = turnOf,
            Timers = timers.ToLookup(t => t.ExecutionId, StringComparer.Ordinal),
            History = history.ToLookup(h => h.ExecutionId, StringComparer.Ordinal),
        };
        facts.Add(execution);
        await ReadAboveAsync(facts, execution, cancellationToken).ConfigureAwait(false);
        await ReadBelowAsync(facts, execution, cancellationToken).ConfigureAwait(false);
        return (execution, facts);
    }

    private async ValueTask<IExecution?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false)
        ?? await store.ReadTaskAsync(id, cancellationToken).ConfigureAwait(false)
        ?? (IExecution?)await store.ReadActionAsync(id, cancellationToken).ConfigureAwait(false);

    private async ValueTask ReadAboveAsync(ExecutionFacts facts, IExecution execution, CancellationToken cancellationToken)
    {
        for (IExecution? next = execution; next is not null;)
        {
            facts.Add(next);
            next = next switch
            {
                TaskExecution task => await store.ReadWorkflowAsync(task.WorkflowExecutionId, cancellationToken).ConfigureAwait(false),
                WorkflowExecution { TaskExecutionId: { } id } => await store.ReadTaskAsync(id, cancellationToken).ConfigureAwait(false),
                ActionExecution { TaskExecutionId: { } id } => await store.ReadTaskAsync(id, cancellationToken).ConfigureAwait(false),
                _ => null,
            };
            if (next is WorkflowExecution workflow)
            {
                await ReadDefinitionAsync(facts, workflow).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ReadBelowAsync(ExecutionFacts facts, IExecution execution, CancellationToken cancellationToken)
    {
        if (facts.HasBelow(execution.Id) || facts.Count >= MostInAll)
        {
            return;
        }

        switch (execution)
        {
            case WorkflowExecution workflow:
                await ReadDefinitionAsync(facts, workflow).ConfigureAwait(false);
                await ReadTasksAsync(facts, workflow, cancellationToken).ConfigureAwait(false);
                break;
            case TaskExecution task:
                await ReadChildrenAsync(facts, task, cancellationToken).ConfigureAwait(false);
                if (task.IsJoin && task.StartedAt is null)
                {
                    await ReadUpstreamAsync(facts, task, cancellationToken).ConfigureAwait(false);
                }

                break;
        }
    }

    private async ValueTask ReadDefinitionAsync(ExecutionFacts facts, WorkflowExecution workflow) =>
        facts.Add(workflow.DefinitionHash, await definitionOf(workflow.DefinitionHash).ConfigureAwait(false));

    // Of one that runs, what is not done; of one that failed, what failed. A success needs no reason.
    private async ValueTask ReadTasksAsync(ExecutionFacts facts, WorkflowExecution workflow, CancellationToken cancellationToken)
    {
        if (workflow.State == ExecutionState.Success)
        {
            return;
        }

        var query = new ExecutionQuery { ParentId = workflow.Id, PageSize = MostBelowOne, States = workflow.State.IsCompleted() ? Failed : Open };
        var page = await store.QueryTasksAsync(query, cancellationToken).ConfigureAwait(false);
        facts.AddBelow(workflow.Id, [.. page.Items.OrderBy(t => t.FinishedAt ?? t.CreatedAt).ThenBy(t => t.Ordinal)], page.Next is not null);
        foreach (var task in page.Items)
        {
            await ReadBelowAsync(facts, task, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadChildrenAsync(ExecutionFacts facts, TaskExecution task, CancellationToken cancellationToken)
    {
        var query = new ExecutionQuery { ParentId = task.Id, PageSize = MostBelowOne };
        switch (task.State)
        {
            case ExecutionState.Running or ExecutionState.Paused:
                query = query with { States = Open };
                break;
            case ExecutionState.RunningDelayed:
                // The latest attempt says why there is to be another one.
                query = query with { States = Failed, NewestFirst = true, PageSize = 1 };
                break;
            case ExecutionState.Error or ExecutionState.Cancelled:
                query = query with { States = Failed };
                break;
            default:
                return;
        }

        var actions = await store.QueryActionsAsync(query, cancellationToken).ConfigureAwait(false);
        var workflows = await store.QueryWorkflowsAsync(query, cancellationToken).ConfigureAwait(false);
        var children = actions.Items.Concat<IExecution>(workflows.Items).OrderBy(c => c.FinishedAt ?? c.CreatedAt).ThenBy(c => c.Id, StringComparer.Ordinal);
        var hasMore = (actions.Next ?? workflows.Next) is not null && task.State != ExecutionState.RunningDelayed;
        facts.AddBelow(task.Id, [.. children], hasMore);
        foreach (var workflow in workflows.Items)
        {
            await ReadBelowAsync(facts, workflow, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes back from a join, through tasks that were not started, to those that were.</summary>
    private async ValueTask ReadUpstreamAsync(ExecutionFacts facts, TaskExecution join, CancellationToken cancellationToken)
    {
        if (facts.WorkflowOf(join) is not { } workflow || facts.DefinitionOf(workflow).Definition?.Graph is not { } graph)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { join.Name };
        var names = graph.Inbound(join.Name).Where(seen.Add).ToList();
        while (names.Count > 0 && facts.Count < MostInAll)
        {
            var latest = await store.ReadLatestTasksAsync(workflow.Id, names, cancellationToken).ConfigureAwait(false);
            foreach (var task in latest)
            {
                facts.AddLatest(task);
                await ReadBelowAsync(facts, task, cancellationToken).ConfigureAwait(false);
            }

            var started = latest.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
            names = [.. names.Where(n => !started.Contains(n)).SelectMany(graph.Inbound).Where(seen.Add)];
        }
    }
}
