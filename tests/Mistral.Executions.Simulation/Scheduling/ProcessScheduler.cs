using Mistral.Executions.Runtime;

namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>Where the work of an engine in a simulated process is started.</summary>
internal sealed class ProcessScheduler(SimulationScheduler scheduler, SimulatedProcess process) : IRuntimeScheduler
{
    public TaskScheduler Bodies { get; } = new BodyScheduler();

    public void Schedule(RuntimeWork work) => scheduler.Add(process, work);

    /// <summary>
    /// Begins a body in the moment in which the engine says so, so that nothing comes between its last look and the first
    /// step of the body.
    /// </summary>
    private sealed class BodyScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && TryExecuteTask(task);
    }
}
