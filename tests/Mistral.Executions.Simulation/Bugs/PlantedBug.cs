using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;
using Mistral.Executions.Simulation.Checks;

namespace Mistral.Executions.Simulation.Bugs;

/// <summary>A bug that an engine could have, planted into what surrounds it: the engine then acts as if it had it.</summary>
internal sealed record PlantedBug(string Name, params Promise[] Breaks)
{
    public Func<IExecutionStore, IExecutionStore> Store { get; init; } = store => store;

    public Func<TimeProvider, TimeProvider> Time { get; init; } = time => time;

    public Func<IRuntimeScheduler, IRuntimeScheduler> Scheduler { get; init; } = scheduler => scheduler;

    public Func<IIdSource, IIdSource> Ids { get; init; } = ids => ids;

    public Func<WorkflowDefinition, WorkflowDefinition> Workflow { get; init; } = workflow => workflow;

    public Action<ExecutionEngineOptions> Configure { get; init; } = _ => { };

    public static PlantedBug None { get; } = new("none");

    public override string ToString() => Name;
}
