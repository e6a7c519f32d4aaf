namespace Mistral.Executions.Decisions;

internal sealed partial record ExecutionTree
{
    /// <summary>The definitions that the workflow executions of a stored tree go on with.</summary>
    public static IEnumerable<string> DefinitionHashes(StoredTree stored) =>
        stored.Workflows.Select(w => w.DefinitionHash).Distinct(StringComparer.Ordinal);

    /// <summary>The tasks whose latest executions decide whether others can start, by workflow execution.</summary>
    public static IReadOnlyList<(string WorkflowExecutionId, IReadOnlyCollection<string> TaskNames)> TasksToRead(StoredTree stored, IDecisionCatalog catalog) =>
    [
        .. stored.Workflows
            .Where(w => !w.State.IsCompleted() || w.State is ExecutionState.Error or ExecutionState.Cancelled)
            .Select(w => (w.Id, Names: (IReadOnlyCollection<string>)Definition(catalog, w).Graph.Tracked))
            .Where(w => w.Names.Count > 0),
    ];

    /// <summary>Makes a tree of its stored rows.</summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="stored">The rows.</param>
    /// <param name="latestTasks">What <see cref="TasksToRead"/> asked for, by workflow execution.</param>
    /// <param name="catalog">Has the definitions.</param>
    public static ExecutionTree Load(
        string treeId,
        StoredTree stored,
        IReadOnlyDictionary<string, IReadOnlyList<TaskExecution>> latestTasks,
        IDecisionCatalog catalog)
    {
        var tree = Empty(treeId).Admit(stored, catalog);
        foreach (var (workflowId, tasks) in latestTasks)
        {
            tree = tree.WithProgress(workflowId, tasks);
        }

        return tree;
    }

    /// <summary>This tree with rows that were not at hand. Rows that are stay as they are.</summary>
    public ExecutionTree Admit(StoredTree stored, IDecisionCatalog catalog)
    {
        var workflows = Workflows;
        foreach (var workflow in stored.Workflows.Where(w => !Workflows.Contains(w.Id)))
        {
            workflows = workflows.With(workflow.Id, new(workflow, Definition(catalog, workflow)));
        }

        var tree = this with { Workflows = workflows };
        var path = stored.ContextTasks.Concat(stored.Tasks).DistinctBy(t => t.Id).ToDictionary(t => t.Id, StringComparer.Ordinal);
        foreach (var task in stored.Tasks.Where(t => !Tasks.Contains(t.Id)).OrderBy(t => t.Ordinal))
        {
            tree = tree.Admit(task, path);
        }

        foreach (var nested in stored.Workflows.Where(w => w.TaskExecutionId is not null && tree.Tasks.Contains(w.TaskExecutionId)))
        {
            tree = tree.WithChild(nested.TaskExecutionId!, nested.Id);
        }

        foreach (var action in stored.Actions.Where(a => !Actions.Contains(a.Id) && (a.TaskExecutionId is null || tree.Tasks.Contains(a.TaskExecutionId))))
        {
            tree = tree.With(action);
        }

        foreach (var timer in stored.Timers.Where(t => !tree.HasTimer(t.ExecutionId, t.Id)))
        {
            tree = tree.With(timer);
        }

        return tree;
    }

    private static WorkflowDefinition Definition(IDecisionCatalog catalog, WorkflowExecution workflow) =>
        catalog.FindWorkflowByHash(workflow.DefinitionHash)
        ?? throw new InvalidOperationException($"The definition {workflow.DefinitionHash} of the workflow execution '{workflow.Id}' has not been read.");

    private static DataContext? InboundOf(TaskExecution task, Dictionary<string, TaskExecution> path)
    {
        var origin = task.InboundContext;
        if (origin.Snapshot is { } snapshot)
        {
            return DataContext.FromSnapshot(snapshot);
        }

        if (origin.TaskExecutionId is null)
        {
            return DataContext.Empty;
        }

        return IsWhole(origin.TaskExecutionId, path) ? ContextReader.Outbound(path.Values, origin.TaskExecutionId) : null;
    }

    private static bool IsWhole(string taskId, Dictionary<string, TaskExecution> path)
    {
        var next = taskId;
        while (next is not null)
        {
            if (!path.TryGetValue(next, out var task))
            {
                return false;
            }

            next = task.InboundContext.TaskExecutionId;
        }

        return true;
    }

    private ExecutionTree Admit(TaskExecution task, Dictionary<string, TaskExecution> path)
    {
        if (!Workflows.TryGetValue(task.WorkflowExecutionId, out var workflow))
        {
            return this;
        }

        var node = new TaskNode(task, InboundOf(task, path));
        return this with
        {
            Tasks = Tasks.With(task.Id, node),
            Workflows = Workflows.With(task.WorkflowExecutionId, Counted(workflow, null, task, workflow.Progress, isKept: true)),
        };
    }

    private ExecutionTree WithProgress(string workflowId, IReadOnlyList<TaskExecution> latest)
    {
        if (!Workflows.TryGetValue(workflowId, out var workflow))
        {
            return this;
        }

        var progress = RouteProgress.Of(
            workflow.Definition.Graph,
            latest,
            task => task.State.IsCompleted() ? Tasks.Find(task.Id)?.Inbound?.Publish(task.Published) : null);
        return this with { Workflows = Workflows.With(workflowId, workflow with { Progress = progress }) };
    }
}
