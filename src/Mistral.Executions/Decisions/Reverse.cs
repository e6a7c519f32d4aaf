namespace Mistral.Executions.Decisions;

/// <summary>Reverse workflows: what the target task requires is run first. See "Reverse workflow" in Mistral's description of the workflow language.</summary>
internal static class Reverse
{
    /// <exception cref="InputException">There is no such target task.</exception>
    public static void CheckTarget(WorkflowDefinition definition, JsonMap parameters)
    {
        var target = Truth.Text(parameters.GetOrNull("task_name"));
        if (target is null || definition.FindTask(target) is null)
        {
            throw new InputException(target is null
                ? $"The reverse workflow '{definition.Name}' needs the parameter 'task_name': the task it is to reach."
                : $"The reverse workflow '{definition.Name}' has no task '{target}' to reach.");
        }
    }

    /// <summary>Starts every task on the way to the target that has not run and whose required tasks have succeeded.</summary>
    public static void StartSatisfied(Turn turn, string workflowId)
    {
        var definition = turn.Tree.WorkflowNode(workflowId).Definition;
        var target = definition.FindTask(Truth.Text(turn.Tree.FindWorkflow(workflowId)!.Parameters.GetOrNull("task_name"))!)!;
        foreach (var task in OnTheWay(definition, target))
        {
            if (turn.Tree.FindWorkflowNode(workflowId) is not { Record.State: ExecutionState.Running } workflow)
            {
                return;
            }

            var required = task.Requires.Where(r => r != task.Name).Select(workflow.Progress.Find).ToList();
            if (workflow.Progress.Find(task.Name) is null && required.All(r => r is { State: ExecutionState.Success, IsSettled: true }))
            {
                var upstream = required.OrderBy(r => r!.Ordinal).Select(r => turn.HandoverOf(r!.Id)).ToList();
                TaskStart.Start(turn, workflowId, task, turn.NewId(), Handover.Merge(upstream), []);
            }
        }
    }

    private static List<TaskDefinition> OnTheWay(WorkflowDefinition definition, TaskDefinition target)
    {
        var way = new List<TaskDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { target.Name };
        var open = new Stack<(TaskDefinition Task, int Next)>([(target, 0)]);
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Task.Requires.Count)
            {
                way.Add(top.Task);
                continue;
            }

            open.Push((top.Task, top.Next + 1));
            var required = top.Task.Requires[top.Next];
            if (seen.Add(required))
            {
                open.Push((definition.FindTask(required)!, 0));
            }
        }

        return way;
    }
}
