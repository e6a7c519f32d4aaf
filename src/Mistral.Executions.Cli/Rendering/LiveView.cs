using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>Shows executions while they change: redrawn in place where a person looks, a line for each change elsewhere.</summary>
/// <param name="host">The world.</param>
/// <param name="store">The store.</param>
/// <param name="interval">How often the store is read.</param>
/// <param name="limit">How many executions are shown below one.</param>
internal sealed class LiveView(ToolHost host, IExecutionStore store, TimeSpan interval, int limit)
{
    /// <summary>Follows a workflow execution to its end.</summary>
    /// <returns>The record as it ended.</returns>
    public async Task<WorkflowExecution> FollowAsync(string id, CancellationToken cancellationToken)
    {
        if (!host.Console.Profile.Capabilities.Interactive)
        {
            return await FollowInLinesAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return await LiveAsync(
            async show =>
            {
                while (true)
                {
                    var workflow = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
                    show(await new ExecutionTreeView(store, host.Time.GetUtcNow(), limit).DrawAsync(workflow, cancellationToken).ConfigureAwait(false));
                    if (workflow.State.IsCompleted())
                    {
                        return workflow;
                    }

                    await Task.Delay(interval, host.Time, cancellationToken).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
    }

    /// <summary>Follows all that is open, until it is interrupted.</summary>
    public Task FollowAllAsync(CancellationToken cancellationToken) => LiveAsync<bool>(async show =>
    {
        ExecutionState[] open = [ExecutionState.Idle, ExecutionState.Running, ExecutionState.RunningDelayed, ExecutionState.Paused, ExecutionState.Waiting];
        while (true)
        {
            var page = await store.QueryWorkflowsAsync(new() { OnlyRoots = true, States = open, NewestFirst = true, PageSize = limit }, cancellationToken).ConfigureAwait(false);
            var now = host.Time.GetUtcNow();
            var title = page.Items.Count == 0 ? "Nothing is open." : $"{page.Items.Count}{(page.Next is null ? "" : " or more")} open";
            show(new Rows(new Markup($"[grey]{Wording.Time(now)}[/]  [bold]{title}[/]"), ExecutionTable.Of(page.Items, now)));
            await Task.Delay(interval, host.Time, cancellationToken).ConfigureAwait(false);
        }
    });

    private Task<T> LiveAsync<T>(Func<Action<IRenderable>, Task<T>> work) =>
        host.Console.Live(new Text(""))
            .Overflow(VerticalOverflow.Ellipsis)
            .Cropping(VerticalOverflowCropping.Top)
            .StartAsync(context => work(context.UpdateTarget));

    private async Task<WorkflowExecution> FollowInLinesAsync(string id, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, ExecutionState>(StringComparer.Ordinal);
        while (true)
        {
            var workflow = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            var query = new ExecutionQuery { RootExecutionId = workflow.RootExecutionId, PageSize = ExecutionQuery.MaximumPageSize };
            var tasks = await store.QueryTasksAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var execution in tasks.Items.Append<IExecution>(workflow))
            {
                if (!seen.TryGetValue(execution.Id, out var before) || before != execution.State)
                {
                    seen[execution.Id] = execution.State;
                    host.Console.MarkupLine($"[grey]{Wording.Time(host.Time.GetUtcNow())}[/] {StateLook.Markup(execution.State)} {Wording.OneLine(execution.Name, 200)}");
                }
            }

            if (workflow.State.IsCompleted())
            {
                return workflow;
            }

            await Task.Delay(interval, host.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WorkflowExecution> ReadAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);
}
