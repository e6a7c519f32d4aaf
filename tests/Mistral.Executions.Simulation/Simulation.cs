using Mistral.Executions.Simulation.Bugs;
using Mistral.Executions.Simulation.Checks;
using Mistral.Executions.Simulation.Operating;
using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation;

/// <summary>One run: a machine made from a seed, on which everything happens that can, until all has come to its end.</summary>
internal static class Simulation
{
    private const int MostSteps = 400_000;

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">The seed: all chance comes from it.</param>
    /// <param name="bug">What is wrong with the engine; nothing, when <see langword="null"/>.</param>
    /// <param name="keepsLines">Whether the history is kept as text.</param>
    public static SimulationResult Run(long seed, PlantedBug? bug = null, bool keepsLines = false)
    {
        SimulationResult? result = null;

        // What goes on at once when something ends can go deep; a thread of its own has the room for it.
        var thread = new Thread(() => result = RunHere(seed, bug, keepsLines), 64 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>Runs a seed on this thread.</summary>
    public static SimulationResult RunHere(long seed, PlantedBug? bug = null, bool keepsLines = false)
    {
        var history = new History(keepsLines);
        var violations = new Violations(history);
        var chance = new Chance(seed);
        var scheduler = new SimulationScheduler(chance.Scheduling, history);
        var world = new World(chance, scheduler, history, violations, bug ?? PlantedBug.None);
        var play = new Play(world).RunAsync();
        var hasEnded = scheduler.RunUntil(play, MostSteps);
        if (scheduler.Leak is { } leak)
        {
            violations.Add(Promise.SeedsRepeat, $"work came from another thread: {leak}");
        }
        else if (!hasEnded)
        {
            violations.Add(Promise.EverythingEnds, $"nothing comes to its end after {scheduler.Steps} steps; the last are {scheduler.Last}");
        }
        else if (play.Exception?.InnerException is { } exception)
        {
            violations.Add(Promise.EngineGoesOn, $"the run was given up: {exception}");
        }

        return new(seed, violations.All, scheduler.Steps, world.Audit.Commits, world.Deaths, history);
    }
}
