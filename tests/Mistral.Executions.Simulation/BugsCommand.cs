using Mistral.Executions.Simulation.Bugs;

namespace Mistral.Executions.Simulation;

/// <summary>Tells with which seed each planted bug is found first.</summary>
internal static class BugsCommand
{
    private const int MostSeeds = 2000;

    public static int Run(TextWriter output)
    {
        var missed = 0;
        foreach (var bug in PlantedBugs.All)
        {
            var seed = Enumerable.Range(1, MostSeeds).FirstOrDefault(s => Simulation.Run(s, bug).Broken.Any(b => bug.Breaks.Any(p => b.StartsWith($"{p}:", StringComparison.Ordinal))));
            missed += seed == 0 ? 1 : 0;
            output.WriteLine(seed == 0 ? $"{bug.Name}: not found" : $"{bug.Name}: seed {seed}");
        }

        return missed == 0 ? 0 : 1;
    }
}
