using System.Globalization;

namespace Mistral.Executions.Simulation;

/// <summary>What all runs that write to one file have come to. Each line of the file has a name and a number.</summary>
internal sealed class Totals(string? path, long next)
{
    /// <summary>The first seed.</summary>
    public long From { get; private set; } = next;

    /// <summary>The seed that comes next.</summary>
    public long Next { get; private set; } = next;

    /// <summary>How many seeds broke a promise.</summary>
    public long Failed { get; private set; }

    private long Steps { get; set; }

    private long Commits { get; set; }

    private long Deaths { get; set; }

    /// <summary>Reads the file, if it is there.</summary>
    public static Totals Read(string path, long from)
    {
        var totals = new Totals(path, from);
        if (File.Exists(path))
        {
            var numbers = File.ReadAllLines(path).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => long.Parse(l[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
            (totals.From, totals.Next, totals.Failed) = (numbers["from"], numbers["next"], numbers["failed"]);
            (totals.Steps, totals.Commits, totals.Deaths) = (numbers["steps"], numbers["commits"], numbers["deaths"]);
        }

        return totals;
    }

    public void Add(SimulationResult result, bool isBroken)
    {
        Next++;
        Failed += isBroken ? 1 : 0;
        Steps += result.Steps;
        Commits += result.Commits;
        Deaths += result.Deaths;
    }

    public void Write()
    {
        if (path is not null)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"from {From}\nnext {Next}\nfailed {Failed}\nsteps {Steps}\ncommits {Commits}\ndeaths {Deaths}\n");
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Next - From} seeds from {From}: {Failed} failed; {Steps} steps, {Commits} commits, {Deaths} deaths of engines");
}
