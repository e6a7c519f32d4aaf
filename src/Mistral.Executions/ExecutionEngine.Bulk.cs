namespace Mistral.Executions;

/// <content>What an operator can do to many executions at once.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>
    /// Does something to every execution that a query asks for, or says what it would do. Each is done, or refused, for
    /// itself: what is done is durable when this returns. Executions of different trees are taken at the same time.
    /// </summary>
    /// <param name="verb">What to do. It says whether the query is for workflow, task or action executions.</param>
    /// <param name="query">Which executions. Where it names no states, those in which there is something for the verb to do.</param>
    /// <param name="options">The arguments of the verb, and whether it is a preview.</param>
    /// <param name="cancellationToken">Gives up what is not under way yet.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">The options do not fit the verb.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    public async Task<BulkResult> BulkAsync(BulkVerb verb, ExecutionQuery query, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new();
        BulkRules.Check(verb, options);
        _runtime.ThrowWhenClosed();
        var (found, hasMore) = await FindAsync(verb, query, options.MaximumExecutions, cancellationToken).ConfigureAwait(false);
        var items = options.Preview
            ? [.. found.Select(e => Item(e, BulkRules.Judge(verb, e, options)))]
            : await ApplyAsync(verb, found, options, cancellationToken).ConfigureAwait(false);
        return new() { Verb = verb, IsPreview = options.Preview, Items = items, HasMore = hasMore };
    }

    private static BulkItem Item(IExecution execution, (BulkOutcome Outcome, string? Reason) what) =>
        new(execution.Kind, execution.Id, execution.Name, execution.State, what.Outcome, what.Reason);

    private async ValueTask<(List<IExecution> Found, bool HasMore)> FindAsync(BulkVerb verb, ExecutionQuery query, int limit, CancellationToken cancellationToken)
    {
        var kind = BulkRules.KindFor(verb);
        query = query with
        {
            States = query.States.Count == 0 ? BulkRules.StatesFor(verb) : query.States,
            OnlyRoots = query.OnlyRoots || verb == BulkVerb.Delete,

            // A task is made after those above it: what is below comes first.
            NewestFirst = query.NewestFirst || kind == ExecutionKind.Task,
        };
        IAsyncEnumerable<IExecution> executions = kind switch
        {
            ExecutionKind.Workflow => QueryWorkflowsAsync(query, cancellationToken),
            ExecutionKind.Task => QueryTasksAsync(query, cancellationToken),
            _ => QueryActionsAsync(query, cancellationToken),
        };
        var found = new List<IExecution>();
        await foreach (var execution in executions.ConfigureAwait(false))
        {
            if (found.Count == limit)
            {
                return (found, true);
            }

            found.Add(execution);
        }

        return (found, false);
    }

    private async Task<BulkItem[]> ApplyAsync(BulkVerb verb, List<IExecution> found, BulkOptions options, CancellationToken cancellationToken)
    {
        var items = new BulkItem[found.Count];
        var trees = Enumerable.Range(0, found.Count).GroupBy(place => found[place].RootExecutionId ?? found[place].Id, StringComparer.Ordinal);
        await Task.WhenAll(trees.Select(ApplyToTreeAsync)).ConfigureAwait(false);
        return items;

        async Task ApplyToTreeAsync(IEnumerable<int> places)
        {
            foreach (var place in places)
            {
                cancellationToken.ThrowIfCancellationRequested();
                items[place] = Item(found[place], await ApplyAsync(verb, found[place], options, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private async ValueTask<(BulkOutcome Outcome, string? Reason)> ApplyAsync(BulkVerb verb, IExecution found, BulkOptions options, CancellationToken cancellationToken)
    {
        try
        {
            IExecution now = found.Kind switch
            {
                ExecutionKind.Workflow => await GetWorkflowAsync(found.Id, cancellationToken).ConfigureAwait(false),
                ExecutionKind.Task => await GetTaskAsync(found.Id, cancellationToken).ConfigureAwait(false),
                _ => await GetActionAsync(found.Id, cancellationToken).ConfigureAwait(false),
            };
            var judged = BulkRules.Judge(verb, now, options);
            if (judged.Outcome == BulkOutcome.Done)
            {
                await DoAsync(verb, found.Id, options, cancellationToken).ConfigureAwait(false);
            }

            return judged;
        }
        catch (ExecutionException refusal) when (refusal is not (EngineClosedException or LeaseLostException))
        {
            return (BulkOutcome.Refused, refusal.Message);
        }
    }

    private Task DoAsync(BulkVerb verb, string id, BulkOptions options, CancellationToken cancellationToken) => verb switch
    {
        BulkVerb.Pause => PauseAsync(id, options.Reason, cancellationToken),
        BulkVerb.Resume => ResumeAsync(id, options.Environment, cancellationToken),
        BulkVerb.Cancel => CancelAsync(id, options.Reason, cancellationToken),
        BulkVerb.Stop => StopAsync(id, options.StopState, options.Reason, cancellationToken),
        BulkVerb.Update => UpdateAsync(id, options.Description, options.Environment, cancellationToken),
        BulkVerb.Delete => DeleteAsync(id, cancellationToken),
        BulkVerb.RerunTasks => RerunTaskAsync(id, options.Reset, options.Environment, cancellationToken),
        BulkVerb.SkipTasks => SkipTaskAsync(id, options.Environment, cancellationToken),
        BulkVerb.PauseActions => UpdateActionAsync(id, ExecutionState.Paused, cancellationToken),
        BulkVerb.ResumeActions => UpdateActionAsync(id, ExecutionState.Running, cancellationToken),
        BulkVerb.CompleteActions => CompleteActionAsync(id, options.Result!, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "There is no such verb."),
    };
}
