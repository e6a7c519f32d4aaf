using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>Reads what a decision asks for from the store, after everything its tree has changed is durable.</summary>
internal sealed class LookupReader(IExecutionStore store)
{
    public async ValueTask<object?> AnswerAsync(Lookup lookup) => lookup switch
    {
        Lookup.AcceptedChildren(var id) => (await ChildrenAsync(id).ConfigureAwait(false)).Where(IsAccepted).ToList(),
        Lookup.Children(var id) => await ChildrenAsync(id).ConfigureAwait(false),
        Lookup.TaskByName(var workflowId, var name) => await LatestTaskAsync(workflowId, name).ConfigureAwait(false),
        Lookup.TaskById(var id) => await store.ReadTaskAsync(id, CancellationToken.None).ConfigureAwait(false),
        Lookup.ActionById(var id) => await store.ReadActionAsync(id, CancellationToken.None).ConfigureAwait(false),
        Lookup.Tasks(var workflowId) => await TasksAsync(new() { ParentId = workflowId }).ConfigureAwait(false),
        Lookup.Workflows workflows => await WorkflowsAsync(workflows).ConfigureAwait(false),
        Lookup.WorkflowsOfTask(var id) => await WorkflowsAsync(new ExecutionQuery { ParentId = id }).ConfigureAwait(false),
        Lookup.ContextPath(var id) => await ContextPathAsync(id).ConfigureAwait(false),
        Lookup.EndedWorkflow(var id) => await EndedWorkflowAsync(id).ConfigureAwait(false),
        _ => throw new ArgumentOutOfRangeException(nameof(lookup), lookup, "There is no such look-up."),
    };

    private static bool IsAccepted(IExecution execution) => execution switch
    {
        ActionExecution action => action.Accepted && action.State.IsCompleted(),
        WorkflowExecution workflow => workflow.Accepted && workflow.State.IsCompleted(),
        _ => false,
    };

    private async ValueTask<List<IExecution>> ChildrenAsync(string taskId)
    {
        var query = new ExecutionQuery { ParentId = taskId };
        var children = new List<IExecution>();
        children.AddRange(await ActionsAsync(query).ConfigureAwait(false));
        children.AddRange(await WorkflowsAsync(query).ConfigureAwait(false));
        return children;
    }

    private async ValueTask<TaskExecution?> LatestTaskAsync(string workflowId, string name) =>
        await store.ReadLatestTasksAsync(workflowId, [name], CancellationToken.None).ConfigureAwait(false) is [var latest, ..] ? latest : null;

    private async ValueTask<List<WorkflowExecution>> WorkflowsAsync(Lookup.Workflows lookup)
    {
        IReadOnlyList<ExecutionState> states = lookup.State is null
            ? []
            : ExecutionStates.TryParse(lookup.State, out var state) ? [state] : [];
        if (lookup.State is not null && states.Count == 0)
        {
            return [];
        }

        if (lookup.Id is null)
        {
            return await WorkflowsAsync(new ExecutionQuery { RootExecutionId = lookup.RootExecutionId, States = states }).ConfigureAwait(false);
        }

        var found = await store.ReadWorkflowAsync(lookup.Id, CancellationToken.None).ConfigureAwait(false);
        var isWanted = found is not null
            && (lookup.RootExecutionId is null || found.RootExecutionId == lookup.RootExecutionId)
            && (states.Count == 0 || states.Contains(found.State));
        return isWanted ? [found!] : [];
    }

    private async ValueTask<List<TaskExecution>> ContextPathAsync(string taskId)
    {
        var path = new List<TaskExecution>();
        for (var id = taskId; id is not null; id = path[^1].InboundContext is { Snapshot: null } origin ? origin.TaskExecutionId : null)
        {
            if (await store.ReadTaskAsync(id, CancellationToken.None).ConfigureAwait(false) is not { } task)
            {
                break;
            }

            path.Add(task);
        }

        return path;
    }

    // An ended workflow execution as it would be read were it open, and so its parents up to the root.
    private async ValueTask<StoredTree?> EndedWorkflowAsync(string workflowId)
    {
        if (await store.FindTreeAsync(workflowId, CancellationToken.None).ConfigureAwait(false) is not { } treeId
            || await store.ReadTreeAsync(treeId, CancellationToken.None).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        var workflows = stored.Workflows.ToDictionary(w => w.Id, StringComparer.Ordinal);
        var tasks = stored.Tasks.ToDictionary(t => t.Id, StringComparer.Ordinal);
        var actions = stored.Actions.ToDictionary(a => a.Id, StringComparer.Ordinal);
        var context = stored.ContextTasks.ToDictionary(t => t.Id, StringComparer.Ordinal);
        var next = workflowId;
        while (next is not null && await store.ReadWorkflowAsync(next, CancellationToken.None).ConfigureAwait(false) is { } workflow)
        {
            workflows[workflow.Id] = workflow;
            foreach (var task in await TasksAsync(new() { ParentId = workflow.Id }).ConfigureAwait(false))
            {
                if (!IsOfInterest(task) || !tasks.TryAdd(task.Id, task))
                {
                    continue;
                }

                foreach (var before in (await ContextPathAsync(task.Id).ConfigureAwait(false)).Skip(1))
                {
                    context.TryAdd(before.Id, before);
                }

                if (!task.State.IsCompleted())
                {
                    await AddActionsAsync(task, actions).ConfigureAwait(false);
                }
            }

            var parent = workflow.TaskExecutionId is null ? null : await store.ReadTaskAsync(workflow.TaskExecutionId, CancellationToken.None).ConfigureAwait(false);
            if (parent is not null)
            {
                tasks[parent.Id] = parent;
            }

            next = parent?.WorkflowExecutionId;
        }

        return stored with { Workflows = [.. workflows.Values], Tasks = [.. tasks.Values], Actions = [.. actions.Values], ContextTasks = [.. context.Values] };
    }

    private static bool IsOfInterest(TaskExecution task) =>
        !task.State.IsCompleted() || !task.Processed || !task.HasNextTasks || task.State is ExecutionState.Error or ExecutionState.Cancelled;

    private async ValueTask AddActionsAsync(TaskExecution task, Dictionary<string, ActionExecution> actions)
    {
        foreach (var action in await ActionsAsync(new() { ParentId = task.Id }).ConfigureAwait(false))
        {
            if (!action.State.IsCompleted() || (task.Items is null && action.Accepted))
            {
                actions.TryAdd(action.Id, action);
            }
        }
    }

    private ValueTask<List<WorkflowExecution>> WorkflowsAsync(ExecutionQuery query) => AllAsync(store.QueryWorkflowsAsync, query);

    private ValueTask<List<TaskExecution>> TasksAsync(ExecutionQuery query) => AllAsync(store.QueryTasksAsync, query);

    private ValueTask<List<ActionExecution>> ActionsAsync(ExecutionQuery query) => AllAsync(store.QueryActionsAsync, query);

    private static async ValueTask<List<T>> AllAsync<T>(Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read, ExecutionQuery query)
        where T : IExecution
    {
        var all = new List<T>();
        query = query with { PageSize = ExecutionQuery.MaximumPageSize };
        do
        {
            var page = await read(query, CancellationToken.None).ConfigureAwait(false);
            all.AddRange(page.Items);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return all;
    }
}
