using System.Globalization;
using Mistral.Executions.Model;

const int Block = 8;

if (args is not ["--sequences", var wanted, "--totals", var file, .. var names])
{
    Console.Error.WriteLine(
        """
        usage: --sequences N --totals FILE [FAMILY …]
        Compares the decider with the model until the totals in the file have reached N sequences, and goes on from there
        when it is run again. Exits 1 where they differ.
        """);
    Console.Error.WriteLine($"families: {string.Join(", ", Family.All.Select(f => f.Name))}");
    return 2;
}

var totals = new Totals(file);
foreach (var family in names.Length == 0 ? Family.All : names.Select(Family.Named))
{
    while (totals.NextOf(family.Name) < family.Count && totals.Sequences < long.Parse(wanted, CultureInfo.InvariantCulture))
    {
        var first = totals.NextOf(family.Name);
        var numbers = Math.Min(Block, family.Count - first);
        var sequences = 0L;
        for (var number = first; number < first + numbers; number++)
        {
            try
            {
                sequences += family.Explore(number);
            }
            catch (ModelMismatchException difference)
            {
                Console.Error.WriteLine($"{family.Name} {number}: {difference.Message}");
                return 1;
            }
        }

        totals.Add(family.Name, numbers, sequences);
    }
}

Console.WriteLine(totals);
return 0;
