namespace Mistral.Executions.Simulation;

public sealed class SeedTests
{
    private const int Seeds = 2000;

    /// <summary>Where the seeds of a run by hand begin: those before belong to the tests.</summary>
    private const int First = 1;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void No_seed_breaks_a_promise(int quarter)
    {
        var broken = Run(First + (quarter * (Seeds / 4)), Seeds / 4);

        broken.Should().BeEmpty();
    }

    [Test]
    public void No_seed_that_once_broke_a_promise_does_so_again()
    {
        var broken = KeptSeeds().SelectMany(seed => Run(seed, 1));

        broken.Should().BeEmpty();
    }

    [Test]
    public void A_seed_has_one_history()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var (one, other) = (Simulation.Run(seed, keepsLines: true), Simulation.Run(seed, keepsLines: true));

            other.History.Lines.Should().Equal(one.History.Lines);
            other.History.Hash.Should().Be(one.History.Hash);
        }
    }

    [Test]
    public void Two_seeds_have_two_histories()
    {
        Simulation.Run(1).History.Hash.Should().NotBe(Simulation.Run(2).History.Hash);
    }

    private static List<string> Run(long from, int count)
    {
        var broken = new List<string>();
        for (var seed = from; seed < from + count; seed++)
        {
            broken.AddRange(Simulation.Run(seed).Broken.Select(b => $"seed {seed}: {b}"));
        }

        return broken;
    }

    private static IEnumerable<long> KeptSeeds() =>
        File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "kept-seeds.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => long.Parse(l.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
}
