using Spectre.Console;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>A workflow execution as a tree: its tasks in the order in which they came, and what each of them runs.</summary>
/// <param name="store">The store.</param>
/// <param name="now">The time, up to which what runs has taken.</param>
/// <param name="limit">How many executions are shown below one.</param>
internal sealed class ExecutionTreeView(IExecutionStore store, DateTimeOffset now, int limit)
{
    private const int LongestInfo = 240;

    public async Task<Tree> DrawAsync(WorkflowExecution workflow, CancellationToken cancellationToken)
    {
        var tree = new Tree(Line(workflow, workflow.CreatedAt, workflow.FinishedAt ?? now)) { Style = new Style(Color.Grey) };
        await AddTasksAsync(tree, workflow, cancellationToken).ConfigureAwait(false);
        return tree;
    }

    private async Task AddTasksAsync(IHasTreeNodes parent, WorkflowExecution workflow, CancellationToken cancellationToken)
    {
        var query = new ExecutionQuery { ParentId = workflow.Id, PageSize = limit };
        var tasks = await store.QueryTasksAsync(query, cancellationToken).ConfigureAwait(false);
        var until = workflow.FinishedAt ?? now;
        foreach (var task in tasks.Items)
        {
            await AddTaskAsync(parent, task, until, cancellationToken).ConfigureAwait(false);
        }

        AddMore(parent, tasks.Next);
    }

    private async Task AddTaskAsync(IHasTreeNodes parent, TaskExecution task, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var query = new ExecutionQuery { ParentId = task.Id, PageSize = limit };
        var actions = await store.QueryActionsAsync(query, cancellationToken).ConfigureAwait(false);
        var workflows = await store.QueryWorkflowsAsync(query, cancellationToken).ConfigureAwait(false);
        var single = task.Items is null && actions.Items is [var only] && workflows.Items.Count == 0 ? only : null;
        var node = parent.AddNode(Line(task, single, until));
        if (single is null)
        {
            foreach (var action in actions.Items)
            {
                node.AddNode(Line(action, action.CreatedAt, action.FinishedAt ?? now));
            }
        }

        foreach (var nested in workflows.Items)
        {
            await AddTasksAsync(node.AddNode(Line(nested, nested.CreatedAt, nested.FinishedAt ?? now)), nested, cancellationToken).ConfigureAwait(false);
        }

        AddMore(node, actions.Next ?? workflows.Next);
    }

    private void AddMore(IHasTreeNodes parent, string? next)
    {
        if (next is not null)
        {
            parent.AddNode($"[grey]… and more: the first {limit} are shown, --limit shows others[/]");
        }
    }

    private static string Line(TaskExecution task, ActionExecution? single, DateTimeOffset until)
    {
        var details = new List<string>();
        if (single is not null && single.Name != task.Name)
        {
            details.Add($"[grey]{Wording.OneLine(single.Name, 60)}[/]");
        }

        if (task.IsJoin)
        {
            details.Add("[grey]join[/]");
        }

        if (task.Items is { } items)
        {
            details.Add($"[grey]{items.Succeeded} of {items.Count} items{(items.Failed > 0 ? $", {items.Failed} failed" : "")}{(items.Running > 0 ? $", {items.Running} running" : "")}[/]");
        }

        if (task.RetryNumber > 0)
        {
            details.Add($"[grey]{Wording.Count(task.RetryNumber, "retry", "retries")}[/]");
        }

        if (task is { State: ExecutionState.Error, ErrorHandled: true })
        {
            details.Add("[grey]handled[/]");
        }

        // What an ended workflow left open has not gone on since.
        return Line(task, task.CreatedAt, task.FinishedAt ?? until, details, single);
    }

    private static string Line(IExecution execution, DateTimeOffset from, DateTimeOffset to, IEnumerable<string>? details = null, ActionExecution? single = null)
    {
        var name = $"[bold]{Wording.OneLine(execution.Name, 80)}[/]";
        var parts = new List<string> { StateLook.SignOnly(execution.State), name };
        parts.AddRange(details ?? []);
        if (execution.State != ExecutionState.Success)
        {
            parts.Add($"[{StateLook.Colour(execution.State)}]{execution.State.ToWireName()}[/]");
        }

        parts.Add($"[grey]{Wording.Duration(to - from)}[/]");
        if (single is { IsOutside: true, FinishedAt: null })
        {
            parts.Add($"[grey]waits for the result of[/] {Wording.OneLine(single.Id, 60)}");
        }

        var line = string.Join(' ', parts);
        return StateInfoOf(execution) is { Length: > 0 } info && execution.State is ExecutionState.Error or ExecutionState.Paused or ExecutionState.Cancelled
            ? $"{line}\n[{StateLook.Colour(execution.State)}]{info}[/]"
            : line;
    }

    private static string StateInfoOf(IExecution execution) => Wording.FirstLine(
        execution switch
        {
            WorkflowExecution workflow => workflow.StateInfo,
            TaskExecution task => task.StateInfo,
            ActionExecution action => action.StateInfo,
            _ => null,
        },
        LongestInfo);
}
