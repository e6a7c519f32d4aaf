using System.Runtime.CompilerServices;

namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>Awaited, it goes on when the scheduler chooses so.</summary>
internal readonly struct Turn(SimulationScheduler scheduler, SimulatedProcess process, bool whenIdle = false) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public Turn GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        if (whenIdle)
        {
            scheduler.AddForIdle(continuation);
        }
        else
        {
            scheduler.Add(process, continuation);
        }
    }
}
