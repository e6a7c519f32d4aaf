namespace Mistral.Executions.Runtime;

/// <content>What is measured of durable changes, and the queues that can be looked at.</content>
internal sealed partial class EngineRuntime
{
    private void Measure(ExecutionChanges written)
    {
        for (var place = 0; place < written.NewWorkflows.Count; place++)
        {
            Metrics.WorkflowStarted(written.NewWorkflows[place]);
        }

        MeasureEnded(written.NewWorkflows);
        MeasureEnded(written.Workflows);
        MeasureEnded(written.NewTasks);
        MeasureEnded(written.Tasks);
    }

    // A record that ended long ago can change once more; the moment of its end tells that it ended just now.
    private void MeasureEnded(IReadOnlyList<WorkflowExecution> workflows)
    {
        for (var place = 0; place < workflows.Count; place++)
        {
            if (workflows[place] is { FinishedAt: { } finishedAt } workflow && finishedAt == workflow.UpdatedAt)
            {
                Metrics.WorkflowEnded(workflow);
            }
        }
    }

    private void MeasureEnded(IReadOnlyList<TaskExecution> tasks)
    {
        for (var place = 0; place < tasks.Count; place++)
        {
            if (tasks[place] is { FinishedAt: { } finishedAt } task && finishedAt == task.UpdatedAt)
            {
                Metrics.TaskEnded(task);
            }
        }
    }

    private void ObserveQueues()
    {
        Metrics.Observe("mistral.tree.loaded", "{tree}", "Trees in memory: those with something to do, and those kept at hand.", () => Trees.Count);
        Metrics.Observe("mistral.action.open", "{execution}", "Bodies of actions that run or wait for their turn.", () => Actions.Count);
        Metrics.Observe("mistral.action.queued", "{execution}", "Bodies of actions that wait for their turn.", () => Actions.Queued);
        Metrics.Observe("mistral.commit.queued", "{tree}", "Trees that wait for the next transaction.", () => Pipeline.Waiting);
        Metrics.Observe("mistral.call.active", "{call}", "Calls of the host that the engine works on.", () => _calls.Inside);
        Metrics.Observe("mistral.call.queued", "{call}", "Calls of the host that wait for their turn.", () => _calls.Queued);
        Metrics.Observe("mistral.timer.loaded", "{timer}", "Timers in memory.", () => Timers.Count);
    }
}
