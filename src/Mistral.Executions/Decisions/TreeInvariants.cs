namespace Mistral.Executions.Decisions;

/// <summary>What holds of every tree after every decision. Checked in tests and simulations.</summary>
internal static class TreeInvariants
{
    /// <summary>Everything that does not hold; empty for a tree that is right.</summary>
    public static IEnumerable<string> Violations(ExecutionTree tree) =>
        tree.AllWorkflows.SelectMany(w => Violations(tree, w)).Concat(tree.AllTasks.SelectMany(t => Violations(tree, t)));

    /// <summary>What does not hold of a workflow execution and its tasks.</summary>
    public static IEnumerable<string> Violations(ExecutionTree tree, WorkflowNode workflow) =>
        CountersEqualARecount(tree, workflow)
            .Concat(NothingIsPendingInAnEndedWorkflow(tree, workflow))
            .Concat(JoinsAreCountedRight(workflow))
            .Concat(ItemsAreInBounds(tree, workflow))
            .Select(violation => $"workflow execution {workflow.Record.Id} ({workflow.Record.Name}): {violation}");

    /// <summary>What does not hold of a task execution and its children.</summary>
    public static IEnumerable<string> Violations(ExecutionTree tree, TaskNode task) =>
        task.Children.Where(c => tree.FindAction(c) is null && tree.FindWorkflow(c) is null)
            .Select(child => $"the task '{task.Record.Name}' has a child {child} that is not at hand");

    /// <summary>Where two trees differ; empty when they are the same.</summary>
    public static IEnumerable<string> Differences(ExecutionTree one, ExecutionTree other)
    {
        var (left, right) = (Lines(one), Lines(other));
        return left.Except(right, StringComparer.Ordinal).Select(l => $"only in the first: {l}")
            .Concat(right.Except(left, StringComparer.Ordinal).Select(r => $"only in the second: {r}"));
    }

    private static IEnumerable<string> CountersEqualARecount(ExecutionTree tree, WorkflowNode workflow)
    {
        var tasks = tree.TasksOf(workflow.Record.Id).Select(t => t.Record).ToList();
        var open = tasks.Count(t => !t.State.IsCompleted());
        var waiting = tasks.Where(t => t.State == ExecutionState.Waiting).Select(t => t.Ordinal);
        var errors = tasks.Where(t => t.State == ExecutionState.Error).ToList();
        var cancelled = tasks.Count(t => t.State == ExecutionState.Cancelled);
        if (open != workflow.Open || errors.Count != workflow.Errors || cancelled != workflow.Cancelled
            || errors.Count(t => !t.ErrorHandled) != workflow.UnhandledErrors || !workflow.Waiting.SetEquals(waiting))
        {
            yield return "a counter of its tasks differs from a recount";
        }
    }

    private static IEnumerable<string> NothingIsPendingInAnEndedWorkflow(ExecutionTree tree, WorkflowNode workflow)
    {
        if (workflow.Record.State.IsCompleted())
        {
            foreach (var task in tree.TasksOf(workflow.Record.Id).Where(t => !tree.TimersOf(t.Record.Id).IsEmpty))
            {
                yield return $"it has ended, but a timer is set for its task '{task.Record.Name}'";
            }
        }
    }

    private static IEnumerable<string> JoinsAreCountedRight(WorkflowNode workflow)
    {
        var recount = workflow.Progress.Recounted(workflow.Definition.Graph);
        foreach (var join in workflow.Definition.Graph.Tracked.Where(workflow.Definition.Graph.IsJoin))
        {
            var (kept, counted) = (workflow.Progress.CountsOf(join), recount.CountsOf(join));
            if (kept != counted)
            {
                yield return $"the join '{join}' is counted as {kept}, but is {counted}";
            }
        }
    }

    private static IEnumerable<string> ItemsAreInBounds(ExecutionTree tree, WorkflowNode workflow)
    {
        foreach (var task in tree.TasksOf(workflow.Record.Id).Select(t => t.Record))
        {
            if (task.Items is { } items
                && (items.Running < 0 || items.Next > items.Count || items.Finished > items.Count
                    || (items.Concurrency > 0 && items.Running > items.Concurrency)
                    || items.Running + items.Finished + items.Again.Count != items.Next))
            {
                yield return $"the items of the task '{task.Name}' do not add up: {items}";
            }
        }
    }

    private static HashSet<string> Lines(ExecutionTree tree)
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workflow in tree.AllWorkflows)
        {
            lines.Add($"{workflow.Record.Id} {workflow.Record.State} tasks {workflow.TaskCount} open {workflow.Open} waiting {workflow.Waiting.Count} errors {workflow.Errors}/{workflow.UnhandledErrors} cancelled {workflow.Cancelled}");
        }

        foreach (var task in tree.AllTasks)
        {
            lines.Add($"{task.Record.Id} {task.Record.Name} {task.Record.State} children {string.Join(",", task.Children)} data {task.Inbound?.ToSnapshot()}");
        }

        foreach (var action in tree.OpenActions)
        {
            lines.Add($"{action.Id} {action.Name} {action.State} timers {tree.TimersOf(action.Id).Count}");
        }

        return lines;
    }
}
