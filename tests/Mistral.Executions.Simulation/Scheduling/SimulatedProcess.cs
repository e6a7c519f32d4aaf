namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>
/// A process of the simulated machine. What it has under way runs when the scheduler chooses it; when the process dies,
/// nothing of that ever runs again, and while it sleeps, nothing does.
/// </summary>
internal sealed class SimulatedProcess(SimulationScheduler scheduler, string name, TimeSpan clockOffset)
{
    private readonly List<object> _asleep = [];

    public string Name { get; } = name;

    /// <summary>How far its clock is from the others.</summary>
    public TimeSpan ClockOffset { get; } = clockOffset;

    public bool IsDead { get; private set; }

    public bool IsAsleep { get; private set; }

    /// <summary>Lets everything else that can happen happen before what follows, or not: the scheduler chooses.</summary>
    public Turn NextTurn() => new(scheduler, this);

    public void Die() => IsDead = true;

    public void Sleep() => IsAsleep = true;

    public void Wake()
    {
        IsAsleep = false;
        foreach (var work in _asleep)
        {
            scheduler.AddWork(this, work);
        }

        _asleep.Clear();
    }

    /// <summary>Keeps work until the process wakes.</summary>
    public void Keep(object work) => _asleep.Add(work);
}
