namespace Mistral.Executions.Simulation;

/// <summary>Runs one seed, and tells what came of it.</summary>
internal static class SeedCommand
{
    public static int Run(long seed, CommandLine arguments, TextWriter output)
    {
        var result = Simulation.Run(seed, keepsLines: true);
        if (arguments.Has("--history"))
        {
            result.History.Lines.ForEach(output.WriteLine);
        }

        foreach (var line in result.Broken)
        {
            output.WriteLine($"broken: {line}");
        }

        output.WriteLine($"seed {seed}: {result.Steps} steps, {result.Commits} commits, {result.Deaths} deaths, {result.Broken.Count} broken, history {result.History.Hash:x16}");
        var isSame = !arguments.Has("--twice") || IsSameAgain(result, output);
        return result.Broken.Count == 0 && isSame ? 0 : 1;
    }

    private static bool IsSameAgain(SimulationResult first, TextWriter output)
    {
        var second = Simulation.Run(first.Seed, keepsLines: true);
        if (second.History.Hash == first.History.Hash)
        {
            output.WriteLine("the second run is the same");
            return true;
        }

        var place = first.History.Lines.Zip(second.History.Lines).TakeWhile(l => l.First == l.Second).Count();
        output.WriteLine($"the second run differs from line {place + 1} on:");
        output.WriteLine(first.History.Lines.ElementAtOrDefault(place));
        output.WriteLine(second.History.Lines.ElementAtOrDefault(place));
        return false;
    }
}
