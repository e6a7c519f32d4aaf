namespace Mistral.Executions.Testing;

/// <summary>Reads what a workflow execution did.</summary>
internal static class RunReader
{
    public static async Task<WorkflowRun> ReadAsync(ExecutionEngine engine, string id, CancellationToken cancellationToken)
    {
        var execution = await engine.GetWorkflowAsync(id, cancellationToken).ConfigureAwait(false);
        var query = new ExecutionQuery { RootExecutionId = execution.RootExecutionId, PageSize = ExecutionQuery.MaximumPageSize };
        var workflows = await AllAsync(engine.QueryWorkflowsAsync(query, cancellationToken), w => w.TaskExecutionId is not null).ConfigureAwait(false);
        var tasks = await AllAsync(engine.QueryTasksAsync(query, cancellationToken)).ConfigureAwait(false);
        var actions = await AllAsync(engine.QueryActionsAsync(query, cancellationToken)).ConfigureAwait(false);
        var tree = new Tree(
            workflows.ToLookup(w => w.TaskExecutionId!, StringComparer.Ordinal),
            tasks.ToLookup(t => t.WorkflowExecutionId, StringComparer.Ordinal),
            actions.ToLookup(a => a.TaskExecutionId!, StringComparer.Ordinal));
        return tree.Run(execution);
    }

    public static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> executions, Func<T, bool>? isWanted = null)
    {
        var all = new List<T>();
        await foreach (var execution in executions.ConfigureAwait(false))
        {
            if (isWanted is null || isWanted(execution))
            {
                all.Add(execution);
            }
        }

        return all;
    }

    private sealed record Tree(
        ILookup<string, WorkflowExecution> Workflows, ILookup<string, TaskExecution> Tasks, ILookup<string, ActionExecution> Actions)
    {
        public WorkflowRun Run(WorkflowExecution execution) =>
            new(execution, [.. Tasks[execution.Id].Select(Run).OrderBy(t => t.Beginning.At).ThenBy(t => t.Beginning.Id, StringComparer.Ordinal)]);

        private TaskRun Run(TaskExecution execution) => new(execution, [.. Actions[execution.Id]], [.. Workflows[execution.Id].Select(Run)]);
    }
}
