using System.Diagnostics;
using System.Globalization;

namespace Mistral.Executions.Simulation;

/// <summary>Runs many seeds. With a file for the totals, a run that was interrupted goes on where it was.</summary>
internal static class RunCommand
{
    private const int SeedsBetweenTotals = 100;

    public static int Run(CommandLine arguments, TextWriter output)
    {
        var (from, count) = (arguments.Number("--from"), arguments.Number("--count"));
        var totals = arguments.Find("--totals") is { } path ? Totals.Read(path, from) : new(null, from);
        var exit = 0;
        var thread = new Thread(() => exit = Run(totals, from + count, arguments.Has("--twice"), output), 64 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return exit;
    }

    private static int Run(Totals totals, long end, bool twice, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var ran = 0;
        while (totals.Next < end)
        {
            var result = Simulation.RunHere(totals.Next, keepsLines: twice);
            var broken = result.Broken.ToList();
            if (twice && Simulation.RunHere(totals.Next, keepsLines: true).History.Hash != result.History.Hash)
            {
                broken.Add("SeedsRepeat: the second run had another history");
            }

            foreach (var line in broken)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {totals.Next}: {line}"));
            }

            totals.Add(result, broken.Count > 0);
            ran++;
            if (totals.Next % SeedsBetweenTotals == 0 || totals.Next == end)
            {
                totals.Write();
            }
        }

        output.WriteLine(totals.ToString());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran} seeds now, {watch.Elapsed.TotalMilliseconds / Math.Max(1, ran):F1} ms each"));
        return totals.Failed == 0 ? 0 : 1;
    }
}
