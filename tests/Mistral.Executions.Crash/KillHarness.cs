namespace Mistral.Executions.Crash;

/// <summary>Kills hosts at random moments, starts them again on the same file, and checks every promise in the end.</summary>
internal sealed class KillHarness(int seed, int workflows, string synchronous, bool twoHosts, KillTotals totals, TextWriter output)
{
    private const int MostKillsInOneFile = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Kills so often, in as many rounds as it takes; rounds that the totals have already count and are not run again.</summary>
    /// <returns>Whether no promise was broken.</returns>
    public async Task<bool> RunAsync(int kills)
    {
        var all = new List<KillTotal>();
        for (var place = 0; all.Sum(t => t.Kills) < kills; place++)
        {
            var roundSeed = (seed * 1000) + place;
            var total = totals.Find(twoHosts, roundSeed);
            if (total is null)
            {
                total = await RunRoundAsync(roundSeed, Math.Min(MostKillsInOneFile, kills - all.Sum(t => t.Kills)));
                totals.Add(total);
            }

            all.Add(total);
        }

        var broken = all.Sum(t => t.Broken);
        output.WriteLine($"{all.Sum(t => t.Kills)} kills, {all.Sum(t => t.Stops)} stops, {all.Sum(t => (long)t.Promises)} promises, {broken} broken");
        return broken == 0;
    }

    private async Task<KillTotal> RunRoundAsync(int roundSeed, int kills)
    {
        var folder = Directory.CreateTempSubdirectory("mistral-crash-");
        var round = new KillRound(folder.FullName, roundSeed, workflows, synchronous, kills);
        await (twoHosts ? round.KillAndStopTwoAsync() : round.KillOneAsync());
        await round.EndAsync(Patience);
        foreach (var line in round.Broken)
        {
            output.WriteLine($"broken: {line}");
        }

        var total = new KillTotal(twoHosts, roundSeed, round.Kills, round.Stops, round.Promises, round.Broken.Count);
        output.WriteLine($"{total}{(round.Broken.Count > 0 ? $", see {folder.FullName}" : "")}");
        if (round.Broken.Count == 0)
        {
            folder.Delete(recursive: true);
        }

        return total;
    }
}
