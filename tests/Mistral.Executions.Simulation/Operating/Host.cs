using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>A process with an open engine.</summary>
internal sealed class Host(SimulatedProcess process, ProcessClock clock)
{
    public SimulatedProcess Process { get; } = process;

    public ProcessClock Clock { get; } = clock;

    public ExecutionEngine Engine { get; set; } = null!;

    /// <summary>Whether calls can be made: it neither sleeps nor has been stopped.</summary>
    public bool IsAwake => !Process.IsAsleep && !Process.IsDead;
}
