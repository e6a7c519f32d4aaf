using Mistral.Executions.Simulation;

return args switch
{
    ["run", ..] => RunCommand.Run(new(args[1..], "--from", "--count", "--totals", "--twice"), Console.Out),
    ["seed", var seed, ..] => SeedCommand.Run(long.Parse(seed, System.Globalization.CultureInfo.InvariantCulture), new(args[2..], "--twice", "--history"), Console.Out),
    ["bugs"] => BugsCommand.Run(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: run --from N --count N [--totals FILE] [--twice]
               seed N [--twice] [--history]
               bugs
        """);
    return 2;
}
