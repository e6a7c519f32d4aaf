namespace Mistral.Executions.Runtime;

/// <summary>The order in which watchers hear of the changes of one commit: a parent before its children, and these in the order of their creation.</summary>
internal sealed class ChangeOrder(ExecutionChanges changes)
{
    private readonly SortedDictionary<string, (IExecution Execution, bool IsNew)> _left = new(StringComparer.Ordinal);
    private readonly List<(IExecution Execution, bool IsNew)> _ordered = [];
    private ILookup<string?, string> _children = null!;

    public IReadOnlyList<(IExecution Execution, bool IsNew)> All()
    {
        Take(changes.NewWorkflows, isNew: true);
        Take(changes.Workflows, isNew: false);
        Take(changes.NewTasks, isNew: true);
        Take(changes.Tasks, isNew: false);
        Take(changes.NewActions, isNew: true);
        Take(changes.Actions, isNew: false);

        // Ids are in the order of creation, but for the root: its own can be the caller's, and it has no siblings.
        _children = _left.Values.ToLookup(c => ParentIn(c.Execution), c => c.Execution.Id, StringComparer.Ordinal);
        Order(null);
        return _ordered;
    }

    private void Take(IReadOnlyList<IExecution> executions, bool isNew)
    {
        foreach (var execution in executions)
        {
            _left.Add(execution.Id, (execution, isNew));
        }
    }

    private void Order(string? parent)
    {
        foreach (var id in _children[parent])
        {
            _ordered.Add(_left[id]);
            Order(id);
        }
    }

    // Among these changes; one that did not change itself is no place to hang children on.
    private string? ParentIn(IExecution execution)
    {
        var parent = execution switch
        {
            WorkflowExecution workflow => workflow.TaskExecutionId,
            TaskExecution task => task.WorkflowExecutionId,
            _ => ((ActionExecution)execution).TaskExecutionId,
        };
        return parent is not null && _left.ContainsKey(parent) ? parent : null;
    }
}
