using Mistral.Executions;

namespace FileIndex;

/// <summary>Says what is done and what is left, from the changes that have become durable.</summary>
internal sealed class IndexProgress(ExecutionEngine engine, string executionId, TextWriter output)
{
    private readonly HashSet<string> _groupsDone = [];
    private int? _groups;

    /// <summary>Says what an earlier run has done. None of it is done again.</summary>
    public async Task SayWhatIsDoneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var steps = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var query = new ExecutionQuery { RootExecutionId = executionId, States = [ExecutionState.Success], PageSize = ExecutionQuery.MaximumPageSize };
        await foreach (var action in engine.QueryActionsAsync(query, cancellationToken))
        {
            if (action.FinishedAt < before)
            {
                steps[action.Name] = steps.GetValueOrDefault(action.Name) + 1;
            }
        }

        var named = string.Join(", ", steps.Select(s => $"{s.Key} × {s.Value:N0}"));
        await output.WriteLineAsync(steps.Count == 0
            ? $"Going on with {executionId}: no step was done yet."
            : $"Going on with {executionId}: {steps.Values.Sum():N0} steps are done and are not repeated: {named}.");
    }

    /// <summary>Says what happens until the execution has ended, here or in another process that has it.</summary>
    public async Task WatchAsync(Task ended, CancellationToken cancellationToken)
    {
        var watch = new ExecutionWatch
        {
            RootExecutionId = executionId,
            Kinds = [ExecutionKind.Workflow, ExecutionKind.Task],
            States = [ExecutionState.Success, ExecutionState.Error],
        };

        // The watch begins here; what ended before is asked for afterwards, so that nothing falls between the two.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var changes = engine.WatchAsync(watch).GetAsyncEnumerator(enough.Token);
        await ReadWhatIsDoneAsync(cancellationToken);
        var next = changes.MoveNextAsync().AsTask();
        while (await Task.WhenAny(next, ended) == next)
        {
            await next;
            await SayAsync(changes.Current.Execution);
            next = changes.MoveNextAsync().AsTask();
        }

        await enough.CancelAsync();
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadWhatIsDoneAsync(CancellationToken cancellationToken)
    {
        var query = new ExecutionQuery { RootExecutionId = executionId, States = [ExecutionState.Success] };
        await foreach (var list in engine.QueryTasksAsync(query with { Name = "list" }, cancellationToken))
        {
            _groups = list.Published["groups"].AsArray().Count;
        }

        await foreach (var group in engine.QueryWorkflowsAsync(query with { Name = IndexWorkflows.GroupName }, cancellationToken))
        {
            _groupsDone.Add(group.Id);
        }
    }

    private async Task SayAsync(IExecution execution)
    {
        switch (execution)
        {
            case TaskExecution { Name: "list", State: ExecutionState.Success } list when _groups is null:
                var groups = list.Published["groups"].AsArray();
                _groups = groups.Count;
                await output.WriteLineAsync($"list: {groups.Sum(g => g.AsArray().Count):N0} text files in {groups.Count:N0} groups");
                break;
            case WorkflowExecution { Name: IndexWorkflows.GroupName, State: ExecutionState.Success } group when _groupsDone.Add(group.Id):
                var files = group.Output["files"].AsArray();
                await output.WriteLineAsync(
                    $"group {group.Index + 1}: {files.Count:N0} files, {files.Sum(f => (long)f["count"]["lines"].AsInteger()):N0} lines ({_groupsDone.Count:N0} of {_groups:N0} groups)");
                break;
            case { State: ExecutionState.Error }:
                await output.WriteLineAsync($"{execution.Name}: {execution.StateInfo}");
                break;
            default:
                break;
        }
    }
}
