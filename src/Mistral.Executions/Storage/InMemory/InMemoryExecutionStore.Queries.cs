namespace Mistral.Executions;

/// <content>What can be read of the executions.</content>
public sealed partial class InMemoryExecutionStore
{
    /// <inheritdoc/>
    public Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken) =>
        Locked(() => TreeOf(executionId)?.Id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(
        string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RecoverableAction>>(() =>
        [
            .. _trees.Values
                .Where(tree => IsFor(engineId, tree, now))
                .SelectMany(tree => tree.Actions.Values
                    .Where(action => action.State == ExecutionState.Running && !action.IsOutside)
                    .Select(action => new RecoverableAction(action.Id, tree.Id, tree.OwnerId)))
                .Where(action => after is null || string.CompareOrdinal(action.ActionExecutionId, after) > 0)
                .OrderBy(action => action.ActionExecutionId, StringComparer.Ordinal)
                .Take(limit),
        ], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
        string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ExecutionTimer>>(() =>
        [
            .. _trees.Values
                .Where(tree => IsFor(engineId, tree, now))
                .SelectMany(tree => tree.Timers.Values)
                .Where(timer => after is null || IsAfter(timer.DueAt, timer.Id, after.DueAt, after.Id))
                .OrderBy(timer => timer.DueAt)
                .ThenBy(timer => timer.Id, StringComparer.Ordinal)
                .Take(limit),
        ], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ExecutionTimer>>(
            () => _trees.TryGetValue(treeId, out var tree) ? [.. tree.Timers.Values.OrderBy(timer => timer.Id, StringComparer.Ordinal)] : [],
            cancellationToken);

    /// <inheritdoc/>
    public Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken) =>
        Locked(
            () => _trees.TryGetValue(treeId, out var tree) && _leases[tree.OwnerId] is var owner
                ? new EngineLease(owner.EngineId, owner.IsSuperseded ? DateTimeOffset.MinValue : owner.ExpiresAt)
                : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken) =>
        Locked(() => _definitions.GetValueOrDefault(hash), cancellationToken);

    /// <inheritdoc/>
    public Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
        Locked(() => _treeOf.GetValueOrDefault((ExecutionKind.Workflow, id))?.Workflows[id], cancellationToken);

    /// <inheritdoc/>
    public Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
        Locked(() => _treeOf.GetValueOrDefault((ExecutionKind.Task, id))?.Tasks[id], cancellationToken);

    /// <inheritdoc/>
    public Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken) =>
        Locked(() => _treeOf.GetValueOrDefault((ExecutionKind.Action, id))?.Actions[id], cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Locked(() => Page(
            query,
            _trees.Values.SelectMany(tree => tree.Workflows.Values).Where(w =>
                (query.Namespace is null || w.Namespace == query.Namespace)
                && (query.Tag is null || w.Tags.Contains(query.Tag))
                && (query.ParentId is null || w.TaskExecutionId == query.ParentId)
                && (!query.OnlyRoots || w.TaskExecutionId is null)),
            ordersByTime: true), cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Locked(() => Page(
            query,
            _trees.Values.SelectMany(tree => tree.Tasks.Values).Where(t =>
                (query.Tag is null || t.Tags.Contains(query.Tag))
                && (query.ParentId is null || t.WorkflowExecutionId == query.ParentId)
                && query.Namespace is null
                && !query.OnlyRoots),
            ordersByTime: false), cancellationToken);

    /// <inheritdoc/>
    public Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        Locked(() => Page(
            query,
            _trees.Values.SelectMany(tree => tree.Actions.Values).Where(a =>
                (query.ParentId is null || a.TaskExecutionId == query.ParentId)
                && query.Namespace is null
                && query.Tag is null
                && (!query.OnlyRoots || a.TaskExecutionId is null)),
            ordersByTime: false), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(
        string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<TaskExecution>>(() =>
            _treeOf.TryGetValue((ExecutionKind.Workflow, workflowExecutionId), out var tree)
                ?
                [
                    .. tree.Tasks.Values
                        .Where(t => t.WorkflowExecutionId == workflowExecutionId && names.Contains(t.Name))
                        .GroupBy(t => t.Name, StringComparer.Ordinal)
                        .Select(ofName => ofName.MaxBy(t => t.Ordinal)!),
                ]
                : [], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<HistoryEntry>>(
            () => TreeOf(executionId) is { } tree
                ? [.. tree.History.Values.Where(e => tree.IsWithin(e.ExecutionId, executionId)).OrderBy(e => e.Id, StringComparer.Ordinal)]
                : [],
            cancellationToken);

    private static ExecutionPage<T> Page<T>(ExecutionQuery query, IEnumerable<T> executions, bool ordersByTime)
        where T : IExecution
    {
        var after = PagePosition.Of(query);
        DateTimeOffset TimeOf(T execution) => ordersByTime ? execution.CreatedAt : default;

        var found = executions.Where(e =>
            (query.States.Count == 0 || query.States.Contains(e.State))
            && (query.Name is null || e.Name == query.Name)
            && (query.RootExecutionId is null || e.RootExecutionId == query.RootExecutionId)
            && (query.CreatedFrom is null || e.CreatedAt >= query.CreatedFrom)
            && (query.CreatedBefore is null || e.CreatedAt < query.CreatedBefore));
        var ordered = found.OrderBy(TimeOf).ThenBy(e => e.Id, StringComparer.Ordinal).ToList();
        if (query.NewestFirst)
        {
            ordered.Reverse();
        }

        if (after is { } position)
        {
            var time = ordersByTime ? position.CreatedAt : default;
            ordered = ordered.FindAll(e => query.NewestFirst
                ? IsAfter(time, position.Id, TimeOf(e), e.Id)
                : IsAfter(TimeOf(e), e.Id, time, position.Id));
        }

        var page = ordered.Take(query.PageSize).ToList();
        return new ExecutionPage<T>(page, ordered.Count > page.Count ? PagePosition.Of(page[^1]).ToString() : null);
    }

    private static bool IsAfter(DateTimeOffset time, string id, DateTimeOffset otherTime, string otherId) =>
        time != otherTime ? time > otherTime : string.CompareOrdinal(id, otherId) > 0;

    private InMemoryTree? TreeOf(string executionId) =>
        Enum.GetValues<ExecutionKind>().Select(kind => _treeOf.GetValueOrDefault((kind, executionId))).FirstOrDefault(tree => tree is not null);
}
