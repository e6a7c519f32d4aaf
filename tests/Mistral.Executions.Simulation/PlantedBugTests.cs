using Mistral.Executions.Simulation.Bugs;

namespace Mistral.Executions.Simulation;

public sealed class PlantedBugTests
{
    private const int MostSeeds = 400;

    private static IEnumerable<string> Names => PlantedBugs.All.Select(b => b.Name);

    [TestCaseSource(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        var bug = PlantedBugs.All.Single(b => b.Name == name);

        var found = Enumerable.Range(1, MostSeeds).FirstOrDefault(seed => Breaks(bug, seed));

        found.Should().BePositive($"one of the first {MostSeeds} seeds must break {string.Join(" or ", bug.Breaks)}");
    }

    [Test]
    public void Chance_from_elsewhere_is_found()
    {
        var bug = new PlantedBug("chance from elsewhere") { Ids = _ => new RuntimeBugs.TakesOtherChance() };

        var (one, other) = (Simulation.Run(1, bug, keepsLines: true), Simulation.Run(1, bug, keepsLines: true));

        other.History.Hash.Should().NotBe(one.History.Hash);
    }

    private static bool Breaks(PlantedBug bug, int seed) =>
        Simulation.Run(seed, bug).Broken.Any(b => bug.Breaks.Any(p => b.StartsWith($"{p}:", StringComparison.Ordinal)));
}
